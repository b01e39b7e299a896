import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { openSession } from '../sign-in/use-cases/open-session.ts'

let world: World
let owner: { cookie: string }
let agent: { cookie: string }
beforeAll(async () => {
  world = await createWorld({ config: { streamHosts: ['127.0.0.1'] } })
  const signedIn = async (role: 'owner' | 'agent') => {
    const member = await world.agent(undefined, role)
    const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, member))
    return { cookie: `__Host-clew_session=${session.token}` }
  }
  owner = await signedIn('owner')
  agent = await signedIn('agent')
})
afterAll(() => world.close())

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, headers = owner, payload?: object) =>
  world.app.inject({ method, url: `/api/v1/console/audit${path}`, headers, ...(payload ? { payload } : {}) })

const stream = { name: 'SIEM', target: { kind: 'https', url: 'http://127.0.0.1:9/in' } }

test('an owner sets a stream up, finds that in the log, checks the log and takes it home', async () => {
  const made = await call('POST', '/streams', owner, stream)
  expect(made.statusCode).toBe(201)
  const { id } = made.json().stream
  expect((await call('GET', '/streams')).json().streams).toMatchObject([{ id, hasSecret: true, state: 'active' }])
  const found = await call('GET', '/events?actions=audit.&outcome=success&limit=1')
  expect(found.json()).toMatchObject({ events: [{ action: 'audit.stream_created', context: { ip: '127.0.0.1' } }] })
  const { seq } = found.json().events[0]
  expect((await call('GET', `/events/${seq}`)).json()).toMatchObject({ event: { seq } })
  expect((await call('GET', '/recent')).json().events.length).toBeGreaterThan(0)
  expect((await call('GET', '/actors')).json().actors.length).toBeGreaterThan(0)
  expect((await call('POST', '/verify')).json()).not.toHaveProperty('fault')
  expect((await call('GET', '')).json()).toMatchObject({
    canExport: true,
    publicKey: expect.stringContaining('PUBLIC KEY'),
  })
  const file = await call('POST', '/exports', owner, { format: 'csv' })
  expect(file.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="audit-2026-11-24\.csv"$/),
    'cache-control': 'private, no-store',
  })
  expect(file.body).toContain('audit.stream_created')
  expect((await call('DELETE', `/streams/${id}`)).statusCode).toBe(204)
})

test('who answers people but may not read the log gets none of it', async () => {
  for (const path of ['', '/events', '/events/1', '/recent', '/actors', '/streams'])
    expect((await call('GET', path, agent)).statusCode, path).toBe(403)
  expect((await call('POST', '/verify', agent)).statusCode).toBe(403)
  expect((await call('POST', '/exports', agent, { format: 'jsonl' })).statusCode).toBe(403)
  expect((await call('POST', '/streams', agent, stream)).statusCode).toBe(403)
})

test('what is not a filter or not a stream is refused at the door', async () => {
  for (const query of ['actions=x;y', 'outcome=great', 'from=yesterday', 'limit=5000', 'before=0'])
    expect((await call('GET', `/events?${query}`)).statusCode, query).toBe(400)
  for (const target of [
    { kind: 'syslog', host: 'a/b', port: 1, tls: true },
    { kind: 'gopher', url: 'x' },
    { kind: 's3', endpoint: 'https://s3.example', bucket: '../x', accessKeyId: 'k' },
  ])
    expect((await call('POST', '/streams', owner, { name: 'x', target })).statusCode).toBe(400)
})
