import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../testkit/world.ts'
import { prepareDatabase } from './prepare-database.ts'
import { forbiddenPowers } from './roles.ts'
import { sqlOf } from './sql.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('no table is without row-level security and a policy', async () => {
  const open = await world.rows(`
    SELECT n.nspname || '.' || c.relname AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'pgboss')
       AND (NOT c.relrowsecurity OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))`)
  expect(open).toEqual([])
  const tables = await world.rows(
    `SELECT count(*)::int AS count FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`,
  )
  expect(Number(tables[0]?.['count'])).toBeGreaterThan(20)
})

test('every table of ours holds its owner to its policies too', async () => {
  const loose = await world.rows(`SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname = 'public' AND NOT c.relforcerowsecurity`)
  expect(loose).toEqual([])
})

test('the role that signs in can read nothing by itself', async () => {
  const client = new pg.Client(world.prepared.app)
  await client.connect()
  try {
    for (const table of ['conversations', 'messages', 'contacts', 'events', 'credentials']) {
      await expect(client.query(`SELECT * FROM ${table}`)).rejects.toThrow(/permission denied/)
    }
    await expect(client.query('SET ROLE clew_owner')).rejects.toThrow(/permission denied/)
    await expect(client.query('CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/)
    expect(await forbiddenPowers(client)).toEqual([])
  } finally {
    await client.end()
  }
})

test('a contact sees their own rows, whatever the query asks for', async () => {
  const [ann, ben] = [await world.contact(), await world.contact()]
  for (const who of [ann, ben]) {
    await world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/conversations',
      headers: who.headers,
      payload: { clientConversationId: randomUUID(), clientMessageId: randomUUID(), body: 'hello', locale: 'en' },
    })
  }
  await world.settle()
  const seen = await ann.ctx.transaction(async (tx) => {
    const db = sqlOf(tx)
    const tables = ['conversations', 'messages', 'events', 'facts', 'cases', 'files', 'captures'] as const
    const owners = new Set<string | null>()
    for (const table of tables)
      for (const row of await db.selectFrom(table).select('contact_id').execute()) owners.add(row.contact_id)
    return {
      owners: [...owners],
      contacts: (await db.selectFrom('contacts').select('id').execute()).map(({ id }) => id),
    }
  })
  expect(seen).toEqual({ owners: [ann.id], contacts: [ann.id] })
})

test("a contact can write nothing in another's name", async () => {
  const [ann, ben] = [await world.contact(), await world.contact()]
  const forge = ann.ctx.transaction((tx) =>
    sql`INSERT INTO events (epoch, name, payload, contact_id, at) VALUES (1, 'message.created', '{}', ${ben.id}, now())`.execute(
      sqlOf(tx),
    ),
  )
  await expect(forge).rejects.toThrow(/row-level security/)
})

test("an organisation says nothing in another's name, nor in that of a contact or of the whole installation", async () => {
  const [ours, theirs] = [await world.organisation(), await world.organisation()]
  const [member, ann] = [await world.member(ours, 'owner'), await world.contact()]
  const say = (name: string, payload: object, contactId: string | null = null) =>
    member.ctx.transaction((tx) =>
      sql`INSERT INTO events (epoch, name, payload, contact_id, at)
          VALUES (1, ${name}, ${JSON.stringify(payload)}::jsonb, ${contactId}, now())`.execute(sqlOf(tx)),
    )
  const of = (organisationId: string) => ({ organisationId, memberId: member.id })
  const invite = async (organisationId: string) => {
    const id = randomUUID()
    await world.rows(
      `INSERT INTO invitations (id, organisation_id, email, role, token_hash, locale, created_at, expires_at, invited_by)
       VALUES ($1, $2, 'x@elsewhere.example', 'member', sha256($4::text::bytea), 'en', now(), now(), $3)`,
      [id, organisationId, member.id, id],
    )
    return { invitationId: id }
  }
  await say('member.role_changed', of(ours))
  await say('member.invited', await invite(ours))
  const forged: Parameters<typeof say>[] = [
    ['member.role_changed', of(theirs)],
    ['contact.organisation_changed', { contactId: ann.id, organisationId: ours }],
    ['contact.verified', { contactId: ann.id }],
    ['contact.verified', {}, ann.id],
    ['member.role_changed', of(ours), ann.id],
    ['settings.changed', { group: 'brand', version: 1, agentId: member.id }],
    ['member.invited', await invite(theirs)],
    ['join.asked', { askId: randomUUID() }],
  ]
  for (const [name, payload, contactId] of forged)
    await expect(say(name, payload, contactId), `${name} ${JSON.stringify(payload)}`).rejects.toThrow(
      /row-level security/,
    )
})

test('notes and passwords are behind walls of their own', async () => {
  const ann = await world.contact()
  await expect(ann.ctx.transaction((tx) => sqlOf(tx).selectFrom('credentials').selectAll().execute())).rejects.toThrow(
    /permission denied/,
  )
  await expect(
    ann.ctx.transaction((tx) => sqlOf(tx).selectFrom('agent_sessions').selectAll().execute()),
  ).rejects.toThrow(/permission denied/)
  const agent = await world.agent()
  await expect(
    agent.ctx.transaction((tx) => sqlOf(tx).selectFrom('credentials').selectAll().execute()),
  ).rejects.toThrow(/permission denied/)
})

test('a plain sign-in role starts on a prepared database, and one that sees past the walls is refused', async () => {
  const prepared = await prepareDatabase({ connection: world.prepared.app, migrations: [] })
  expect(prepared).toEqual({ app: world.prepared.app, epoch: world.prepared.epoch, migrated: [] })
  const name = `seer_${randomUUID().slice(0, 8)}`
  await world.rows(`CREATE ROLE ${name} LOGIN BYPASSRLS PASSWORD 'x'`)
  try {
    const seer = { ...world.connection, user: name, password: 'x' }
    await expect(prepareDatabase({ connection: seer, migrations: [] })).rejects.toThrow(/BYPASSRLS/)
  } finally {
    await world.rows(`DROP ROLE ${name}`)
  }
})

test('a role without any right is told what to use instead', async () => {
  const name = `weak_${randomUUID().slice(0, 8)}`
  await world.rows(`CREATE ROLE ${name} LOGIN PASSWORD 'x'`)
  try {
    const weak = { ...world.connection, user: name, password: 'x' }
    await expect(prepareDatabase({ connection: weak, migrations: [] })).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/^The role in DATABASE_URL may not .*permission denied.*Use an administrator/),
    })
  } finally {
    await world.rows(`DROP ROLE ${name}`)
  }
})
