import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { CaptureLink, CaptureSummary } from '@clew/contract/captures'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import { openSession } from '../../sign-in/use-cases/open-session.ts'
import { recheckCaptures } from './recheck-captures.ts'

type Contact = Awaited<ReturnType<World['contact']>>
let world: World
let agentCookie: string
/** Again when the clock was moved: a session ends. */
const signIn = async () => {
  const agent = await world.agent()
  const session = await world.clew.newCtx('test').transaction((tx) => openSession(tx, agent))
  agentCookie = `__Host-clew_session=${session.token}`
}
beforeAll(async () => {
  world = await createWorld()
  await signIn()
})
afterAll(() => world.close())

const secret = 'sid-7f3c9a1be24d55aa90'
const entry = (n: number) => ({
  startedDateTime: `2026-11-24T08:00:${String(n % 60).padStart(2, '0')}.000Z`,
  time: 100,
  request: {
    method: 'GET',
    url: `https://app.northlight.example/api/files/${n}`,
    httpVersion: 'HTTP/2',
    cookies: [{ name: 'session', value: secret }],
    headers: [{ name: 'cookie', value: `session=${secret}` }],
    queryString: [],
    headersSize: -1,
    bodySize: 0,
  },
  response: {
    status: n === 3 ? 503 : 200,
    statusText: 'OK',
    httpVersion: 'HTTP/2',
    cookies: [],
    headers: [{ name: 'x-request-id', value: `req_7Kd93hVb2Q${n}` }],
    content: { size: 6000, mimeType: 'text/plain', text: `${secret} ${'x'.repeat(6000)}` },
    redirectURL: '',
    headersSize: -1,
    bodySize: 6000,
  },
  cache: {},
  timings: { send: 1, wait: 98, receive: 1 },
})
const har = (entries: number): Buffer =>
  Buffer.from(
    JSON.stringify({
      log: {
        version: '1.2',
        creator: { name: 'test', version: '1' },
        entries: Array.from({ length: entries }, (_, n) => entry(n)),
      },
    }),
  )

const api = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, headers: object, payload?: object | Buffer) =>
  world.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: headers as Record<string, string>,
    ...(payload ? { payload } : {}),
  })
const tus = { 'tus-resumable': '1.0.0' }

async function attachUpload(length: number, name = 'large.har') {
  const contact = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'it is slow',
    fileIds: [],
    locale: 'en' as const,
  }
  const { started } = await startConversation(contact.ctx, opening)
  const fileId = randomUUID()
  const metadata = `filename ${Buffer.from(name).toString('base64')},id ${Buffer.from(fileId).toString('base64')}`
  const begun = await api('POST', '/widget/uploads', {
    ...contact.headers,
    ...tus,
    'upload-length': String(length),
    'upload-metadata': metadata,
  })
  expect(begun.statusCode).toBe(201)
  const conversation = `/widget/conversations/${started.conversation.id}`
  const attach = () =>
    api('POST', `${conversation}/captures`, contact.headers, {
      clientMessageId: fileId,
      fileId,
      removed: [],
    })
  const send = (offset: number, bytes: Buffer) =>
    api(
      'PATCH',
      `/widget/uploads/${fileId}`,
      {
        ...contact.headers,
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      bytes,
    )
  const read = async (): Promise<CaptureSummary> => {
    await world.settle()
    const file = (await api('GET', conversation, contact.headers)).json<{ captures: CaptureSummary[] }>()
    const capture = file.captures.find((each) => each.fileId === fileId)
    if (!capture) throw new Error('no capture')
    return capture
  }
  return { contact, fileId, attach, send, read, conversationId: started.conversation.id }
}

const untilRead = (read: () => Promise<CaptureSummary>, timeout = 20_000) =>
  expect.poll(async () => (await read()).state, { timeout }).toMatch(/analysed|refused/)
const download = (fileId: string) => api('GET', `/files/${fileId}`, { cookie: agentCookie })
const storedText = async (): Promise<string> => {
  const { storage } = world.clew.house
  const texts: string[] = []
  for await (const { key } of storage.list()) texts.push((await buffer(await storage.get(key))).toString('latin1'))
  return texts.join('\n')
}

