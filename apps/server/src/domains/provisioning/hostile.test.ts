import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { createWorld, type World } from '../../testkit/world.ts'
import { findConnection } from './repository.ts'
import { connect, memberIds, patchSchema, userSchemaId } from './testing/client.ts'
import { perform } from './use-cases/carry-out.ts'
import { searchResources } from './use-cases/search-resources.ts'

let world: World
let scim: Awaited<ReturnType<typeof connect>>
beforeAll(async () => {
  world = await createWorld()
  scim = await connect(world, { organisationId: await world.organisation() })
})
afterAll(() => world.close())

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const user = (rest: string) => `{"schemas":["${userSchemaId}"],"userName":"h@hostile.example",${rest}}`

describe('a body that means harm is refused, in JSON, and changes nothing', () => {
  test.each<[string, string | Buffer, number]>([
    ['nested a thousand deep', deep(1000), 400],
    ['the prototype', user('"__proto__":{"active":false}'), 400],
    ['the prototype in the depth', user('"name":{"__proto__":{"a":1}}'), 400],
    ['NUL in a value', user('"title":"a\\u0000b"'), 400],
    ['half a character', user('"title":"\\ud800"'), 400],
    ['NUL in a name of an attribute', user('"a\\u0000":1,"title":5'), 400],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('{"schemas":["'), Buffer.from([0xff, 0xfe]), Buffer.from('"]}')]),
      400,
    ],
    ['a very long name', user(`"externalId":"${'x'.repeat(5000)}"`), 400],
    ['a very long title of a schema', user(`"nickName":"${'x'.repeat(70_000)}"`), 413],
    ['more than a megabyte', user(`"title":"${'x'.repeat(1_050_000)}"`), 413],
    ['JSON with a tail', `${user('"title":"x"')} {}`, 400],
    ['an address with a line break', user('"emails":[{"value":"a@a.example\\r\\nBcc: b@b.example"}]'), 400],
    ['two addresses in one', user('"emails":[{"value":"a@a.example,b@b.example"}]'), 400],
    ['numbers that are none', user('"active":1'), 400],
  ])('%s', async (_name, raw, status) => {
    const reply = await scim.send('POST', '/Users', undefined, { raw })
    expect(reply.status, reply.text).toBe(status)
    expect(reply.body).toMatchObject({ status: String(status) })
    expect(await world.rows(`SELECT 1 FROM members WHERE email = 'h@hostile.example'`)).toEqual([])
  })

  test('constructor and toString are attributes of nobody', async () => {
    const made = await scim.user('ctor@hostile.example', {
      constructor: { prototype: 1 },
      toString: 'x',
      hasOwnProperty: 1,
    })
    expect(Object.keys(made)).not.toContain('constructor')
  })

  test.each([
    ['a filter nested too deep', `${'('.repeat(200)}userName pr${')'.repeat(200)}`],
    ['a filter of thousands of terms', Array.from({ length: 600 }, () => 'userName eq "x"').join(' or ')],
    ['a filter that ends a statement', `userName eq "x'; DROP TABLE scim_users; --"`],
    ['a filter of LIKE signs', 'userName co "%_\\\\"'],
    ['a filter with NUL', 'userName eq "\\u0000"'],
  ])('%s', async (_name, filter) => {
    const reply = await scim.post('/Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter,
    })
    expect([200, 400]).toContain(reply.status)
    if (reply.status === 200) expect(reply.body.totalResults).toBe(0)
    expect((await scim.get('/Users?count=1')).status).toBe(200)
  })

  test('operations by the thousand are refused whole', async () => {
    const { id } = await scim.user('ops@hostile.example')
    const operations = Array.from({ length: 1001 }, () => ({ op: 'add', path: 'title', value: 'x' }))
    expect((await scim.patch(`/Users/${id}`, operations)).status).toBe(413)
  })

  test.each([
    '/Users/%00',
    '/Users/%zz',
    '/Users/..%2f..%2f',
    `/Users/${'a'.repeat(3000)}`,
    '/Users/%ff',
    '/Users//',
    '/users',
  ])('the address %s', async (url) => {
    const reply = await scim.get(url)
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.status).toBeLessThan(500)
    expect(reply.headers['content-type']).toContain('json')
  })
})

