import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import { zipOf } from '../../files/testing/archives.ts'

type Contact = Awaited<ReturnType<World['contact']>>
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const secrets = {
  cookie: 'sid-7f3c9a1be24d55aa90',
  bearer: 'tok-a91b2c3d4e5f60718293',
  email: 'ioanna.secret@customer.example',
}
const headers = (pairs: Record<string, string>) => Object.entries(pairs).map(([name, value]) => ({ name, value }))
const har = () =>
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      entries: [
        {
          startedDateTime: '2026-11-24T08:00:00.000Z',
          time: 1200,
          request: {
            method: 'POST',
            url: 'https://app.northlight.example/api/files',
            httpVersion: 'HTTP/2',
            cookies: [{ name: 'session', value: secrets.cookie }],
            headers: headers({
              cookie: `session=${secrets.cookie}`,
              authorization: `Bearer ${secrets.bearer}`,
              'content-length': '31000000',
              'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
            }),
            queryString: [],
            headersSize: -1,
            bodySize: 31000000,
          },
          response: {
            status: 413,
            statusText: 'Payload Too Large',
            httpVersion: 'HTTP/2',
            cookies: [],
            headers: headers({ 'x-request-id': 'req_7Kd93hVb2Q', 'content-type': 'application/json' }),
            content: {
              size: 90,
              mimeType: 'application/json',
              text: JSON.stringify({ error: { code: 'file_too_large', message: 'over 20 MB' }, user: secrets.email }),
            },
            redirectURL: '',
            headersSize: -1,
            bodySize: 90,
          },
          cache: {},
          timings: { send: 900, wait: 300, receive: 0 },
        },
      ],
    },
  })

