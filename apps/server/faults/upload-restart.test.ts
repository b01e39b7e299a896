import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { createContactApi } from '@clew/client/contact-api'
import { createHttp } from '@clew/client/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'

const buildScript = path.join(import.meta.dirname, '../../../scripts/run/build.mjs')

let installation: Installation
beforeAll(async () => {
  execFileSync(process.execPath, [
    '--eval',
    `import(process.argv[1]).then(({ build }) => build(['server']))`,
    buildScript,
  ])
  installation = await install('embedded', { CLEW_RATE_LIMIT: '100000' })
  await installation.start()
}, 120_000)
afterAll(() => installation.remove())

const entries = 400
const bodyLetters = 100_000
const har = (): Blob => {
  const entry = (n: number): string =>
    JSON.stringify({
      startedDateTime: '2026-11-24T08:00:00.000Z',
      time: 10,
      request: {
        method: 'GET',
        url: `https://app.northlight.example/api/files/${n}`,
        headers: [{ name: 'cookie', value: 'session=sid-7f3c9a1be24d55aa90' }],
        cookies: [],
      },
      response: {
        status: n === 7 ? 503 : 200,
        headers: [{ name: 'x-request-id', value: `req_7Kd93hVb2Q${n}` }],
        content: { size: bodyLetters, mimeType: 'text/plain', text: 'letters '.repeat(bodyLetters / 8) },
      },
      timings: {},
    })
  const all = Array.from({ length: entries }, (_, n) => entry(n)).join(',\n')
  return new Blob([`{"log":{"version":"1.2","creator":{"name":"test","version":"1"},"entries":[${all}]}}`])
}

test('an upload goes on after the server was killed, again and again, and nothing acknowledged is lost', async () => {
  const content = har()
  expect(content.size).toBeGreaterThan(40_000_000)
  let token = ''
  let sentBytes = 0
  const counted: typeof fetch = (input, init) => {
    if (init?.body instanceof Blob) sentBytes += init.body.size
    return fetch(input, init)
  }
  const http = createHttp({
    baseUrl: `${installation.baseUrl}/api/v1`,
    credentials: 'omit',
    locale: 'en',
    headers: () => (token === '' ? {} : { authorization: `Bearer ${token}` }),
    fetch: counted,
  })
  const api = createContactApi(http)
  token = (await api.startSession()).token
  const { conversation } = await api.startConversation({
    clientConversationId: crypto.randomUUID(),
    clientMessageId: crypto.randomUUID(),
    body: 'it is slow',
    fileIds: [],
    locale: 'en',
  })
  const id = crypto.randomUUID()
  const begun = await api.beginUpload({ id, name: 'large.har', sizeBytes: content.size })
  await api.attachCapture(conversation.id, { clientMessageId: id, fileId: begun.id, removed: [] })

  const killAt = [0.1, 0.3, 0.5, 0.7, 0.9].map((share) => share * content.size)
  let acknowledged = 0
  let kills = 0
  const send = async (): Promise<void> => {
    await api.uploadResumably({
      id,
      name: 'large.har',
      content,
      monotonicMs: () => performance.now(),
      onProgress: (bytes) => {
        // What was acknowledged once is there after every restart.
        expect(bytes).toBeGreaterThanOrEqual(acknowledged)
        acknowledged = bytes
        const [next] = killAt
        if (next === undefined || bytes < next) return
        killAt.shift()
        kills += 1
        // Not waited for: it is to hit the next piece in the middle.
        setTimeout(() => void installation.killServer(), 3 * kills)
      },
    })
  }
  for (let isDone = false; !isDone; ) {
    isDone = await send().then(
      () => true,
      async (error: { isTemporary?: boolean }) => {
        expect(error.isTemporary).toBe(true)
        await installation.killServer()
        await installation.start()
        return false
      },
    )
  }
  expect(kills).toBe(5)
  expect(sentBytes - content.size).toBeLessThan(kills * 9_000_000)

  // The last kill may hit a server that had everything and was at the check.
  await installation.killServer()
  await installation.start()
  await expect
    .poll(async () => (await api.conversation(conversation.id)).captures[0]?.state, { timeout: 90_000, interval: 300 })
    .toBe('analysed')
  const [capture] = (await api.conversation(conversation.id)).captures
  expect(capture).toMatchObject({ entries, failing: 1 })
  const clean = await (await api.readFile(id)).text()
  const { log } = JSON.parse(clean) as { log: { entries: { request: { url: string } }[] } }
  expect(log.entries.map(({ request }) => request.url)).toEqual(
    Array.from({ length: entries }, (_, n) => `https://app.northlight.example/api/files/${n}`),
  )
  expect(clean).not.toContain('sid-7f3c9a1be24d55aa90')
}, 240_000)
