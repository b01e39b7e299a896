import { randomUUID } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import { sendAgentMessage } from '../../conversations/use-cases/send-agent-message.ts'
import { zipOf } from '../testing/archives.ts'
import { jpeg } from '../testing/pictures.ts'

type Contact = Awaited<ReturnType<World['contact']>>
let world: World
let ann: Contact
beforeAll(async () => {
  world = await createWorld()
  ann = await world.contact()
})
afterAll(() => world.close())

const upload = (content: Buffer | string, more: { id?: string; name?: string; type?: string; who?: Contact } = {}) =>
  world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/files',
    headers: {
      ...(more.who ?? ann).headers,
      'x-clew-file-id': more.id ?? randomUUID(),
      'x-clew-file-name': encodeURIComponent(more.name ?? 'note.txt'),
      'content-type': more.type ?? 'text/plain',
    },
    payload: content,
  })
const download = (id: string, who = ann) =>
  world.app.inject({ url: `/api/v1/widget/files/${id}`, headers: who.headers })
const onDisk = (): string[] => {
  const root = join(world.config.dataDir, 'files')
  return readdirSync(root, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(root, path)).isFile())
}

test('a file comes back as it went, as a download that runs nothing', async () => {
  const { id } = (await upload('γειά', { name: 'Αναφορά "3".txt' })).json<{ id: string }>()
  const back = await download(id)
  expect(back.body).toBe('γειά')
  expect(back.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  expect(back.headers['content-disposition']).toMatch(/^attachment; /)
})

test('the name of a download is the one that was stored, whatever the address says', async () => {
  const { id } = (await upload('x', { name: 'ωραίο "όνομα".txt' })).json<{ id: string }>()
  const asked = [
    `/api/v1/widget/files/${id}`,
    `/api/v1/widget/files/${id}?name=evil.exe&filename=evil.exe&download=evil.exe`,
    `/api/v1/widget/files/${id}?response-content-disposition=attachment%3B%20filename%3Devil.exe`,
  ]
  for (const url of asked) {
    const headers = { ...ann.headers, 'x-clew-file-name': 'evil.exe', 'content-disposition': 'filename=evil.exe' }
    const back = await world.app.inject({ url, headers })
    expect(back.headers['content-disposition'], url).toBe(
      `attachment; filename="_____ _______.txt"; filename*=UTF-8''${encodeURIComponent('ωραίο _όνομα_.txt')}`,
    )
  }
  const elsewhere = await world.app.inject({ url: `/api/v1/widget/files/${id}/evil.exe`, headers: ann.headers })
  expect(elsewhere.statusCode).toBe(404)
})

test('a page that calls itself a picture is neither shown nor believed', async () => {
  const stored = (
    await upload('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', { name: 'a.png', type: 'image/png' })
  ).json<{ id: string; mediaType: string }>()
  expect(stored.mediaType).toBe('application/octet-stream')
  expect((await download(stored.id)).headers['content-disposition']).toMatch(/^attachment/)
})

test('a photograph comes back without the place where it was taken', async () => {
  const photograph = jpeg({ turn: 6, secret: 'GPS 37.9715N' })
  const stored = (await upload(photograph, { name: 'a.jpg', type: 'image/jpeg' })).json<{
    id: string
    sizeBytes: number
  }>()
  const back = (await download(stored.id)).rawPayload
  expect([back.includes('GPS'), back.includes('PIXELS-2'), back.includes('Exif')]).toEqual([false, true, true])
  expect(stored.sizeBytes).toBe(photograph.length)
})

test('a picture that cannot be cleaned is refused and leaves nothing', async () => {
  const before = onDisk().length
  const answer = await upload(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0GPS', 'latin1'), {
    name: 'a.jpg',
    type: 'image/jpeg',
  })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'file.picture_refused'])
  expect(onDisk()).toHaveLength(before)
})

test('an archive that cannot be looked into is refused and leaves nothing', async () => {
  const before = onDisk().length
  const answer = await upload(Buffer.from('BZh91AY&SY', 'latin1'), { name: 'a.bz2' })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'file.archive_refused'])
  expect(onDisk()).toHaveLength(before)
})

