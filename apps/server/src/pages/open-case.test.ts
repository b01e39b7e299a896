import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { createWorld, type World } from '../testkit/world.ts'
import type { OpenCase } from './contact-form.ts'
import { registerPages } from './index.ts'
import { type PageParts, pageParts } from './parts.ts'

let world: World
let parts: PageParts
let send: (input: OpenCase) => Promise<{ reference: string }>

beforeAll(async () => {
  world = await createWorld()
  const { clew, config, clock } = world
  parts = pageParts({
    config,
    database: clew.database,
    house: clew.house,
    newCtx: clew.newCtx,
    log: createLog('silent'),
    clock,
  })
  send = parts.openCase
})
afterAll(() => world.close())

const told: OpenCase = {
  locale: 'en',
  problem: 'My upload stops at 100 % and then fails',
  email: 'maria@company.example',
  kind: 'upload',
  steps: ['Open Files', 'Choose a file'],
  occurredAt: 'today at 9:48',
  timeZone: 'Europe/Athens',
  requestIds: ['req_8Jd02kLmN4pQ'],
  plan: 'team',
  environment: 'Firefox 140 on Windows 11',
  articleSlug: 'upload-failures',
  tried: ['reload-the-page'],
  searchedFor: 'upload stuck',
}

async function readBack(reference: string) {
  const [row] = await world.rows('SELECT id FROM conversations WHERE number = $1', [Number(reference.slice(2))])
  const { ctx } = await world.agent()
  const { openCaseFile } = await import('../domains/cases/use-cases/open-case-file.ts')
  return openCaseFile(ctx, row?.['id'] as never)
}

test('a case from the form waits for a person, with all that was told', async () => {
  const { reference } = await send(told)
  await world.settle()
  const { conversation, messages, case: opened } = await readBack(reference)
  expect(conversation).toMatchObject({ handling: 'waiting', locale: 'en', contact: { email: 'maria@company.example' } })
  expect(messages.map(({ kind, author }) => `${author.type} ${kind}`)).toEqual([
    'contact message',
    'system activity',
    'system activity',
  ])
  expect(messages[0]?.body).toBe(
    'My upload stops at 100 % and then fails\n\nWhen: today at 9:48\nWhere it happens: Firefox 140 on Windows 11\nSearched for: upload stuck',
  )
  const values = Object.fromEntries(opened.facts.map(({ field, value }) => [field, value]))
  expect(opened.kind).toBe('upload')
  expect(values).toMatchObject({
    problem: { text: told.problem },
    account: { email: told.email, plan: 'team' },
    steps: { items: told.steps },
    request_ids: { requestIds: told.requestIds },
    timestamps: { utc: '2026-11-24T07:48:00.000Z' },
    environment: { browser: 'Firefox', os: 'Windows' },
  })
})

test('a key among the words of a form is stored nowhere', async () => {
  const key = `sk-${'proj'}-${'Zq7'.repeat(14)}`
  const { reference } = await send({
    ...told,
    problem: `It refuses my key ${key}`,
    steps: [`Send ${key}`],
    requestIds: [key, 'req_1a2b3c4d5e6f'],
    environment: undefined,
  })
  await world.settle()
  const { messages, case: opened } = await readBack(reference)
  expect(JSON.stringify([messages, opened])).not.toContain(key)
  expect(JSON.stringify(opened)).toContain('req_1a2b3c4d5e6f')
  expect(await world.rows(`SELECT 1 FROM events WHERE payload::text LIKE '%' || $1 || '%'`, [key])).toEqual([])
})

test('a case that cannot be stored whole leaves nothing behind', async () => {
  const count = async () => (await world.rows('SELECT 1 FROM contacts UNION ALL SELECT 1 FROM conversations')).length
  const before = await count()
  await expect(send({ ...told, email: 'x'.repeat(100_000), problem: '\u0000' })).rejects.toThrow()
  expect(await count()).toBe(before)
})

test('whether an article helped is written down by the form of its page, which leads back to it', async () => {
  const app = await createHttp({
    config: world.config,
    database: world.clew.database,
    clock: world.clock,
    log: createLog('silent'),
    metrics: createMetrics(),
    routes: [],
    authenticate: { team: async () => undefined, contact: async () => undefined },
    pages: (server) => registerPages(server, parts),
  })
  const form = (headers: Record<string, string>, slug = 'upload-failures') =>
    app.inject({
      method: 'POST',
      url: `/en/articles/${slug}/feedback`,
      headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: 'helpful=no',
    })
  expect((await form({ origin: 'https://evil.example' })).statusCode).toBe(403)
  expect((await form({ origin: 'http://localhost' }, 'nothing')).statusCode).toBe(404)
  const response = await form({ origin: 'http://localhost' })
  expect([response.statusCode, response.headers['location']]).toEqual([
    303,
    '/en/articles/upload-failures?given=no#feedback',
  ])
  expect(await world.rows('SELECT helpful FROM article_feedback')).toEqual([{ helpful: false }])
  await app.close()
})

test('what can be reached is found out by trying', async () => {
  expect(await parts.health()).toEqual({ messages: true, files: true })
})
