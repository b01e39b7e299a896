import { randomUUID } from 'node:crypto'
import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import type { CaptureDetail } from '@clew/contract/captures'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import { openSession } from '../../sign-in/use-cases/open-session.ts'

let world: World
let agent: { cookie: string }
beforeAll(async () => {
  world = await createWorld()
  const member = await world.agent()
  const { token } = await world.clew.newCtx('test').transaction((tx) => openSession(tx, member))
  agent = { cookie: `__Host-clew_session=${token}` }
})
afterAll(() => world.close())

const secret = 'sid-7f3c9a1be24d55aa90'

const entry = (n: number, answer: object) => ({
  pageref: 'page_1',
  startedDateTime: `2026-11-24T08:00:0${n}.000Z`,
  time: 1200,
  _resourceType: 'fetch',
  _priority: 'High',
  _initiator: { type: 'script', url: 'https://app.northlight.example/app.js', lineNumber: 7 },
  request: {
    method: 'POST',
    url: `https://app.northlight.example/api/files?n=${n}`,
    httpVersion: 'h2',
    cookies: [{ name: 'session', value: secret }],
    headers: [{ name: 'Cookie', value: `session=${secret}` }],
    queryString: [{ name: 'n', value: String(n) }],
    postData: { mimeType: 'application/json', text: '{"name":"charter.pdf"}' },
    headersSize: -1,
    bodySize: 22,
  },
  response: {
    status: 413,
    statusText: 'Payload Too Large',
    httpVersion: 'h2',
    cookies: [],
    headers: [{ name: 'x-request-id', value: `req_7Kd93hVb2Q${n}` }],
    redirectURL: '',
    headersSize: -1,
    bodySize: 90,
    ...answer,
  },
  cache: {},
  timings: { send: 900, wait: 300, receive: 0 },
})

const longBody = JSON.stringify({
  error: { code: 'file_too_large' },
  flags: Array.from({ length: 150_000 }, () => true),
})

/** Written by hand with spaces, as exporters do: the place of an entry is one of the cleaned file, not of this. */
const har = JSON.stringify(
  {
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      pages: [
        {
          id: 'page_1',
          title: 'Files',
          startedDateTime: '2026-11-24T08:00:00.000Z',
          pageTimings: { onContentLoad: 400, onLoad: 900 },
        },
      ],
      entries: [
        entry(0, { content: { size: 40, mimeType: 'application/json', text: '{"error":{"code":"file_too_large"}}' } }),
        entry(1, { content: { size: longBody.length, mimeType: 'application/json', text: longBody } }),
      ],
    },
  },
  null,
  4,
)

async function attach(): Promise<{ contact: Awaited<ReturnType<World['contact']>>; captureId: string }> {
  const contact = await world.contact()
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'my upload fails',
    fileIds: [],
    locale: 'en',
  })
  const fileId = randomUUID()
  const headers = { ...contact.headers, 'content-type': 'application/json' }
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: { ...headers, 'x-clew-file-id': fileId, 'x-clew-file-name': 'app.har' },
    payload: har,
  })
  const attached = await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${started.conversation.id}/captures`,
    headers,
    payload: { clientMessageId: randomUUID(), fileId, removed: [] },
  })
  const captureId = attached.json<{ capture: { id: string } }>().capture.id
  const stateOf = async () => (await world.rows('SELECT state FROM captures WHERE id = $1', [captureId]))[0]?.['state']
  await expect.poll(stateOf, { timeout: 15_000 }).toBe('analysed')
  return { contact, captureId }
}

const read = async (url: string, headers: Record<string, string>) => world.app.inject({ url: `/api/v1${url}`, headers })

test('an agent reads an entry in full, without what was secret in it', async () => {
  const { captureId } = await attach()
  const response = await read(`/captures/${captureId}/entries/0`, agent)
  expect(response.statusCode).toBe(200)
  expect(response.body).not.toContain(secret)
  const detail = response.json<CaptureEntryDetail>()
  expect(detail).toMatchObject({
    index: 0,
    httpVersion: 'h2',
    priority: 'High',
    statusText: 'Payload Too Large',
    initiator: { type: 'script', line: 7 },
    request: { query: [{ name: 'n', value: '0' }], cookies: [{ name: 'session' }] },
    response: { headers: [{ name: 'x-request-id', value: 'req_7Kd93hVb2Q0' }] },
  })
  expect(detail.request.cookies[0]?.value).toMatch(/^\[cookie:/)
  expect(detail.response.body).toMatchObject({ text: expect.stringContaining('file_too_large'), isCut: false })
})

test('a long body comes with its beginning only, and says so', async () => {
  const { captureId } = await attach()
  const { response } = (await read(`/captures/${captureId}/entries/1`, agent)).json<CaptureEntryDetail>()
  expect(response.body).toMatchObject({ isCut: true })
  expect(response.body?.text.length).toBeLessThanOrEqual(500_000)
})

test('the list says what each request was for and when its page was loaded, and nothing of where it lies in the file', async () => {
  const { captureId } = await attach()
  const { entries } = (await read(`/captures/${captureId}`, agent)).json<CaptureDetail>()
  expect(entries[0]).toMatchObject({
    resourceType: 'fetch',
    page: { startMs: 0, contentLoadedMs: 400, loadedMs: 900 },
  })
  expect(entries[1]).not.toHaveProperty('page')
  expect(entries[0]).not.toHaveProperty('span')
})

test.each([
  ['an entry that is not there', 2, 404],
  ['what is no number', 'first', 400],
  ['a number below all', -1, 400],
  ['a number beyond all', 99_999_999_999, 400],
])('%s is refused', async (_, index, status) => {
  const { captureId } = await attach()
  expect((await read(`/captures/${captureId}/entries/${index}`, agent)).statusCode).toBe(status)
})

test('the contact has the file and not this view of it, and neither has a stranger', async () => {
  const { captureId, contact } = await attach()
  expect((await read(`/captures/${captureId}/entries/0`, contact.headers)).statusCode).toBeGreaterThanOrEqual(401)
  expect((await read(`/captures/${captureId}/entries/0`, {})).statusCode).toBe(401)
})

test('an entry of a file that was deleted by policy is gone', async () => {
  const { captureId } = await attach()
  await world.rows(`UPDATE files SET state = 'gone' WHERE id = (SELECT file_id FROM captures WHERE id = $1)`, [
    captureId,
  ])
  expect((await read(`/captures/${captureId}/entries/0`, agent)).statusCode).toBe(410)
})