test.each([
  ['a zip', 'a.zip', zipOf([{ name: 'a.har', content: '{}' }])],
  ['other words', 'p.md', `Here it is: {"a":1,"startedDateTime": "2026-11-24T10:15:30Z"}`],
])('a recording in %s is read by nobody, and whoever attaches it is told what to do', async (_, name, content) => {
  const { id } = (await upload(content, { name })).json<{ id: string }>()
  const sent = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: { ...ann.headers, 'accept-language': 'el' },
    payload: {
      clientConversationId: randomUUID(),
      clientMessageId: randomUUID(),
      body: 'x',
      fileIds: [id],
      locale: 'el',
    },
  })
  expect(sent.json()).toMatchObject({ code: 'file.holds_capture', detail: expect.stringContaining('Αποσυμπιέστε') })
  expect((await download(id)).statusCode).toBe(409)
})

test('the same upload again answers with the first; other bytes under its id are refused', async () => {
  const id = randomUUID()
  const first = await upload('one', { id })
  const again = await upload('one', { id })
  expect([first.statusCode, again.statusCode]).toEqual([201, 200])
  expect(again.json()).toEqual(first.json())
  const before = onDisk().length
  const other = await upload('two', { id })
  expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([409, 'file.id_reused'])
  expect(onDisk()).toHaveLength(before)
})

test.each([
  ['of 30 MB', Buffer.alloc(30_000_000), 413, 'file.too_large'],
  ['one byte too long', Buffer.alloc(25_000_001), 413, 'file.too_large'],
  ['with nothing in it', Buffer.alloc(0), 400, 'file.empty'],
] as const)('a file %s is refused and leaves nothing', async (_what, content, status, code) => {
  const before = onDisk().length
  const refused = await upload(content)
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([status, code])
  expect(onDisk()).toHaveLength(before)
})

test('a file of exactly 25,000,000 bytes is taken', async () => {
  expect((await upload(Buffer.alloc(25_000_000))).statusCode).toBe(201)
})

test.each(['../../../etc/cron.d/x', '..\\..\\x', '/etc/passwd', 'a/../../b'])(
  'the name %j stays a name',
  async (name) => {
    const { name: shown } = (await upload('x', { name })).json<{ name: string }>()
    expect(shown).not.toMatch(/[/\\]/)
    expect(onDisk().every((path) => /^[0-9a-f]{2}\/s-[0-9a-f-]{36}$/.test(path))).toBe(true)
  },
)

test("another contact's file does not exist", async () => {
  const { id } = (await upload('mine')).json<{ id: string }>()
  const mallory = await world.contact()
  expect((await download(id, mallory)).statusCode).toBe(404)
  const stolen = await world.app.inject({
    method: 'POST',
    url: '/api/v1/widget/conversations',
    headers: mallory.headers,
    payload: {
      clientConversationId: randomUUID(),
      clientMessageId: randomUUID(),
      body: '',
      fileIds: [id],
      locale: 'en',
    },
  })
  expect([stolen.statusCode, stolen.json<{ code: string }>().code]).toEqual([404, 'file.not_found'])
})

test("an agent's file reaches the contact with the message it was sent in, and not with a note", async () => {
  const agent = await world.agent()
  const { storeFile } = await import('./store-file.ts')
  const { Readable } = await import('node:stream')
  const put = (name: string) =>
    storeFile(agent.ctx, world.clew.house.storage, {
      id: randomUUID() as never,
      name,
      claimedType: 'text/plain',
      claimedSize: 2,
      body: Readable.from([Buffer.from('ok')]),
    })
  const opening = {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'hi',
    fileIds: [],
    locale: 'en' as const,
  }
  const { started } = await startConversation(ann.ctx, opening)
  const [sent, noted] = [(await put('sent.txt')).file, (await put('noted.txt')).file]
  await sendAgentMessage(agent.ctx, started.conversation.id, {
    clientMessageId: randomUUID(),
    body: 'see',
    kind: 'message',
    fileIds: [sent.id],
  })
  await sendAgentMessage(agent.ctx, started.conversation.id, {
    clientMessageId: randomUUID(),
    body: 'see',
    kind: 'note',
    fileIds: [noted.id],
  })
  expect((await download(sent.id)).body).toBe('ok')
  expect((await download(noted.id)).statusCode).toBe(404)
})

test('a disk that is nearly full takes no more, so that the database has room', async () => {
  const { storeFile } = await import('./store-file.ts')
  const { Readable } = await import('node:stream')
  const nearlyFull = { ...world.clew.house.storage, freeBytes: async () => 200_000_000 }
  const body = Readable.from([Buffer.from('hello')])
  const file = { id: randomUUID() as never, name: 'a.txt', claimedType: undefined, claimedSize: 5, body }
  const before = onDisk().length
  await expect(storeFile(ann.ctx, nearlyFull, file)).rejects.toThrow('upload.no_space')
  expect(onDisk()).toHaveLength(before)
})
