import { randomBytes, randomUUID } from 'node:crypto'
import type { CaptureLink } from '@clew/contract/captures'
import type { Message } from '@clew/contract/conversations'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../testkit/world.ts'
import { startConversation } from '../../conversations/index.ts'
import { openSession } from '../../sign-in/use-cases/open-session.ts'
import { zipOf } from '../testing/archives.ts'
import { jpeg } from '../testing/pictures.ts'
import { sweepUploads } from './end-upload.ts'
import { sweepOrphans } from './sweep-orphans.ts'

type Contact = Awaited<ReturnType<World['contact']>>
let world: World
let cookie: string
beforeAll(async () => {
  world = await createWorld({ config: { maxCaptureBytes: 100_000_000 } })
  await signIn()
})
afterAll(() => world.close())

async function signIn() {
  const agent = await world.agent()
  const { token } = await world.clew.newCtx('test').transaction((tx) => openSession(tx, agent))
  cookie = `__Host-clew_session=${token}`
}

type Headers = Record<string, string>
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
const api = (method: Method, url: string, headers: Headers, payload?: object | Buffer) =>
  world.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const tus = { 'tus-resumable': '1.0.0' }
const b64 = (text: string): string => Buffer.from(text).toString('base64')
const code = (answer: { json<T>(): T }): string => answer.json<{ code: string }>().code
const system = () => world.as({ type: 'system', job: 'test' })

const film = (size: number): Buffer => {
  const bytes = randomBytes(size)
  Buffer.from([0x1a, 0x45, 0xdf, 0xa3]).copy(bytes)
  return bytes
}

async function conversationOf(contact: Contact): Promise<string> {
  const { started } = await startConversation(contact.ctx, {
    clientConversationId: randomUUID(),
    clientMessageId: randomUUID(),
    body: 'I send a recording of my screen',
    fileIds: [],
    locale: 'en',
  })
  return started.conversation.id
}

const pieceBytes = 8_000_000

/** A contact's plain file, uploaded in pieces. */
async function uploaded(
  content: Buffer,
  { name = 'screen.webm', type = 'video/webm', contact = undefined as Contact | undefined } = {},
) {
  const who = contact ?? (await world.contact())
  const id = randomUUID()
  const begun = await api('POST', '/widget/uploads', {
    ...who.headers,
    ...tus,
    'upload-length': String(content.length),
    'upload-metadata': `filename ${b64(name)},id ${b64(id)},kind ${b64('file')},filetype ${b64(type)}`,
  })
  expect(begun.statusCode).toBe(201)
  for (let at = 0; at < content.length; at += pieceBytes) {
    const headers = {
      ...who.headers,
      ...tus,
      'upload-offset': String(at),
      'content-type': 'application/offset+octet-stream',
    }
    const sent = await api('PATCH', `/widget/uploads/${id}`, headers, content.subarray(at, at + pieceBytes))
    expect(sent.statusCode).toBe(204)
  }
  return { contact: who, id }
}

/** A comment of a JPEG, as long as one can be. */
const comment = (words: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(0xffff - 2, words)])

