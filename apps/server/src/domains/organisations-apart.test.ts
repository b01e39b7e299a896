import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../platform/ctx.ts'
import { createLog } from '../platform/log.ts'
import { sqlOf } from '../platform/sql.ts'
import {
  type DescribedApi,
  type DescribedRoute,
  describedApi,
  type Hint,
  requestFor,
} from '../testkit/described-api.ts'
import { openStream } from '../testkit/event-streams.ts'
import { exportedBy } from '../testkit/exported.ts'
import { type Furnished, furnished, idsOf, keyOf, newOwner } from '../testkit/furnished.ts'
import { mailTexts } from '../testkit/mail-texts.ts'
import { type ModelScript, startModelServer } from '../testkit/model-server.ts'
import { plantRows, tablesWithOwners } from '../testkit/plant-rows.ts'
import { seeded } from '../testkit/random.ts'
import { randomScim } from '../testkit/random-scim.ts'
import { truthfulReply } from '../testkit/truthful-model.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { matrix } from './authorization.matrix.ts'

/**
 * Three organisations, each with a word that is said nowhere else and stands in every text of it. People, keys and
 * directories of the first two ask for whatever there is, with ids of the others; the third has a row in every table and
 * does nothing. Wherever anything comes out (answers, streams, mails, exports, the log, what a model is asked) a word
 * must not come out at another's.
 */
const words = { ours: 'Zwischenwand4711', theirs: 'Brandmauer0815', third: 'Trockenbau2342' }
const requests = Number(process.env['CLEW_FUZZ_REQUESTS'] ?? 600)
const { chance, pick } = seeded(20_261_124)

type Side = Furnished & {
  foreign: { words: readonly string[]; sent: readonly string[]; kept: readonly string[] }
  /** Ids of rows, by what they are: `member`, `group`. Their own, and those of others that may be asked with. */
  named: { own: ByKind; others: ByKind }
}
type ByKind = ReadonlyMap<string, readonly string[]>
type Stream = Awaited<ReturnType<typeof openStream>>

let world: World
let api: DescribedApi
let model: Awaited<ReturnType<typeof startModelServer>>
let sides: [Side, Side]
let third: { organisationId: string; planted: Awaited<ReturnType<typeof plantRows>>; before: Map<string, string> }
let streams: Stream[]
const logged: string[] = []

beforeAll(async () => {
  const truthful: ModelScript = (asked) => ({ say: truthfulReply(asked) })
  model = await startModelServer(truthful)
  const lines = new Writable({
    write: (line: Buffer, _encoding, done) => {
      logged.push(line.toString())
      done()
    },
  })
  world = await createWorld({
    limitFactor: 1_000_000,
    log: createLog('trace', lines),
    config: {
      baseUrl: 'http://localhost',
      rateLimitPerMinute: 1_000_000,
      model: { url: model.url, name: 'scripted', key: 'k-operator' },
    },
  })
  api = await describedApi(world.app)
  const [ours, theirs] = [await furnished(world, api, words.ours), await furnished(world, api, words.theirs)]
  const organisationId = await world.organisation()
  const somebody = await world.contact()
  await world.rows('UPDATE contacts SET organisation_id = $1, name = $2 WHERE id = $3', [
    organisationId,
    words.third,
    somebody.id,
  ])
  const planted = await plantRows(world, { organisationId, contactId: somebody.id, word: words.third })
  const ids = await Promise.all(
    [ours, theirs, { organisationId, contact: somebody }].map((each) =>
      idsOf(world, { organisationId: each.organisationId, contactId: each.contact.id }),
    ),
  )
  sides = [sideOf(ours, { ids, at: 0 }), sideOf(theirs, { ids, at: 1 })]
  third = { organisationId, planted, before: await rowsOf(organisationId) }
  streams = await Promise.all(sides.map(({ contact }) => openStream(world.app, '/widget/stream', contact.headers)))
})
afterAll(async () => {
  for (const each of streams) each.close()
  await world.close()
  await model.close()
})