test('nothing below /scim is ever a page', async () => {
  for (const url of ['/scim', '/scim/', '/scim/v1/x', '/scim/v2', '/scim/v2/x/Users', '/scim/v2/%00']) {
    const reply = await world.app.inject({ url, headers: { accept: 'text/html,*/*' } })
    expect(reply.statusCode, url).toBe(404)
    expect(reply.headers['content-type']).toContain('application/scim+json')
    expect(reply.json()).toMatchObject({ status: '404' })
  }
})

test('a token may ask so often, and is told when to come back', async () => {
  const slow = await createWorld({ limitFactor: 0.001 })
  try {
    const owner = await slow.organisation()
    const tight = await connect(slow, { organisationId: owner })
    const statuses: number[] = []
    for (let i = 0; i < 5; i += 1) {
      const reply = await tight.get('/Users?count=0')
      statuses.push(reply.status)
      if (reply.status === 429) {
        expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
        expect(reply.body).toMatchObject({ status: '429' })
      }
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  } finally {
    await slow.close()
  }
})

test('a large group is not read to move one of its members', async () => {
  const organisationId = scim.owner.organisationId
  await world.rows(
    `WITH made AS (
       INSERT INTO members (id, organisation_id, email, name, role, source, connection_id, created_at, folded)
       SELECT gen_random_uuid(), $1, 'bulk-' || n || '@large.example', 'Bulk ' || n, 'member', 'scim', $2, now(), ''
         FROM generate_series(1, 10000) n RETURNING id, email, name)
     INSERT INTO scim_users (id, connection_id, organisation_id, user_name, shown_name, active, resource, created_at, updated_at)
     SELECT id, $2, $1, email, name, true, jsonb_build_object('schemas', jsonb_build_array($3::text), 'userName', email, 'active', true), now(), now() FROM made`,
    [organisationId, scim.connection.id, userSchemaId],
  )
  await world.rows('ANALYZE scim_users')
  const group = await scim.group('Large')
  await world.rows(
    `INSERT INTO group_members (group_id, member_id, organisation_id, added_at)
     SELECT $1, id, $2, now() FROM members WHERE email LIKE '%@large.example' LIMIT 5000`,
    [group.id, organisationId],
  )
  const someone = (await scim.find('Users', 'userName eq "bulk-77@large.example"')).body.Resources[0]
  expect(someone.displayName).toBeUndefined()
  const token = { id: someone.id, hint: '', scope: { users: true, groups: true, readOnly: false }, usedAt: undefined }
  const { id, name } = scim.connection
  const ctx = world.as({ type: 'connection', id, name, organisationId })
  const connection = await ctx.transaction((tx) => findConnection(tx, id))
  if (connection === undefined) throw new Error('there is no connection')
  const door = { connection, token, baseUrl: '' }
  /** How many rows of our tables this connection has read, those of earlier transactions among them. */
  const readSoFar = async (tx: TxCtx) => {
    const { rows } = await sql<{ read: number }>`
      SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_xact_user_tables
       WHERE relname IN ('scim_users', 'scim_user_emails', 'group_members')`.execute(sqlOf(tx))
    return rows[0]?.read ?? 0
  }
  const rowsRead = (work: (tx: TxCtx) => Promise<unknown>) =>
    ctx.transaction(async (tx) => {
      const before = await readSoFar(tx)
      await work(tx)
      return (await readSoFar(tx)) - before
    })
  const find = (filter: string) => (tx: TxCtx) => searchResources(tx, door, { kind: 'User', request: { filter } })
  expect(await rowsRead(find('userName eq "BULK-99@large.example"'))).toBeLessThan(10)
  expect(await rowsRead(find('emails.value eq "nobody@large.example"'))).toBeLessThan(10)
  expect(await rowsRead(find('externalId eq "x" or id eq "y"'))).toBeLessThan(10)
  const body = { schemas: [patchSchema], Operations: [{ op: 'remove', path: `members[value eq "${someone.id}"]` }] }
  const patch = { method: 'PATCH', type: 'Group', id: group.id, body, isShown: false } as const
  expect(await rowsRead((tx) => perform(tx, door, patch))).toBeLessThan(10)
  const page = await scim.get('/Users?startIndex=9001&count=500')
  expect(page.body).toMatchObject({ itemsPerPage: 500 })
  const whole = await scim.get(`/Groups/${group.id}`)
  expect(memberIds(whole.body).length).toBeGreaterThanOrEqual(4999)
  const looked = await scim.find('Users', 'title pr or nickName pr')
  expect(looked.body.totalResults).toBe(0)
})