describe('a capture that is uploaded in pieces', () => {
  test('is on the case from its beginning, with its progress, is cleaned, and then read', async () => {
    const content = har(500)
    const { attach, send, read, fileId } = await attachUpload(content.length)
    expect((await attach()).statusCode).toBe(201)
    expect(await read()).toMatchObject({
      state: 'uploading',
      progress: { doneBytes: 0, totalBytes: content.length },
    })
    expect((await download(fileId)).json()).toMatchObject({ code: 'file.not_ready' })

    await send(0, content.subarray(0, 2_000_000))
    expect((await read()).progress).toEqual({ doneBytes: 2_000_000, totalBytes: content.length })
    await send(2_000_000, content.subarray(2_000_000))
    await untilRead(read)
    const capture = await read()
    expect(capture).toMatchObject({ state: 'analysed', entries: 500, failing: 1 })
    expect(capture).not.toHaveProperty('progress')
    expect(capture.removedOnServer.length).toBeGreaterThan(0)

    const clean = await download(fileId)
    expect(clean.statusCode).toBe(200)
    expect(clean.body).not.toContain(secret)
    expect(clean.rawPayload).toHaveLength(capture.sizeBytes)
    expect(JSON.parse(clean.body).log.entries).toHaveLength(500)
    await expect.poll(storedText).not.toContain(secret)
    expect(await world.rows('SELECT 1 FROM upload_segments WHERE upload_id = $1', [fileId])).toEqual([])
  })

  test('says where each of its entries stands in the cleaned file', async () => {
    const content = har(300)
    const { attach, send, read, fileId } = await attachUpload(content.length)
    await attach()
    await send(0, content)
    await untilRead(read)
    const clean = (await download(fileId)).rawPayload
    const [row] = await world.rows('SELECT entry_rows FROM captures WHERE file_id = $1', [fileId])
    const entries = row?.['entry_rows'] as { path: string; span: { start: number; end: number } }[]
    expect(entries).toHaveLength(300)
    for (const { path, span } of entries) {
      const own = JSON.parse(clean.subarray(span.start, span.end).toString()) as { request: { url: string } }
      expect(new URL(own.request.url).pathname).toBe(path)
    }
  })

  test('is read as well when it is attached after the last piece', async () => {
    const content = har(5)
    const { attach, send, read } = await attachUpload(content.length)
    await send(0, content)
    await world.settle()
    expect((await attach()).statusCode).toBe(201)
    await untilRead(read)
    expect(await read()).toMatchObject({ state: 'analysed', entries: 5 })
    expect((await attach()).statusCode).toBe(200)
  })

  test('is read once, whichever of the last piece and the attaching comes first', async () => {
    for (let round = 0; round < 6; round += 1) {
      const content = har(3)
      const { attach, send, read } = await attachUpload(content.length)
      await Promise.all([send(0, content), attach()])
      await untilRead(read)
      expect(await read()).toMatchObject({ state: 'analysed', entries: 3 })
    }
  })

  test('that is no HAR says so and leaves nothing', async () => {
    const content = Buffer.from(`{"not": "a har", "password": "${secret}"}`)
    const { attach, send, read, fileId } = await attachUpload(content.length)
    await attach()
    await send(0, content)
    await untilRead(read)
    expect(await read()).toMatchObject({ state: 'refused', refusal: 'capture.not_a_har' })
    expect((await download(fileId)).json()).toMatchObject({ code: 'file.gone' })
    await expect.poll(storedText).not.toContain(secret)
  })

  test('that its contact ends says so in the timeline', async () => {
    const content = har(5)
    const { contact, attach, send, read, fileId } = await attachUpload(content.length)
    await attach()
    await send(0, content.subarray(0, 100))
    await api('DELETE', `/widget/uploads/${fileId}`, { ...contact.headers, ...tus })
    expect(await read()).toMatchObject({ state: 'refused', refusal: 'upload.cancelled' })
    expect((await attach()).statusCode).toBe(200)
  })
})

test('a HAR that is attached directly is read by nobody before it was cleaned', async () => {
  const contact = await world.contact()
  const fileId = randomUUID()
  const stored = await api(
    'POST',
    '/widget/files',
    { ...contact.headers, 'x-clew-file-id': fileId, 'x-clew-file-name': 'recording.txt', 'content-type': 'text/plain' },
    har(2),
  )
  expect(stored.statusCode).toBe(201)
  expect((await download(fileId)).json()).toMatchObject({ code: 'file.not_ready' })
  expect((await api('GET', `/widget/files/${fileId}`, contact.headers)).json()).toMatchObject({
    code: 'file.not_ready',
  })
  // Sent as a plain attachment it would never be cleaned.
  const ids = { clientConversationId: randomUUID(), clientMessageId: randomUUID() }
  const opening = { ...ids, body: 'see this', fileIds: [fileId], locale: 'en' }
  const plain = await api('POST', '/widget/conversations', contact.headers, opening)
  expect(plain.statusCode).toBe(422)
  expect(plain.json()).toMatchObject({ code: 'file.holds_capture' })
})

