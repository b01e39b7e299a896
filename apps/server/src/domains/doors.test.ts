import { randomUUID } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type DescribedApi,
  type DescribedRoute,
  describedApi,
  type Hint,
  requestFor,
} from '../testkit/described-api.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { matrix } from './authorization.matrix.ts'

/** What holds at the door of every route that the API describes. */
type Headers = Record<string, string>

let world: World
let api: DescribedApi
let owner: Headers
let contact: Headers
let routes: DescribedRoute[]

beforeAll(async () => {
  world = await createWorld({ limitFactor: 1_000_000, config: { baseUrl: 'http://localhost' } })
  api = await describedApi(world.app)
  const team = await world.supportTeam()
  owner = (await world.member(team, 'owner')).headers
  await world.member(team, 'owner')
  contact = (await world.contact()).headers
  // A stream does not end, and what ends a session would end the test.
  routes = api.routes.filter(({ name, isStream }) => !isStream && !matrix[name]?.last)
})
afterAll(() => world.close())

const callerOf = ({ doors }: DescribedRoute): Headers =>
  doors.includes('contact') ? contact : doors.length > 0 ? owner : {}

function ask(route: DescribedRoute, change: InjectOptions = {}, hint?: Hint): Promise<LightMyRequestResponse> {
  const request = requestFor(api, route, hint ?? ((field) => matrix[route.name]?.sample?.[field]))
  const headers = { ...request.headers, ...callerOf(route), ...change.headers }
  return world.app.inject({ ...request, ...change, headers })
}

const isChange = ({ method }: DescribedRoute): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(String(method))
const origin = 'https://elsewhere.example'

test('every answer of every route keeps a browser safe', async () => {
  for (const route of routes.filter((each) => !isChange(each))) {
    const { headers } = await ask(route)
    expect(headers['x-content-type-options'], route.name).toBe('nosniff')
    expect(headers['content-security-policy'], route.name).toMatch(/default-src 'none'/)
    expect(headers['x-frame-options'], route.name).toBe('DENY')
    expect(headers['x-request-id'], route.name).toBeTruthy()
  }
})

test('other sites may read what needs no cookie, and nothing else', async () => {
  for (const route of routes) {
    const { headers } = await ask(route, { headers: { origin } })
    expect(headers['access-control-allow-credentials'], route.name).toBeUndefined()
    const isWithoutCookie = route.doors.length === 0 || route.doors.includes('contact')
    expect(isWithoutCookie ? ['*', undefined] : [undefined], route.name).toContain(
      headers['access-control-allow-origin'],
    )
  }
})

test('no change is made from a page of another site, nor by a plain form', async () => {
  const withCookie = routes.filter((each) => isChange(each) && ['team', 'member'].includes(each.doors[0] ?? ''))
  expect(withCookie.length).toBeGreaterThan(80)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const route of withCookie) {
    for (const headers of [
      { origin },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', ...form },
    ]) {
      const answer = await ask(route, { headers, payload: 'name=x' })
      expect([answer.statusCode, answer.json<{ code: string }>().code], route.name).toEqual([
        403,
        'permission.foreign_origin',
      ])
    }
  }
})

test('reading changes nothing but what says that it was read', async () => {
  await world.settle()
  const before = await everyTable()
  for (const route of routes.filter((each) => !isChange(each))) await ask(route)
  const after = await everyTable()
  expect([...after].filter(([table, hash]) => before.get(table) !== hash).map(([table]) => table)).toEqual([])
})

/** What a sensitive read leaves in the audit log, when a session was last used, and what workers do meanwhile. */
const saysThatItWasRead = /^(audit_|agent_sessions$|subscriber_places$|events$|members$|contact_sessions$)/

