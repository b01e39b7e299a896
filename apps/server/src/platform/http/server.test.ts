import type { FastifyInstance } from 'fastify'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { nobody } from '../../testkit/nobody.ts'
import { AppError } from '../app-error.ts'
import { systemClock } from '../clock.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { ok, route } from '../routes.ts'
import { createHttp, type HttpParts } from './server.ts'

/** The web server alone: no route here reaches the database. */
const parts = (change: Partial<HttpParts>): HttpParts => ({
  config: { trustProxy: false, tls: undefined, rateLimitPerMinute: 5 },
  database: {} as HttpParts['database'],
  clock: systemClock,
  log: createLog('silent'),
  metrics: createMetrics(),
  routes: [],
  authenticate: nobody,
  ...change,
})

test('a route of the API without a contract cannot be mounted', async () => {
  const pages = async (app: Parameters<NonNullable<HttpParts['pages']>>[0]) => {
    app.get('/api/v1/secret', async () => 'open')
  }
  await expect(createHttp(parts({ pages }))).rejects.toThrow('GET /api/v1/secret has no contract schema')
})

test('every answer carries the headers that keep a browser safe', async () => {
  const app = await createHttp(parts({}))
  const { headers } = await app.inject('/nothing')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
    'x-request-id': expect.any(String),
  })
})

describe('an address that cannot be decoded', () => {
  const page = (path: string) =>
    route({
      method: 'GET',
      path,
      audience: 'public',
      summary: 'Answers',
      params: z.object({ id: z.uuid() }),
      responses: { 200: z.object({}) },
      run: async () => ok({}),
    })
  const pages = async (app: FastifyInstance) => {
    await app.register(async (scope) => {
      scope.setErrorHandler((_error, _request, reply) => reply.code(404).type('text/html').send('a page'))
      scope.get('/el/*', async () => {
        throw new AppError('route.not_found')
      })
    })
  }

  test.each(['%ff', '%', '%E0%A4%A', 'a%zz?q=%ff'])('is a problem of the API like any other: %s', async (id) => {
    const app = await createHttp(parts({ routes: [page('/things/:id')] }))
    const { statusCode, headers, body } = await app.inject({
      url: `/api/v1/things/${id}`,
      headers: { 'accept-language': 'el' },
    })
    expect(statusCode).toBe(400)
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    })
    expect(JSON.parse(body)).toMatchObject({
      code: 'input.invalid',
      detail: expect.stringMatching(/\p{Script=Greek}/u),
    })
    expect((await app.inject(`/nowhere/${id}`)).json()).toMatchObject({ code: 'route.not_found' })
  })

  test('has the page of what is not there', async () => {
    const app = await createHttp(parts({ pages }))
    const { statusCode, headers, body } = await app.inject('/el/articles/%ff')
    expect({ statusCode, body }).toEqual({ statusCode: 404, body: 'a page' })
    expect(headers['x-request-id']).toEqual(expect.any(String))
  })

  test('and one that can is left as it is', async () => {
    const app = await createHttp(
      parts({
        pages: async (server) => void server.get('/say/:word', async ({ params, query }) => ({ params, query })),
      }),
    )
    const answer = await app.inject('/say/%CE%B1%25?q=%ff')
    expect(answer.json()).toMatchObject({ params: { word: 'α%' } })
  })
})

test('a defect answers with a fixed sentence and the id of the request, and nothing of itself', async () => {
  const app = await createHttp(
    parts({
      pages: async (server) => {
        server.get('/broken', async () => {
          throw new Error('password=hunter2 at /srv/clew')
        })
      },
    }),
  )
  const answer = await app.inject({ url: '/broken', headers: { 'accept-language': 'el' } })
  expect(answer.statusCode).toBe(500)
  expect(answer.json()).toMatchObject({
    code: 'internal.error',
    detail: 'Κάτι πήγε στραβά από την πλευρά μας. Δοκιμάστε ξανά.',
  })
  expect(answer.body).not.toMatch(/hunter2|srv|Error:/)
})

test('a client that claims to be someone else by a forwarded header is still itself', async () => {
  const app = await createHttp(
    parts({
      pages: async (server) => void server.get('/ip', async (request) => ({ ip: request.ip, host: request.host })),
    }),
  )
  const forged = await app.inject({
    url: '/ip',
    headers: { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.example' },
  })
  expect(forged.json()).toEqual({ ip: '127.0.0.1', host: 'localhost:80' })
})

test('too many requests from one address are refused for a while, in the language of the reader', async () => {
  const answers = route({
    method: 'GET',
    path: '/ping',
    audience: 'public',
    summary: 'Answers',
    responses: { 200: z.object({ ok: z.boolean() }) },
    run: async () => ok({ ok: true }),
  })
  const app = await createHttp(parts({ routes: [answers] }))
  const ask = (remoteAddress = '203.0.113.1') =>
    app.inject({ url: '/api/v1/ping', remoteAddress, headers: { 'accept-language': 'el' } })
  const statuses: number[] = []
  for (let i = 0; i < 6; i += 1) statuses.push((await ask()).statusCode)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  const refused = await ask()
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(refused.json<{ detail: string }>().detail).toMatch(/^Στάλθηκαν πολλά μαζί/)
  expect((await ask('203.0.113.2')).statusCode).toBe(200)
})