/** What is the others': some of it is asked with, and may stand in an answer; the rest is never said. */
function sideOf(own: Furnished, { ids, at }: { ids: readonly string[][]; at: number }): Side {
  const mine = new Set(ids[at])
  const others = ids.flatMap((list, index) => (index === at ? [] : list)).filter((id) => !mine.has(id))
  return {
    ...own,
    named: { own: new Map(), others: new Map() },
    foreign: {
      words: Object.values(words).filter((word) => word !== own.word),
      sent: others.filter((_, index) => index % 2 === 0),
      kept: others.filter((_, index) => index % 2 === 1),
    },
  }
}

/** What of the others is in a text. */
function foreignIn(text: string, { foreign }: Pick<Side, 'foreign'>): string[] {
  const folded = text.toLowerCase()
  return [
    ...foreign.words.filter((word) => folded.includes(word.toLowerCase())),
    ...foreign.kept.filter((id) => text.includes(id)),
  ]
}

/** Every row of an organisation, by its table. */
async function rowsOf(organisationId: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const { name, columns } of await tablesWithOwners(world)) {
    if (!columns.some((each) => each.name === 'organisation_id')) continue
    const rows = await world.rows(`SELECT t::text AS row FROM ${name} t WHERE organisation_id = $1 ORDER BY 1`, [
      organisationId,
    ])
    found.set(name, rows.map(({ row }) => String(row)).join('\n'))
  }
  return found
}

/** How many rows of whatever owner a scope sees in a table; none where it may not look at all. */
async function seen(ctx: Ctx, table: string, ofOthers: string): Promise<number> {
  try {
    return await ctx.transaction(async (tx) => {
      const text = `SELECT count(*)::int AS count FROM ${table} WHERE ${ofOthers}`
      const { rows } = await sql.raw<{ count: number }>(text).execute(sqlOf(tx))
      return rows[0]?.count ?? 0
    })
  } catch (error) {
    if (error instanceof Error && /permission denied/.test(error.message)) return 0
    throw error
  }
}

test('every table of an organisation shows it its own rows or none', async () => {
  const tables = await tablesWithOwners(world)
  const { planted, refused } = third.planted
  expect(planted.length, `rows could not be made for ${refused.join(', ')}`).toBeGreaterThan(tables.length * 0.6)
  const [{ owner, contact, organisationId }] = sides
  for (const { name, columns } of tables) {
    const isOfOrganisation = columns.some((each) => each.name === 'organisation_id')
    const isOfContact = columns.some((each) => each.name === 'contact_id')
    if (isOfOrganisation) {
      const others = `organisation_id IS DISTINCT FROM '${organisationId}'`
      expect(await seen(owner.ctx, name, others), `${name} for a member`).toBe(0)
    }
    if (isOfContact) {
      const others = `contact_id IS DISTINCT FROM '${contact.id}'`
      expect(await seen(contact.ctx, name, others), `${name} for a contact`).toBe(0)
      if (!isOfOrganisation && name !== 'messages')
        expect(await seen(owner.ctx, name, 'true'), `${name} for a member`).toBe(0)
    }
  }
  const mine = sql.raw(`SELECT 1 FROM conversations WHERE organisation_id = '${organisationId}'`)
  expect((await owner.ctx.transaction((tx) => mine.execute(sqlOf(tx)))).rows).toHaveLength(1)
})

test('a rule for an organisation goes by the organisation', async () => {
  const rules = await world.rows(`
    SELECT p.polrelid::regclass::text AS table, pg_get_expr(p.polqual, p.polrelid) AS sees
      FROM pg_policy p WHERE 'clew_organisation'::regrole = ANY (p.polroles) AND p.polqual IS NOT NULL`)
  expect(rules.length).toBeGreaterThan(30)
  for (const { table, sees } of rules) expect(String(sees), String(table)).toContain('clew_organisation_id()')
})

test('both have said something everywhere before anybody asks for it', async () => {
  for (const [index, { organisationId, word }] of sides.entries()) {
    const rows = [...(await rowsOf(organisationId)).values()]
    expect(rows.filter((each) => each.toLowerCase().includes(word.toLowerCase())).length).toBeGreaterThan(20)
    // And who looks for it in what the other gets would find it, by a word as by an id.
    const other = sides[1 - index] as Side
    expect(foreignIn(rows.join(), other)).toContain(word)
    expect(foreignIn(rows.join(), other).length).toBeGreaterThan(20)
  }
})