async function begunAndSent(content: Buffer, who: Contact) {
  const id = randomUUID()
  await api('POST', '/widget/uploads', {
    ...who.headers,
    ...tus,
    'upload-length': String(content.length),
    'upload-metadata': `filename ${b64('a.heic')},id ${b64(id)},kind ${b64('file')},filetype ${b64('image/heic')}`,
  })
  const headers = { ...who.headers, ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  return api('PATCH', `/widget/uploads/${id}`, headers, content)
}

const send = (contact: Contact, conversation: string, fileIds: string[], clientMessageId: string = randomUUID()) =>
  api('POST', `/widget/conversations/${conversation}/messages`, contact.headers, { clientMessageId, body: '', fileIds })
const read = (id: string, range?: string) => api('GET', `/files/${id}`, { cookie, ...(range ? { range } : {}) })

test('a film of any size is uploaded in pieces, attached, and played by stretches', async () => {
  const content = film(5_000_003)
  const { contact, id } = await uploaded(content)
  const sent = await send(contact, await conversationOf(contact), [id])
  expect(sent.statusCode).toBe(201)
  expect(sent.json<Message>().attachments).toEqual([
    { fileId: id, name: 'screen.webm', mediaType: 'video/webm', sizeBytes: content.length },
  ])

  const whole = await read(id)
  expect([whole.statusCode, whole.headers['content-type'], whole.headers['accept-ranges']]).toEqual([
    200,
    'video/webm',
    'bytes',
  ])
  expect(whole.rawPayload.equals(content)).toBe(true)
  // Over the edge of a segment, from the middle on, and the end.
  for (const [range, from, to] of [
    ['bytes=2097100-2097200', 2_097_100, 2_097_201],
    ['bytes=4000000-', 4_000_000, content.length],
    ['bytes=-7', content.length - 7, content.length],
  ] as const) {
    const part = await read(id, range)
    expect(part.statusCode).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes ${from}-${to - 1}/${content.length}`)
    expect(part.rawPayload.equals(content.subarray(from, to))).toBe(true)
  }
  const beyond = await read(id, `bytes=${content.length}-`)
  expect([beyond.statusCode, code(beyond)]).toEqual([416, 'file.range_invalid'])
  const own = await api('GET', `/widget/files/${id}`, { ...contact.headers, range: 'bytes=0-3' })
  expect([own.statusCode, own.rawPayload]).toEqual([206, content.subarray(0, 4)])
  expect((await api('GET', `/widget/files/${id}`, (await world.contact()).headers)).statusCode).toBe(404)
})

test('a photograph that comes in pieces is cleaned before anybody can read it', async () => {
  const secret = 'GPS 37.9715N 23.7257E'
  // The comment lies over the edge of a segment.
  const content = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...Array.from({ length: 40 }, () => comment(secret)),
    jpeg({ turn: 6, secret }),
  ])
  const { contact, id } = await uploaded(content, { name: 'a.jpg', type: 'image/jpeg' })
  await send(contact, await conversationOf(contact), [id])
  const back = (await read(id)).rawPayload
  expect(back).toHaveLength(content.length)
  expect([back.includes('GPS'), back.includes('PIXELS-2')]).toEqual([false, true])
})

test('a picture that cannot be cleaned is refused with its first piece', async () => {
  const contact = await world.contact()
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0GPS', 'latin1')
  const sent = await begunAndSent(heic, contact)
  expect([sent.statusCode, code(sent)]).toEqual([415, 'file.picture_refused'])
})

test('an archive that cannot be looked into is refused with its first piece', async () => {
  const sent = await begunAndSent(Buffer.from('BZh91AY&SY', 'latin1'), await world.contact())
  expect([sent.statusCode, code(sent)]).toEqual([415, 'file.archive_refused'])
})

test('what a message holds stays; what nobody attached goes', async () => {
  const kept = await uploaded(film(3000))
  const left = await uploaded(film(3000))
  const conversation = await conversationOf(kept.contact)
  await send(kept.contact, conversation, [kept.id])
  const { storage } = world.clew.house
  world.clock.advance(4 * 86_400_000)
  await sweepUploads(system(), storage)
  await sweepOrphans(system(), storage)
  await signIn()
  expect((await read(kept.id)).statusCode).toBe(200)
  expect(code(await read(left.id))).toBe('file.gone')
  expect(await world.rows('SELECT 1 FROM upload_segments WHERE upload_id = $1', [left.id])).toEqual([])
})

test('a message is sent once, however often it is repeated', async () => {
  const { contact, id } = await uploaded(film(2000))
  const conversation = await conversationOf(contact)
  const clientMessageId = randomUUID()
  expect((await send(contact, conversation, [id], clientMessageId)).statusCode).toBe(201)
  expect((await send(contact, conversation, [id], clientMessageId)).statusCode).toBe(200)
})

test('kept files take none of the places of those that wait', async () => {
  const contact = await world.contact()
  const conversation = await conversationOf(contact)
  for (let n = 0; n < 14; n += 1) {
    const { id } = await uploaded(film(500), { contact })
    expect((await send(contact, conversation, [id])).statusCode).toBe(201)
  }
})

test.each([
  ['by its name', 'recording.har', Buffer.from('{}')],
  ['by how it begins', 'notes.txt', Buffer.from('{"log":{"version":"1.2","entries":[]}}')],
  ['by what a zip holds', 'a.zip', zipOf([{ name: 'a.har', content: '{}' }])],
  ['behind three segments', 'notes.txt', `${'x'.repeat(6 << 20)} {"startedDateTime":"2026-11-24T10:15:30Z"}`],
])(
  'a recording of a browser is no plain file: known %s, it is read by nobody before it was cleaned',
  async (_, name, content) => {
    const { contact, id } = await uploaded(Buffer.from(content), { name, type: 'text/plain' })
    expect(code(await read(id))).toBe('file.not_ready')
    expect(code(await send(contact, await conversationOf(contact), [id]))).toBe('file.holds_capture')
  },
)

test('one that is attached as a capture while it comes is treated as one', async () => {
  const contact = await world.contact()
  const conversation = await conversationOf(contact)
  const id = randomUUID()
  const content = Buffer.from('no har at all, but said to be one')
  await api('POST', '/widget/uploads', {
    ...contact.headers,
    ...tus,
    'upload-length': String(content.length),
    'upload-metadata': `filename ${b64('a.bin')},id ${b64(id)},kind ${b64('file')}`,
  })
  const attached = await api('POST', `/widget/conversations/${conversation}/captures`, contact.headers, {
    clientMessageId: randomUUID(),
    fileId: id,
    removed: [],
  })
  expect(attached.statusCode).toBe(201)
  await api(
    'PATCH',
    `/widget/uploads/${id}`,
    { ...contact.headers, ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    content,
  )
  expect(code(await read(id))).toMatch(/file\.(not_ready|gone)/)
})

test('what claims to be a film and does not begin as one is a download', async () => {
  const { contact, id } = await uploaded(Buffer.from('<script>alert(1)</script>'), { name: 'x.mp4', type: 'video/mp4' })
  await send(contact, await conversationOf(contact), [id])
  const { headers } = await read(id)
  expect(headers['content-type']).toBe('application/octet-stream')
  expect(headers['content-disposition']).toMatch(/^attachment/)
})

const linksOf = async (path: string) => {
  await world.settle()
  return (await api('GET', `${path}/links`, { cookie })).json<{ links: CaptureLink[] }>().links
}

test('a film over the limit of an attachment has a view-only link by itself, others have not', async () => {
  const large = await uploaded(film(25_000_001))
  const archive = await uploaded(randomBytes(25_000_001), { name: 'logs.tar.gz', type: 'application/gzip' })
  const small = await uploaded(film(1000))
  for (const { contact, id } of [large, archive, small]) await send(contact, await conversationOf(contact), [id])

  const [link, ...more] = await linksOf(`/files/${large.id}`)
  expect(more).toEqual([])
  expect(link).toMatchObject({ fileId: large.id, hasPassword: false, mayDownload: false, views: 0 })
  expect(link).not.toHaveProperty('createdBy')
  expect(link?.url).toMatch(/\/share#token=[\w-]{22}$/)
  expect(Date.parse(link?.expiresAt ?? '')).toBe(world.clock.now().getTime() + 7 * 86_400_000)
  for (const { id } of [archive, small]) expect(await linksOf(`/files/${id}`)).toEqual([])

  // An agent shares what is not shown, and takes back what was made.
  const made = await api('POST', `/files/${archive.id}/links`, { cookie }, { mayDownload: true })
  expect(made.statusCode).toBe(201)
  expect((await api('DELETE', `/files/${archive.id}/links/${link?.id}`, { cookie })).statusCode).toBe(404)
  expect((await api('DELETE', `/files/${large.id}/links/${link?.id}`, { cookie })).statusCode).toBe(204)
  const [revoked] = await linksOf(`/files/${large.id}`)
  expect(revoked).toMatchObject({ revokedAt: expect.any(String) })
  expect(revoked).not.toHaveProperty('url')
})
