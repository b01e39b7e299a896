import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type RunningClew, withClew } from './harness/clew.ts'
import { type Answer, expectStatus, type Request, withClients } from './harness/socket-client.ts'
import { percentile } from './harness/stats.ts'
import { type Cell, printTable, ratio } from './harness/table.ts'
import type { BenchOptions } from './main.ts'

type Scale = { users: number; groups: number; members: number; single: number }
const small: Scale = { users: 1_000, groups: 50, members: 200, single: 500 }
const large: Scale = { users: 10_000, groups: 500, members: 1_000, single: 2_000 }

/** An identity provider sends a few requests at a time. */
const atOnce = 4
/** One token may ask so often in a minute; a bench is no identity provider and takes several. */
const tokens = 60

/**
 * People and groups provisioned over HTTP into an empty organisation, then one member moved and one person looked for.
 * The baseline is the SQL of the same rows, sent by `pg` from one script on one connection, without audit and log.
 */
export async function scim(options: BenchOptions): Promise<void> {
  const scale = options.large ? large : small
  await withClew(async (clew) => {
    const database = await clew.connect()
    try {
      const ours = await connect(database)
      const bare = await connect(database)
      const rows = [
        ...(await measureUsers({ clew, database, scale, ours, bare })),
        ...(await measureGroups({ clew, database, scale, ours, bare })),
        ...(await measureSingle({ clew, database, scale, ours, bare })),
      ]
      printTable(
        `scim: ${scale.users} users, ${scale.groups} groups of ${scale.members}, ${atOnce} requests at a time`,
        ['', 'a second', 'p50 ms', 'p99 ms', 'baseline ms', 'to baseline'],
        rows,
      )
    } finally {
      await database.end()
    }
  })
}

type Connected = { organisationId: string; connectionId: string; tokens: readonly string[] }
type Bench = { clew: RunningClew; database: pg.Client; scale: Scale; ours: Connected; bare: Connected }

/** An organisation with a connection and its tokens. */
async function connect(database: pg.Client): Promise<Connected> {
  const [organisationId, connectionId] = [randomUUID(), randomUUID()]
  await database.query(
    `INSERT INTO organisations (id, kind, name, slug, created_at) VALUES ($1, 'customer', 'Bench', $2, now())`,
    [organisationId, `bench-${organisationId.slice(0, 8)}`],
  )
  await database.query(
    `INSERT INTO provisioning_connections (id, organisation_id, name, kind, default_role, created_at, updated_at)
     VALUES ($1, $2, 'Bench', 'other', 'member', now(), now())`,
    [connectionId, organisationId],
  )
  const made = Array.from({ length: tokens }, () => `clew_scim_${randomUUID()}`)
  for (const token of made)
    await database.query(
      `INSERT INTO scim_tokens (id, connection_id, organisation_id, token_hash, hint, may_users, may_groups,
         is_read_only, created_at, created_by, expires_at)
       VALUES (gen_random_uuid(), $1, $2, $3, 'bnch', true, true, false, now(), 'Bench', now() + interval '1 day')`,
      [connectionId, organisationId, createHash('sha256').update(token).digest()],
    )
  return { organisationId, connectionId, tokens: made }
}

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const nameOf = (i: number): string => `person-${i}@bench.example`

const userBody = (i: number) => ({
  schemas: [userSchema],
  userName: nameOf(i),
  externalId: `e-${i}`,
  active: true,
  displayName: `Person ${i}`,
  name: { givenName: 'Person', familyName: String(i) },
  emails: [{ value: nameOf(i), type: 'work', primary: true }],
})

const userIds: string[] = []
const bareIds: string[] = []

async function measureUsers({ clew, database, scale, ours, bare }: Bench): Promise<Cell[][]> {
  const measured = await load(clew, ours, {
    count: scale.users,
    request: (i) => ({ method: 'POST', path: '/Users', body: userBody(i) }),
    take: (answer, i) => {
      userIds[i] = idIn(expectStatus(answer, 201))
    },
  })
  const baseline = await baselineOf(database, Math.min(scale.users, 1_000), async (i) => {
    const id = randomUUID()
    bareIds[i] = id
    await database.query(
      `INSERT INTO members (id, organisation_id, email, name, role, source, connection_id, created_at)
       VALUES ($1, $2, $3, $4, 'member', 'scim', $5, now())`,
      [id, bare.organisationId, nameOf(i), `Person ${i}`, bare.connectionId],
    )
    await database.query(
      `INSERT INTO scim_users (id, connection_id, organisation_id, external_id, user_name, display_name, shown_name,
         active, resource, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6, true, $7, now(), now())`,
      [id, bare.connectionId, bare.organisationId, `e-${i}`, nameOf(i), `Person ${i}`, JSON.stringify(userBody(i))],
    )
    await database.query(
      'INSERT INTO scim_user_emails (user_id, connection_id, organisation_id, email) VALUES ($1, $2, $3, $4)',
      [id, bare.connectionId, bare.organisationId, nameOf(i)],
    )
  })
  return [rowOf('a user created', measured, baseline)]
}