async function everyTable(): Promise<Map<string, unknown>> {
  const tables = await world.rows(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
  const names = tables.map(({ name }) => String(name)).filter((name) => !saysThatItWasRead.test(name))
  const hashes = new Map<string, unknown>()
  for (const name of names) {
    const [row] = await world.rows(
      `SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS h FROM ${name} t`,
    )
    hashes.set(name, row?.['h'])
  }
  return hashes
}

test('no value that means harm to a database, a shell or a path is more than a value', async () => {
  const [tables] = await world.rows(`SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`)
  const hostile = ["' OR 1=1; DROP TABLE members; --", '$(touch /tmp/x)`id`', '../../../etc/passwd', '\u0000💥']
  const broken: string[] = []
  for (const [index, route] of routes.entries()) {
    const text = hostile[index % hostile.length] ?? ''
    const hint: Hint = (field, schema) =>
      schema.type === 'string' && !schema.enum && !schema.format ? text : matrix[route.name]?.sample?.[field]
    const { statusCode, body } = await ask(route, {}, hint)
    if (statusCode >= 500) broken.push(`${route.name} with ${JSON.stringify(text)}: ${body.slice(0, 200)}`)
  }
  expect(broken).toEqual([])
  expect(await world.rows(`SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`)).toEqual([tables])
})

test('fields that nobody asked for are refused or do nothing', async () => {
  const customer = await world.organisation()
  await world.member(customer, 'owner')
  const member = await world.member(customer, 'member')
  const standing = () =>
    world.rows(`SELECT id, organisation_id, role, custom_role_id, seat_type_id, is_service FROM members ORDER BY id`)
  const before = await standing()
  const more = {
    id: randomUUID(),
    role: 'owner',
    organisationId: await world.supportTeam(),
    isSupport: true,
    permissions: ['members.manage'],
    memberId: member.id,
    is_service: true,
  }
  for (const route of routes.filter(({ body, doors }) => body && doors.includes('member'))) {
    const { payload } = requestFor(api, route, (field) => matrix[route.name]?.sample?.[field])
    const answer = await ask(route, { headers: member.headers, payload: { ...more, ...(payload as object) } })
    expect(answer.statusCode, route.name).toBeLessThan(500)
  }
  expect(await standing()).toEqual(before)
})

test('a body that names a prototype reaches none', async () => {
  const payload = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":"x"}'
  for (const route of routes.filter(({ body }) => body)) {
    const { statusCode } = await ask(route, { payload, headers: { 'content-type': 'application/json' } })
    expect(statusCode, route.name).toBeGreaterThanOrEqual(400)
    expect(statusCode, route.name).toBeLessThan(500)
  }
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})

test('a step before its turn is refused, and does nothing', async () => {
  const fileId = randomUUID()
  const form = {
    ...contact,
    'tus-resumable': '1.0.0',
    'upload-length': '10',
    'upload-metadata': `id ${btoa(fileId)},filename ${btoa('a.txt')},kind ${btoa('file')}`,
  }
  await world.app.inject({ method: 'POST', url: '/api/v1/widget/uploads', headers: form })
  const piece = {
    ...contact,
    'tus-resumable': '1.0.0',
    'upload-offset': '5',
    'content-type': 'application/offset+octet-stream',
  }
  const message = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'x',
    fileIds: [fileId],
    locale: 'en',
  }
  const token = 'x'.repeat(43)
  const steps: [
    what: string,
    method: 'POST' | 'PATCH',
    path: string,
    headers: Headers,
    payload: object | string,
    code: string,
  ][] = [
    ['a code before the password', 'POST', '/session/second-factor', {}, { code: '123456' }, 'session.attempt_over'],
    ['a key before the password', 'POST', '/session/second-factor/passkey', {}, {}, 'session.attempt_over'],
    [
      'an organisation before the password',
      'POST',
      '/session/organisation',
      {},
      { organisationId: randomUUID() },
      'session.attempt_over',
    ],
    ['a link that nobody asked for', 'POST', '/session/link/open', {}, { token }, 'session.link_invalid'],
    [
      'a new password that nobody asked for',
      'POST',
      '/session/password/reset',
      {},
      { token, password: 'long enough 4711' },
      'session.link_invalid',
    ],
    [
      'a second first owner',
      'POST',
      '/setup',
      {},
      { token, name: 'x', email: 'x@x.example', password: 'long enough 4711' },
      'setup.token_invalid',
    ],
    ['joining before asking', 'POST', '/join-requests/confirm', {}, { token }, 'join_request.invalid'],
    [
      'accepting before being invited',
      'POST',
      '/invitations/accept',
      {},
      { token, name: 'x', password: 'long enough 4711' },
      'invitation.invalid',
    ],
    [
      'the end of a file before its beginning',
      'PATCH',
      `/widget/uploads/${fileId}`,
      piece,
      'yyyyy',
      'upload.offset_conflict',
    ],
    ['a message with a file that is still coming', 'POST', '/widget/conversations', contact, message, 'file.not_ready'],
  ]
  for (const [what, method, path, headers, payload, code] of steps) {
    const answer = await world.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { host: 'localhost', ...headers },
      payload,
    })
    expect([answer.json<{ code: string }>().code, answer.statusCode < 500 && answer.statusCode >= 400], what).toEqual([
      code,
      true,
    ])
    expect(answer.headers['set-cookie'], what).toBeUndefined()
  }
  expect(await world.rows('SELECT received_bytes::int AS n FROM uploads WHERE id = $1', [fileId])).toEqual([{ n: 0 }])
  expect(await world.rows('SELECT 1 FROM message_files WHERE file_id = $1', [fileId])).toEqual([])
})

test('there is no socket to upgrade to', () => {
  expect(world.app.server.listenerCount('upgrade')).toBe(0)
})

test('over https every answer says to stay there for a year', async () => {
  const behind = await createWorld({ config: { trustProxy: '127.0.0.1' } })
  try {
    for (const url of ['/', '/en', '/api/v1/session', '/api/v1/nothing', '/app/', '/scim/v2/x/Users']) {
      const { headers } = await behind.app.inject({ url, headers: { 'x-forwarded-proto': 'https' } })
      expect(headers['strict-transport-security'], url).toBe('max-age=31536000; includeSubDomains')
    }
  } finally {
    await behind.close()
  }
})

test('every route without a session refuses whoever asks too often, and says for how long', async () => {
  const strict = await createWorld({ limitFactor: 1 })
  try {
    const open = routes.filter(({ doors, method }) => doors.length === 0 && method !== 'OPTIONS')
    expect(open.length).toBeGreaterThan(15)
    // What each says itself, or what holds for all that say nothing.
    const own = new Map<string, number | undefined>(
      strict.clew.house.domains.flatMap(({ routes: ofRoom = [] }) =>
        ofRoom.map((each) => [`${each.method} ${each.path}`, each.limit?.perMinute] as const),
      ),
    )
    for (const [index, route] of open.entries()) {
      // Each from an address of its own: what one asks counts nothing for the next.
      const remoteAddress = `192.0.2.${index + 1}`
      const { method, url = '/' } = requestFor(api, route)
      const request: InjectOptions = { method: method ?? 'GET', url, remoteAddress }
      const limit = own.get(route.name) ?? 240
      let refused: LightMyRequestResponse | undefined
      for (let asked = 0; asked <= limit && !refused; asked += 1) {
        const answer = await strict.app.inject(request)
        if (answer.statusCode === 429) refused = answer
      }
      expect(refused?.headers['retry-after'], route.name).toMatch(/^\d+$/)
    }
  } finally {
    await strict.close()
  }
})