/** Of the right kind, of others or their own; or whatever may be asked with. */
function idFor(field: string, { foreign, named }: Side): string {
  const kind = field.replace(/Id$/, '').toLowerCase()
  const list = (chance() < 0.5 ? named.others : named.own).get(kind) ?? []
  return list.length > 0 && chance() < 0.8 ? pick(list) : pick(foreign.sent)
}

/** Every id of a row of these, under each word that its table's name ends with: `custom_roles` holds roles. */
async function idsByKind(organisationIds: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const { name, columns } of await tablesWithOwners(world)) {
    const owner = columns.find((each) => each.name === 'organisation_id')
    if (!owner || !columns.some((each) => each.name === 'id' && each.type === 'uuid')) continue
    const rows = await world.rows(`SELECT id::text FROM ${name} WHERE organisation_id = ANY ($1)`, [organisationIds])
    const parts = name.replace(/s$/, '').split('_')
    for (const from of parts.keys()) {
      const kind = parts.slice(from).join('')
      found.set(kind, [...(found.get(kind) ?? []), ...rows.map(({ id }) => String(id))])
    }
  }
  return found
}

const hintOf =
  (side: Side): Hint =>
  (field, schema) => {
    if (schema.format === 'uuid') return idFor(field, side)
    if (schema.items?.format === 'uuid') return [idFor(field.replace(/s$/, ''), side)]
    if (schema.type === 'integer') return chance() < 0.2 ? Math.floor(chance() * 40) : undefined
    const isFree =
      schema.type === 'string' && !schema.enum && schema.format === undefined && schema.pattern === undefined
    return isFree ? wordFor(field) : undefined
  }

function wordFor(field: string): string | undefined {
  if (field === 'q') return pick(['', 'Zw', 'b', 'T', '%', 'company'])
  return chance() < 0.3 ? pick(['%', '*', 'company-2', 'b', 'directory', '']) : undefined
}

/** As whoever may come: a person, a key, somebody who asks for help. */
function headersFor(route: DescribedRoute, { owner, key, contact }: Side): Record<string, string> {
  if (route.doors.includes('contact')) return contact.headers
  return route.doors.includes('key') && chance() < 0.3 ? key.headers : owner.headers
}

function randomRequest(route: DescribedRoute, side: Side): InjectOptions {
  const theirs = hintOf(side)
  const request = requestFor(
    api,
    route,
    (field, schema) => theirs(field, schema) ?? (field === 'version' ? undefined : matrix[route.name]?.sample?.[field]),
  )
  // A body may say more than the description has.
  const id = pick(side.foreign.sent)
  const more = chance() < 0.3 ? { organisationId: id, organisation_id: id, memberId: id } : {}
  const payload = request.payload === undefined ? {} : { payload: { ...(request.payload as object), ...more } }
  return { ...request, ...payload, headers: { ...request.headers, ...headersFor(route, side) } }
}

/** Whoever has changed the rules so that they are out comes in again, as the one who runs the house would let them. */
async function letIn(side: Side): Promise<void> {
  for (const table of ['security_policies', 'security_policy_changes', 'sso_requirements'])
    await world.rows(`DELETE FROM ${table} WHERE organisation_id = $1`, [side.organisationId])
  side.owner = await newOwner(side)
  side.key = await keyOf(side, side.owner.id)
  side.tokens.push(side.key.token)
  const sent = new Set(side.foreign.sent)
  const others = await idsByKind([...sides.map((each) => each.organisationId), third.organisationId])
  side.named = {
    own: await idsByKind([side.organisationId]),
    others: new Map([...others].map(([kind, ids]) => [kind, ids.filter((id) => sent.has(id))])),
  }
}

type Asked = { name: string; request: InjectOptions }