const chosen = (ids: readonly string[], from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => ids[(from + i) % ids.length] ?? '')

const groupIds: string[] = []

async function measureGroups({ clew, database, scale, ours, bare }: Bench): Promise<Cell[][]> {
  const { groups, members } = scale
  const measured = await load(clew, ours, {
    count: groups,
    request: (i) => ({
      method: 'POST',
      path: '/Groups?excludedAttributes=members',
      body: {
        schemas: [groupSchema],
        displayName: `Group ${i}`,
        externalId: `g-${i}`,
        members: chosen(userIds, i * 7, members).map((value) => ({ value })),
      },
    }),
    take: (answer, i) => {
      groupIds[i] = idIn(expectStatus(answer, 201))
    },
  })
  const baseline = await baselineOf(database, Math.min(groups, 50), async (i) => {
    const id = randomUUID()
    await database.query(
      `INSERT INTO member_groups (id, organisation_id, name, connection_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, now(), now())`,
      [id, bare.organisationId, `Group ${i}`, bare.connectionId],
    )
    await database.query(
      `INSERT INTO scim_groups (id, connection_id, organisation_id, display_name, resource, created_at, updated_at)
       VALUES ($1, $2, $3, $4, '{}', now(), now())`,
      [id, bare.connectionId, bare.organisationId, `group ${i}`],
    )
    await database.query(
      `INSERT INTO group_members (group_id, member_id, organisation_id, added_at)
       SELECT $1, id, $2, now() FROM unnest($3::uuid[]) AS id`,
      [id, bare.organisationId, [...new Set(chosen(bareIds, i * 7, Math.min(members, bareIds.length)))]],
    )
  })
  return [rowOf(`a group of ${members} created`, measured, baseline)]
}

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

async function measureSingle({ clew, database, scale, ours, bare }: Bench): Promise<Cell[][]> {
  const count = scale.single
  const patches = await load(clew, ours, {
    count,
    request: (i) => ({
      method: 'PATCH',
      path: `/Groups/${groupIds[i % groupIds.length]}`,
      body: {
        schemas: [patchSchema],
        Operations: [{ op: 'remove', path: `members[value eq "${userIds[(i * 13) % userIds.length]}"]` }],
      },
    }),
    take: (answer) => expectStatus(answer, 204),
  })
  const patchBaseline = await baselineOf(database, count, (i) =>
    database.query('DELETE FROM group_members WHERE group_id = $1 AND member_id = $2', [
      groupIds[i % groupIds.length],
      userIds[(i * 17) % userIds.length],
    ]),
  )
  const finds = await load(clew, ours, {
    count,
    request: (i) => ({ path: `/Users?filter=${encodeURIComponent(`userName eq "${nameOf(i % scale.users)}"`)}` }),
    take: (answer) => expectStatus(answer, 200),
  })
  const findBaseline = await baselineOf(database, count, (i) =>
    database.query('SELECT * FROM scim_users WHERE connection_id = $1 AND user_name = $2', [
      bare.connectionId,
      nameOf(i % bareIds.length),
    ]),
  )
  return [rowOf('a member taken out of a group', patches, patchBaseline), rowOf('userName eq "…"', finds, findBaseline)]
}

type Load = {
  count: number
  request(i: number): Request
  take(answer: Answer, i: number): void
}
type Measured = { perSecond: number; times: readonly number[] }

/** Sends all of them, a few at a time; none may fail. */
async function load(clew: RunningClew, { connectionId, tokens: all }: Connected, work: Load): Promise<Measured> {
  const times: number[] = []
  let next = 0
  const startedAt = performance.now()
  await withClients(clew.port, atOnce, async (client) => {
    while (next < work.count) {
      const i = next++
      const { path, ...rest } = work.request(i)
      const answer = await client.send({
        ...rest,
        path: `/scim/v2/${connectionId}${path}`,
        headers: { authorization: `Bearer ${all[i % all.length]}` },
      })
      work.take(answer, i)
      times.push(answer.ms)
    }
  })
  return { perSecond: (work.count / (performance.now() - startedAt)) * 1000, times }
}

/** Milliseconds for one, each in a transaction of its own. */
async function baselineOf(database: pg.Client, count: number, run: (i: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  for (let i = 0; i < count; i += 1) {
    await database.query('BEGIN')
    await run(i)
    await database.query('COMMIT')
  }
  return (performance.now() - startedAt) / count
}

const rowOf = (name: string, { perSecond, times }: Measured, baseline: number): Cell[] => [
  name,
  perSecond,
  percentile(times, 0.5),
  percentile(times, 0.99),
  baseline,
  ratio(1000 / perSecond, baseline),
]

const idIn = ({ body }: Answer): string => (JSON.parse(body.toString('utf8')) as { id: string }).id