describe('as time goes by', () => {
  const system = () => world.as({ type: 'system', job: 'test' })
  const runJob = async (name: string) =>
    world.clew.house.jobs.find((each) => each.name === name)?.run(system(), {} as never)
  const jobs = { send: async () => undefined }

  test('a capture is deleted by policy, and what it showed stays', async () => {
    const content = har(5)
    const { attach, send, read, fileId } = await attachUpload(content.length)
    await attach()
    await send(0, content)
    await untilRead(read)
    const { storage } = world.clew.house
    const before = await read()
    await runJob('retention.begin_runs')
    expect((await read()).expiredAt).toBeUndefined()
    world.clock.advance(30 * 86_400_000 + 1000)
    await signIn()
    await runJob('retention.begin_runs')
    await expect.poll(async () => (await read()).expiredAt, { timeout: 20_000 }).toBeDefined()
    const after = await read()
    expect(after.expiredAt).toBe(world.clock.now().toISOString())
    expect(after.findings).toEqual(before.findings)
    expect((await download(fileId)).json()).toMatchObject({ code: 'file.gone' })
    const detail = await api('GET', `/captures/${after.id}`, { cookie: agentCookie })
    expect(detail.json()).toMatchObject({ entries: [] })
    const [row] = await world.rows('SELECT storage_key FROM files WHERE id = $1', [fileId])
    const stored = async () => {
      const keys: string[] = []
      for await (const { key } of storage.list()) keys.push(key)
      return keys
    }
    await expect.poll(stored, { timeout: 20_000 }).not.toContain(row?.['storage_key'])
  })

  test('a check that ended without a word is begun again, and given up in the end', async () => {
    const content = har(5)
    const { attach, read, fileId } = await attachUpload(content.length)
    await attach()
    const { id } = await read()
    await world.rows(`UPDATE captures SET state = 'checking', attempts = 2 WHERE id = $1`, [id])
    const asked: string[] = []
    const queue = {
      send: async (_tx: unknown, { input }: { input: object }) => void asked.push(JSON.stringify(input)),
    }
    const parts = { storage: world.clew.house.storage, jobs: queue }
    await recheckCaptures(system(), parts)
    expect(asked).toEqual([])
    world.clock.advance(11 * 60_000)
    await recheckCaptures(system(), parts)
    expect(asked).toEqual([JSON.stringify({ captureId: id })])
    await world.rows(`UPDATE captures SET attempts = 3 WHERE id = $1`, [id])
    world.clock.advance(11 * 60_000)
    await recheckCaptures(system(), { ...parts, jobs })
    expect(await read()).toMatchObject({ state: 'refused', refusal: 'capture.check_failed' })
    expect((await download(fileId)).json()).toMatchObject({ code: 'file.gone' })
  })
})

test('a capture from before signs of life were noted is begun again, under a new id of the queue', async () => {
  const system = world.as({ type: 'system', job: 'test' })
  const { attach, read } = await attachUpload(1000)
  await attach()
  const { id } = await read()
  await world.rows(`UPDATE captures SET state = 'received', touched_at = NULL, total_bytes = 0 WHERE id = $1`, [id])
  const asked: { input: object; id?: string }[] = []
  const parts = {
    storage: world.clew.house.storage,
    jobs: { send: async (_tx: unknown, work: { input: object; id?: string }) => void asked.push(work) },
  }
  await recheckCaptures(system, parts)
  expect(asked).toEqual([])
  world.clock.advance(11 * 60_000)
  await recheckCaptures(system, parts)
  expect(asked).toEqual([{ name: 'har.analyse_capture', input: { captureId: id } }])
  // From now on it is as any other.
  const [row] = await world.rows('SELECT touched_at, attempts, total_bytes::int FROM captures WHERE id = $1', [id])
  expect(row).toEqual({ touched_at: world.clock.now(), attempts: 1, total_bytes: 1000 })
})

test('a large capture has a view-only link from the moment that it is on the case; a small one has none', async () => {
  const linksOf = async (length: number) => {
    const { attach, read } = await attachUpload(length)
    await attach()
    await attach()
    const { id } = await read()
    await signIn()
    return (await api('GET', `/captures/${id}/links`, { cookie: agentCookie })).json<{ links: CaptureLink[] }>().links
  }
  expect(await linksOf(25_000_000)).toEqual([])
  const [link, ...more] = await linksOf(25_000_001)
  expect(more).toEqual([])
  expect(link).toMatchObject({ mayDownload: false, views: 0, url: expect.stringMatching(/\/share#token=[\w-]{22}$/) })
  expect(link).not.toHaveProperty('createdBy')
})

test('a second capture of a contact concerns no other contact', async () => {
  const content = har(2)
  const { fileId } = await attachUpload(content.length)
  const other: Contact = await world.contact()
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'x y z',
    fileIds: [],
    locale: 'en' as const,
  }
  const { started } = await startConversation(other.ctx, opening)
  const refused = await api('POST', `/widget/conversations/${started.conversation.id}/captures`, other.headers, {
    clientMessageId: randomUUID(),
    fileId,
    removed: [],
  })
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([404, 'file.not_found'])
})