function next(side: Side, routes: readonly DescribedRoute[], count: number): Asked {
  if (count >= routes.length * 2 && chance() < 0.2) {
    const request = randomScim(side, { chance, pick })
    return { name: `SCIM ${request.method}`, request }
  }
  const route = count < routes.length * 2 ? (routes[Math.floor(count / 2)] as DescribedRoute) : pick(routes)
  return { name: route.name, request: randomRequest(route, side) }
}

test('of another organisation no byte comes back, whatever is asked', {
  timeout: requests * 400,
}, async () => {
  const routes = api.routes.filter(({ name, isStream }) => !isStream && !matrix[name]?.last)
  const answered = { good: 0, of: new Set<string>() }
  const wrong: string[] = []
  let asked = 0
  for (; asked < requests; asked += 1) {
    if (asked % 50 === 0) for (const each of sides) await letIn(each)
    const side = sides[asked % 2] as Side
    const { name, request } = next(side, routes, asked)
    const answer = await world.app.inject(request)
    if (answer.statusCode < 400) {
      answered.good += 1
      answered.of.add(name)
    }
    const told = foreignIn(`${answer.body} ${JSON.stringify(answer.headers)}`, side)
    const said = `${name} ${JSON.stringify([request.url, request.payload])}`
    if (told.length > 0) wrong.push(`told ${told.join()}: ${said} ${answer.body.slice(0, 400)}`)
    if (answer.statusCode >= 500 && answer.statusCode !== 501) wrong.push(`${answer.statusCode}: ${said}`)
  }
  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(routes.length)
  // Whoever is refused everything hears nothing of anybody.
  expect(answered.good).toBeGreaterThan(asked / 5)
  expect(answered.of.size).toBeGreaterThan(routes.length / 3)
})

