import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { matrix } from '../domains/authorization.matrix.ts'
import { type DescribedApi, describedApi, requestFor } from '../testkit/described-api.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { createLog } from './log.ts'

/** What is sent with each request, and must not be found in the log however much of it there is. */
const planted = {
  token: 'tok-4711-Zwischenwand-aaaaaaaaaaaaaaaaaaaaaaaaa',
  cookie: 'coo-4711-Zwischenwand-bbbbbbbbbbbbbbbbbbbbbbbbb',
  word: 'Zwischenwand was said in confidence',
  email: 'zwischenwand@private.example',
}

let world: World
let api: DescribedApi
let lines = ''
const stream = new Writable({
  write(chunk, _encoding, done) {
    lines += String(chunk)
    done()
  },
})

beforeAll(async () => {
  world = await createWorld({
    limitFactor: 1_000_000,
    config: { baseUrl: 'http://localhost' },
    log: createLog('debug', stream),
  })
  api = await describedApi(world.app)
})
afterAll(() => world.close())

test('whatever is sent to whatever route, nothing of it is in the log, and how it ended is', async () => {
  const team = await world.supportTeam()
  const { headers } = await world.member(team, 'owner')
  const contact = await world.contact()
  const routes = api.routes.filter(({ name, isStream }) => !isStream && !matrix[name]?.last)
  const secrets = [...Object.values(planted), contact.token, String(headers.cookie).split('=')[1] ?? '']
  for (const route of routes) {
    const request = requestFor(api, route, (field, schema) => {
      if (field === 'email') return planted.email
      const isFree = schema.type === 'string' && !schema.enum && !schema.format && !schema.pattern
      return isFree ? planted.word : matrix[route.name]?.sample?.[field]
    })
    const own = route.doors.includes('contact') ? contact.headers : route.doors.length > 0 ? headers : {}
    const path = String(request.url)
    const url = `${path}${path.includes('?') ? '&' : '?'}token=${planted.token}&q=${encodeURIComponent(planted.word)}`
    for (const more of [
      own,
      { authorization: `Bearer ${planted.token}` },
      { cookie: `__Host-clew_session=${planted.cookie}` },
    ])
      await world.app.inject({ ...request, url, headers: { ...request.headers, ...more, 'x-secret': planted.token } })
  }
  // A defect is logged with all there is to know of it.
  await world.rows('ALTER TABLE conversations RENAME TO conversations_gone')
  const broken = await world.app.inject({ url: '/api/v1/widget/conversations', headers: contact.headers })
  await world.rows('ALTER TABLE conversations_gone RENAME TO conversations')
  expect(broken.statusCode).toBe(500)
  await world.settle()

  expect(lines.length).toBeGreaterThan(1000)
  expect(lines).toContain(String(broken.headers['x-request-id']))
  for (const secret of secrets) {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').slice(0, -4)]
    for (const form of forms) expect(lines.includes(form), form).toBe(false)
  }
  expect(lines.toLowerCase()).not.toContain('zwischenwand')
})

test('what PostgreSQL says of the rows stays out of it', () => {
  lines = ''
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: `Key (email)=(${planted.email})`,
    where: planted.word,
  })
  createLog('info', stream).error({ err: new Error('outer', { cause: error }) }, 'it failed')
  expect(lines).toContain('23505')
  expect(lines.toLowerCase()).not.toContain('zwischenwand')
})
