import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp } from '../platform/http/server.ts'
import { createLog } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { nobody } from '../testkit/nobody.ts'
import { createWorld, type World } from '../testkit/world.ts'
import type { OpenCase } from './contact-form.ts'
import { registerPages } from './index.ts'
import type { OpenedCase } from './open-case.ts'
import { type PageParts, pageParts } from './parts.ts'

let world: World
let parts: PageParts
let forms = 0
const send = (input: OpenCase): Promise<OpenedCase> => {
  forms += 1
  return parts.contact.openCase({ ...input, formId: `form-${forms}` })
}

beforeAll(async () => {
  world = await createWorld()
  const { clew, config, clock } = world
  parts = pageParts({
    config,
    database: clew.database,
    house: clew.house,
    newCtx: clew.newCtx,
    session: clew.session,
    log: createLog('silent'),
    clock,
  })
})
afterAll(() => world.close())

const told: OpenCase = {
  formId: '',
  locale: 'en',
  kind: 'upload',
  problem: 'My upload stops at 100 % and then fails',
  email: 'maria@company.example',
  plan: 'team',
  billingEmail: undefined,
  steps: ['Open Files', 'Choose a file'],
  date: '2026-11-24',
  time: '9:48',
  timeZone: 'Europe/Athens',
  requestIds: ['req_8Jd02kLmN4pQ'],
  completionIds: [],
  snippet: undefined,
  environment: 'Firefox 140 on Windows 11',
  browser: undefined,
  network: 'corporate',
  tunnel: 'vpn',
  workspaceId: undefined,
  workspaceName: undefined,
  assistantId: undefined,
  policyMessage: undefined,
  fileIds: [],
  harRemoved: [],
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
    'My upload stops at 100 % and then fails\n\nWhen: 2026-11-24 9:48 Europe/Athens\nWhere it happens: Firefox 140 on Windows 11\nSearched for: upload stuck',
  )
  const values = Object.fromEntries(opened.facts.map(({ field, value }) => [field, value]))
  expect(opened.kind).toBe('upload')
  expect(values).toMatchObject({
    problem: { text: told.problem },
    account: { email: told.email, plan: 'team' },
    steps: { items: told.steps },
    request_ids: { requestIds: told.requestIds },
    timestamps: { utc: '2026-11-24T07:48:00.000Z' },
    environment: { browser: 'Firefox', os: 'Windows', network: 'corporate', vpn: true, proxy: false },
  })
})

test('a key among the words of a form is stored nowhere', async () => {
  const key = `sk-${'proj'}-${'Zq7'.repeat(14)}`
  const { reference, masked } = await send({
    ...told,
    problem: `It refuses my key ${key}`,
    snippet: `curl -H 'Authorization: Bearer ${key}'`,
    policyMessage: key,
    workspaceName: key,
    assistantId: key,
    steps: [`Send ${key}`],
    requestIds: [key, 'req_1a2b3c4d5e6f'],
    environment: undefined,
  })
  await world.settle()
  const { messages, case: opened } = await readBack(reference)
  expect(JSON.stringify([messages, opened])).not.toContain(key)
  expect(masked).toContain('api_key')
  expect(JSON.stringify(opened)).toContain('req_1a2b3c4d5e6f')
  expect(await world.rows(`SELECT 1 FROM events WHERE payload::text LIKE '%' || $1 || '%'`, [key])).toEqual([])
})

test('all ten categories are told in the form', async () => {
  const snippet = '  if (x) {\n\tupload()\n  }'
  const { reference, progress } = await send({
    ...told,
    kind: 'policy',
    billingEmail: 'invoices@company.example',
    completionIds: ['chatcmpl-9aBcDeFgHiJk'],
    snippet,
    workspaceId: 'org-4hT9cVx2',
    workspaceName: 'Kyma Shipping',
    assistantId: 'https://chat.northlight.example/g/g-Ab12Cd34-helper',
    policyMessage: 'This request was blocked.',
  })
  await world.settle()
  const { messages, case: opened } = await readBack(reference)
  const values = Object.fromEntries(opened.facts.map(({ field, value }) => [field, value]))
  expect(Object.keys(values).sort()).toEqual([
    'account',
    'assistant_id',
    'environment',
    'policy_message',
    'problem',
    'request_ids',
    'steps',
    'timestamps',
    'visuals',
    'workspace',
  ])
  expect(values).toMatchObject({
    account: { billingEmail: 'invoices@company.example' },
    assistant_id: { id: 'g-Ab12Cd34' },
    policy_message: { message: 'This request was blocked.', requestId: 'req_8Jd02kLmN4pQ' },
    request_ids: { completionIds: ['chatcmpl-9aBcDeFgHiJk'] },
    visuals: { snippets: [snippet] },
    workspace: { workspaceId: 'org-4hT9cVx2', name: 'Kyma Shipping' },
  })
  expect(messages[0]?.body).toContain(`\`\`\`\n${snippet}\n\`\`\``)
  expect(progress.score).toBe(100)
  for (const { source } of opened.facts) expect(source).toBe('contact')
})

test('what the browser says of itself is told as that, and only by who agrees', async () => {
  const { reference } = await send({
    ...told,
    environment: undefined,
    browser: 'Firefox 145, Windows',
    network: undefined,
    tunnel: undefined,
  })
  const { case: opened } = await readBack(reference)
  expect(opened.facts.find(({ field }) => field === 'environment')).toMatchObject({
    source: 'browser',
    value: { browser: 'Firefox', os: 'Windows' },
  })
})

test('the same form again is the same case, on another process and after a restart', async () => {
  const form = { ...told, formId: 'the-same' }
  const desk = parts.contact
  const [one, two] = await Promise.all([desk.openCase(form), desk.openCase(form)])
  const three = await desk.openCase({ ...form, problem: 'Other words' })
  expect([two.reference, three.reference]).toEqual([one.reference, one.reference])
})

test('a moment without a zone, a time or a day says what is unclear', async () => {
  const unclear = async (more: Partial<OpenCase>) => {
    const { reference } = await send({ ...told, environment: undefined, ...more })
    const { case: opened } = await readBack(reference)
    return opened.facts.find(({ field }) => field === 'timestamps')?.value
  }
  expect(await unclear({ timeZone: undefined })).toMatchObject({ unclear: 'zone' })
  expect(await unclear({ time: undefined })).toMatchObject({ unclear: 'time' })
  expect(await unclear({ date: undefined })).toMatchObject({ unclear: 'date' })
})

test('a case that cannot be stored whole leaves nothing behind', async () => {
  const count = async () => (await world.rows('SELECT 1 FROM contacts UNION ALL SELECT 1 FROM conversations')).length
  const before = await count()
  await expect(send({ ...told, fileIds: [], problem: '\u0000' })).rejects.toThrow()
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
    authenticate: nobody,
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