async function attach(
  content: string | Buffer,
  removed = [{ kind: 'cookie', count: 3 }],
  name = 'app.har',
): Promise<{ contact: Contact; conversationId: string; captureId: string; again: () => Promise<number> }> {
  const contact = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'my upload fails',
    fileIds: [],
    locale: 'en' as const,
  }
  const { started } = await startConversation(contact.ctx, opening)
  const fileId = randomUUID()
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: {
      ...contact.headers,
      'x-clew-file-id': fileId,
      'x-clew-file-name': name,
      'content-type': 'application/json',
    },
    payload: content,
  })
  const payload = { clientMessageId: randomUUID(), fileId, removed }
  const post = () =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1/widget/conversations/${started.conversation.id}/captures`,
      headers: contact.headers,
      payload,
    })
  const first = await post()
  expect(first.statusCode).toBe(201)
  const captureId = first.json<{ capture: { id: string } }>().capture.id
  await expect
    .poll(async () => (await world.rows('SELECT state FROM captures WHERE id = $1', [captureId]))[0]?.['state'], {
      timeout: 15_000,
    })
    .not.toMatch(/received|checking/)
  await world.settle()
  return { contact, conversationId: started.conversation.id, captureId, again: async () => (await post()).statusCode }
}

const everythingStored = async (): Promise<string> => {
  const { storage } = world.clew.house
  const files: string[] = []
  for await (const { key } of storage.list()) files.push((await buffer(await storage.get(key))).toString('latin1'))
  const tables = await world.rows(
    `SELECT table_name FROM information_schema.tables WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`,
  )
  const rows = await Promise.all(
    tables.map(({ table_name: name }) =>
      world
        .rows(
          `SELECT t::text FROM ${name === 'job' || String(name).startsWith('j') ? 'pgboss.job' : `"${String(name)}"`} t`,
        )
        .catch(() => []),
    ),
  )
  return files.join('\n') + JSON.stringify(rows)
}

test('a capture that was not cleaned is cleaned here, and what it shows is on the conversation and the case', async () => {
  const { contact, conversationId, captureId, again } = await attach(har())
  const stored = await everythingStored()
  for (const secret of Object.values(secrets)) expect(stored).not.toContain(secret)

  const file: {
    captures: {
      state: string
      removedOnServer: { count: number }[]
      findings: { rule: string; params: object; requestIds: string[] }[]
    }[]
    case: { facts: { field: string; value: object }[] }
    messages: { body: string }[]
  } = (
    await world.app.inject({ url: `/api/v1/widget/conversations/${conversationId}`, headers: contact.headers })
  ).json()
  expect(file.captures[0]).toMatchObject({ state: 'analysed' })
  expect(file.captures[0]?.removedOnServer.length).toBeGreaterThan(0)
  expect(file.captures[0]?.findings[0]).toMatchObject({ rule: 'too-large', requestIds: ['req_7Kd93hVb2Q'] })
  expect(file.case.facts.find(({ field }) => field === 'request_ids')?.value).toMatchObject({
    requestIds: ['req_7Kd93hVb2Q'],
  })
  // Nobody is asked for what the capture tells.
  expect(file.case.facts).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        field: 'timestamps',
        source: 'har',
        value: expect.objectContaining({ utc: '2026-11-24T08:00:00.000Z' }),
      }),
      expect.objectContaining({
        field: 'environment',
        source: 'har',
        value: { browser: 'Firefox', browserVersion: '145', os: 'Windows' },
      }),
    ]),
  )
  expect(file.messages.some(({ body }) => body.startsWith('I have read the recording.'))).toBe(true)
  expect(await again()).toBe(200)
  expect(await world.rows('SELECT 1 FROM captures WHERE id = $1', [captureId])).toHaveLength(1)
})

test('letters that no database can store do not keep a capture from being read', async () => {
  const odd = 'x\u0000y\ud800z'
  const content = JSON.parse(har()) as { log: { entries: Record<string, unknown>[]; pages?: unknown } }
  const [first] = content.log.entries
  const request = { ...(first?.['request'] as object), method: odd }
  const response = { status: 0, _error: `net::ERR_${odd}`, content: { size: 1, mimeType: `text/${odd}` } }
  content.log.entries = [{ ...first, request, response, _resourceType: odd, pageref: odd }]
  content.log.pages = [{ id: odd, title: odd, startedDateTime: '2026-11-24T08:00:00.000Z', pageTimings: {} }]
  const { captureId } = await attach(JSON.stringify(content), [{ kind: odd, count: 1 }])
  const [row] = await world.rows('SELECT state, attempts, entry_rows FROM captures WHERE id = $1', [captureId])
  expect(row).toMatchObject({ state: 'analysed', attempts: 1, entry_rows: [{ method: 'X\uFFFDY\uFFFDZ' }] })
})

test('a file that is no HAR is refused with a sentence, and its content is not kept', async () => {
  const { conversationId, captureId } = await attach(`{"not": "a har", "password": "${secrets.bearer}"}`)
  expect(await world.rows('SELECT state, refusal FROM captures WHERE id = $1', [captureId])).toEqual([
    { state: 'refused', refusal: 'capture.not_a_har' },
  ])
  expect(await everythingStored()).not.toContain(secrets.bearer)
  const said = await world.rows(
    `SELECT body FROM messages WHERE conversation_id = $1 AND author_type = 'assistant' ORDER BY seq DESC LIMIT 1`,
    [conversationId],
  )
  expect(String(said[0]?.['body'])).toMatch(/could not read this file as a HAR/)
})

test.each([
  ['gzip', 'app.har.gz', () => gzipSync(har())],
  ['a zip of one file', 'app.zip', () => zipOf([{ name: 'recording.json', content: har() }])],
] as const)('a capture in %s is unpacked, cleaned and kept as what it is', async (_, name, packed) => {
  const { contact, captureId } = await attach(packed(), [], name)
  const [row] = await world.rows(
    `SELECT c.state, c.name, c.entries, f.name AS file, f.media_type, f.id FROM captures c JOIN files f ON f.id = c.file_id
     WHERE c.id = $1`,
    [captureId],
  )
  expect(row).toMatchObject({
    state: 'analysed',
    entries: 1,
    name: 'app.har',
    file: 'app.har',
    media_type: 'application/json',
  })
  const url = `/api/v1/widget/files/${String(row?.['id'])}`
  const kept = await world.app.inject({ url, headers: contact.headers })
  expect(kept.json()).toMatchObject({ log: { entries: [{ response: { status: 413 } }] } })
  expect(kept.body).not.toContain(secrets.cookie)
})

test('an archive of several captures is not unpacked, and whoever sent it is told what to do', async () => {
  const two = zipOf(['a.har', 'b.har'].map((name) => ({ name, content: har() })))
  const { conversationId, captureId } = await attach(two, [], 'both.zip')
  expect(await world.rows('SELECT state, refusal, name FROM captures WHERE id = $1', [captureId])).toEqual([
    { state: 'refused', refusal: 'capture.packed', name: 'both.zip' },
  ])
  const said = await world.rows(
    `SELECT body FROM messages WHERE conversation_id = $1 AND author_type = 'assistant' ORDER BY seq DESC LIMIT 1`,
    [conversationId],
  )
  expect(String(said[0]?.['body'])).toMatch(/Please unpack it/)
})

test("another contact's file cannot be attached as a capture", async () => {
  const [ann, mallory] = [await world.contact(), await world.contact()]
  const fileId = randomUUID()
  await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: { ...ann.headers, 'x-clew-file-id': fileId, 'x-clew-file-name': 'a.har' },
    payload: Buffer.from(har()),
  })
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'x y z',
    fileIds: [],
    locale: 'en' as const,
  }
  const { started } = await startConversation(mallory.ctx, opening)
  const refused = await world.app.inject({
    method: 'POST',
    url: `/api/v1/widget/conversations/${started.conversation.id}/captures`,
    headers: mallory.headers,
    payload: { clientMessageId: randomUUID(), fileId, removed: [] },
  })
  expect(refused.statusCode).toBe(404)
})