/** As the bubble says something, or begins with it. */
async function write({ contact }: Side, path: string, body: string): Promise<void> {
  const id = randomUUID()
  const first = path === '' ? { clientConversationId: id, locale: 'en' } : {}
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations${path}`,
    headers: contact.headers,
    payload: { clientMessageId: id, body, fileIds: [], ...first },
  })
  expect(answer.statusCode).toBe(201)
}

test('nor does a stream carry any of it, while the other writes', async () => {
  for (const side of sides) await write(side, `/${side.contact.conversationId}/messages`, `${side.word} on the stream`)
  await world.settle()
  for (const [index, side] of sides.entries()) {
    const stream = streams[index] as Stream
    await expect.poll(stream.text).toContain(`${side.word} on the stream`)
    expect(foreignIn(stream.text(), side)).toEqual([])
    const polled = await world.app.inject({ url: '/api/v1/widget/events?after=1-0-0', headers: side.contact.headers })
    expect(foreignIn(polled.body, side)).toEqual([])
  }
})

test('and to what the team follows nobody of a customer listens', async () => {
  for (const { owner, key, contact } of sides)
    for (const { headers } of [owner, key, contact])
      for (const path of ['/stream', '/events?after=1-0-0']) {
        const answer = await world.app.inject({ url: `/api/v1${path}`, headers })
        expect([401, 403], `${path} ${answer.body}`).toContain(answer.statusCode)
      }
})

test('nor is a model asked with any of it, whatever the question names of the other', async () => {
  for (const [index, side] of sides.entries()) {
    const other = sides[1 - index] as Side
    model.asked.length = 0
    const about = `${other.contact.number} ${side.foreign.sent.slice(0, 5).join(' ')}`
    await write(side, '', `where do I find a request id? ${side.word} asks, a colleague did in ${about}`)
    await world.settle()
    await expect.poll(() => model.asked.length).toBeGreaterThan(0)
    const text = model.asked.map((each) => each.text).join('\n')
    expect(text).toContain('where do I find a request id?')
    expect(
      foreignIn(text.replaceAll(other.contact.conversationId, '').replaceAll(other.organisationId, ''), side),
    ).toEqual([])
  }
})

test('nor is any of it in an export of everything', { timeout: 180_000 }, async () => {
  for (const side of sides) {
    await letIn(side)
    const text = await exportedBy(world, { owner: side.owner, second: await newOwner(side) })
    expect(text).toContain(side.word)
    expect(foreignIn(text, side)).toEqual([])
  }
})

test('nor do files come by an address that was guessed', async () => {
  const [{ owner, contact, key }, { contact: other, word }] = sides
  const [row] = await world.rows('SELECT id, storage_key FROM files WHERE id = $1', [other.fileId])
  const place = String(row?.['storage_key'])
  const read = await world.app.inject({ url: `/api/v1/widget/files/${other.fileId}`, headers: other.headers })
  expect(read.body).toContain(word)
  const ways = [
    `files/${other.fileId}`,
    `widget/files/${other.fileId}`,
    `files/${place}`,
    `widget/files/${encodeURIComponent(place)}`,
  ]
  const outside = [`/files/${place}`, `/assets/${place}`, `/share/${other.fileId}`, `/app/..%2f..%2ffiles/${place}`]
  for (const { headers } of [owner, contact, key])
    for (const url of [...ways.map((way) => `/api/v1/${way}`), ...outside]) {
      const answer = await world.app.inject({ url, headers })
      expect(answer.statusCode, url).toBeGreaterThanOrEqual(400)
      expect(answer.body, url).not.toContain(word)
    }
})

test('nor do the doors beside the API open, with whatever is in hand', async () => {
  const [side] = sides
  for (const id of side.foreign.sent.slice(0, 60)) {
    for (const url of [`/scim/v2/${id}/Users`, `/sso/${id}`, `/sso/${id}/metadata`, `/share/${id}`, `/en/my/${id}`]) {
      for (const token of [id, side.scim.token, side.key.token]) {
        const answer = await world.app.inject({
          url,
          headers: { ...side.owner.headers, authorization: `Bearer ${token}` },
        })
        expect(answer.statusCode, url).toBeLessThan(500)
        expect(foreignIn(answer.body, side), url).toEqual([])
      }
    }
  }
})

/** Which of the organisations a text says something of. */
const namedIn = (text: string): string[] =>
  Object.values(words).filter((word) => text.toLowerCase().includes(word.toLowerCase()))

test('no mail, no event and no work in the queue holds words of two', async () => {
  const mails = (await world.rows('SELECT DISTINCT recipient FROM mails')).map(({ recipient }) => String(recipient))
  expect(mails.length).toBeGreaterThan(5)
  for (const recipient of mails)
    for (const text of await mailTexts(world, recipient))
      expect(namedIn(`${recipient} ${text}`).length, text).toBeLessThan(2)
  for (const table of ['events', 'parked_events', 'pgboss.job', 'mails'])
    for (const { row } of await world.rows(`SELECT t::text AS row FROM ${table} t`))
      expect(namedIn(String(row)).length, String(row)).toBeLessThan(2)
})

test('what is queued for an organisation says for which', async () => {
  const names = world.clew.house.jobs.filter(({ of }) => of === 'organisation').map(({ name }) => name)
  const queued = await world.rows(
    `SELECT name, data FROM pgboss.job WHERE name = ANY ($1) UNION ALL SELECT name, data FROM pgboss.archive WHERE name = ANY ($1)`,
    [names],
  )
  expect(queued.length).toBeGreaterThan(0)
  for (const { name, data } of queued) expect(data, String(name)).toHaveProperty('organisationId')
})

test('no row of one has got a word of another, and of who did nothing no row has changed', async () => {
  for (const side of sides)
    for (const [table, rows] of await rowsOf(side.organisationId))
      expect(
        side.foreign.words.filter((word) => rows.includes(word)),
        table,
      ).toEqual([])
  const after = await rowsOf(third.organisationId)
  for (const [table, rows] of third.before) expect(after.get(table), table).toBe(rows)
})

test('no row of one refers to a row of another', async () => {
  const references = await world.rows(`
    SELECT k.conrelid::regclass::text AS child, k.confrelid::regclass::text AS parent, c.attname AS key, p.attname AS id
      FROM pg_constraint k
      JOIN pg_attribute c ON c.attrelid = k.conrelid AND c.attnum = k.conkey[1]
      JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 1 AND (
       SELECT count(*) FROM pg_attribute o WHERE o.attname = 'organisation_id' AND o.attrelid IN (k.conrelid, k.confrelid)) = 2`)
  expect(references.length).toBeGreaterThan(20)
  const team = await world.supportTeam()
  for (const { child, parent, key, id } of references) {
    const crossed = await world.rows(
      `SELECT 1 FROM ${String(child)} c JOIN ${String(parent)} p ON c."${String(key)}" = p."${String(id)}"
        WHERE c.organisation_id <> p.organisation_id AND p.organisation_id <> $1`,
      [team],
    )
    expect(crossed, `${String(child)}.${String(key)}`).toEqual([])
  }
})

test('the log holds no word of anybody, no address and no token, and the figures neither', async () => {
  const text = logged.join('')
  expect(logged.length).toBeGreaterThan(requests / 2)
  expect(text).toContain('"route":"/api/v1/console/members"')
  const found = logged.filter(
    (line) => namedIn(line).length > 0 || /[\w.]@[\w.]/.test(line.replaceAll(/"stack":"[^"]*"/g, '')),
  )
  expect(found.slice(0, 5)).toEqual([])
  for (const token of sides.flatMap(({ tokens }) => tokens)) expect(text.includes(token)).toBe(false)
  const figures = await world.app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
  expect(figures.body).toContain('clew_http')
  expect(namedIn(figures.body)).toEqual([])
  for (const { organisationId } of sides) expect(figures.body).not.toContain(organisationId)
})

/** A request of a member with ids of others only, of the right kind. */
function foreignRequest(route: DescribedRoute, side: Side): InjectOptions {
  const { foreign, named } = side
  const idOf = (field: string): string => {
    const list = named.others.get(field.replace(/Ids?$/, '').toLowerCase()) ?? []
    return list.length > 0 ? pick(list) : pick(foreign.sent)
  }
  const request = requestFor(api, route, (field, schema) => {
    if (schema.format === 'uuid') return idOf(field)
    if (schema.items?.format === 'uuid') return [idOf(field)]
    return field === 'version' ? undefined : matrix[route.name]?.sample?.[field]
  })
  return { ...request, headers: { ...request.headers, ...side.owner.headers } }
}

test('where the database lets an organisation see everything, the queries still go by the organisation', {
  timeout: 120_000,
}, async () => {
  const walls = await world.rows(
    `SELECT DISTINCT p.polrelid::regclass::text AS name FROM pg_policy p WHERE 'clew_organisation'::regrole = ANY (p.polroles)`,
  )
  for (const { name } of walls)
    await world.rows(`CREATE POLICY hole ON ${String(name)} TO clew_organisation USING (true) WITH CHECK (true)`)
  expect(await seen(sides[0].owner.ctx, 'members', `organisation_id = '${third.organisationId}'`)).toBeGreaterThan(0)
  const routes = api.routes.filter(({ name, doors }) => doors.includes('member') && !matrix[name]?.last)
  const told: string[] = []
  for (const [index, side] of sides.entries()) {
    await letIn(side)
    const others = [(sides[1 - index] as Side).organisationId, third.organisationId]
    const before = await Promise.all(others.map(stillOf))
    for (const route of routes)
      for (let round = /:\w+/.test(route.name) ? 3 : 1; round > 0; round -= 1) {
        const request = foreignRequest(route, side)
        const answer = await world.app.inject(request)
        const found = foreignIn(answer.body, side)
        if (found.length > 0)
          told.push(`${route.name} ${answer.statusCode} ${found.join()} ${answer.body.slice(0, 200)}`)
      }
    expect(await Promise.all(others.map(stillOf))).toEqual(before)
  }
  expect(told).toEqual([])
})

/** What of an organisation changes only if somebody changes it, and not by work that is due. */
async function stillOf(organisationId: string): Promise<Map<string, string>> {
  const rows = await rowsOf(organisationId)
  for (const table of ['audit_streams', 'domains', 'exports', 'audit_checks', 'audit_checkpoints'])
    rows.set(table, String(rows.get(table)?.split('\n').length))
  return rows
}
