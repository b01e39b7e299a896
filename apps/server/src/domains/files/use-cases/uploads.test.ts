import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notedStorageKey } from '../../../platform/storage/key.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { sweepUploads } from './end-upload.ts'
import { heldBytes } from './held-bytes.ts'
import { sweepOrphans } from './sweep-orphans.ts'

type Contact = Awaited<ReturnType<World['contact']>>
let world: World
let ann: Contact
let mallory: Contact
beforeAll(async () => {
  world = await createWorld({ config: { maxCaptureBytes: 100_000_000 } })
  ann = await world.contact()
  mallory = await world.contact()
})
afterAll(() => world.close())

const base = '/api/v1/widget/uploads'
const tus = { 'tus-resumable': '1.0.0' }
const b64 = (text: string): string => Buffer.from(text).toString('base64')
type Headers = Record<string, string>

const begin = (length: number | string, more: { who?: Contact; id?: string; name?: string; headers?: Headers } = {}) =>
  world.app.inject({
    method: 'POST',
    url: base,
    headers: {
      ...(more.who ?? ann).headers,
      ...tus,
      'upload-length': String(length),
      'upload-metadata': [
        `filename ${b64(more.name ?? 'large.har')}`,
        ...(more.id ? [`id ${b64(more.id)}`] : []),
      ].join(),
      ...more.headers,
    },
  })
const begun = async (length: number, who = ann): Promise<string> =>
  (await begin(length, { who })).json<{ id: string }>().id
const send = (
  id: string,
  offset: number | string,
  bytes: Uint8Array,
  more: { who?: Contact; headers?: Headers } = {},
) =>
  world.app.inject({
    method: 'PATCH',
    url: `${base}/${id}`,
    headers: {
      ...(more.who ?? ann).headers,
      ...tus,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      ...more.headers,
    },
    payload: Buffer.from(bytes),
  })
const head = (id: string, who = ann) =>
  world.app.inject({ method: 'HEAD', url: `${base}/${id}`, headers: { ...who.headers, ...tus } })
const end = (id: string, who = ann) =>
  world.app.inject({ method: 'DELETE', url: `${base}/${id}`, headers: { ...who.headers, ...tus } })
const codeOf = (answer: { json<T>(): T }): string => answer.json<{ code: string }>().code
const system = () => world.as({ type: 'system', job: 'test' })
const contentOf = async (id: string): Promise<Buffer> => {
  const held = await heldBytes(system(), world.clew.house.storage, id as never)
  return Buffer.from(held ? await held.slice(0, held.size) : [])
}
const onDisk = (): string[] => {
  const root = join(world.config.dataDir, 'files')
  return readdirSync(root, { recursive: true })
    .map((path) => join(root, String(path)))
    .filter((path) => statSync(path).isFile())
}

describe('a resumable upload', () => {
  test('is begun, sent in pieces, asked about and whole in the end', async () => {
    const content = randomBytes(5_000_000)
    const answer = await begin(content.length)
    expect(answer.statusCode).toBe(201)
    const { id } = answer.json<{ id: string }>()
    expect(answer.headers).toMatchObject({ location: `${base}/${id}`, 'tus-resumable': '1.0.0', 'upload-offset': '0' })
    expect(Date.parse(String(answer.headers['upload-expires']))).toBeGreaterThan(world.clock.now().getTime())

    const first = await send(id, 0, content.subarray(0, 3_000_001))
    expect([first.statusCode, first.headers['upload-offset'], first.headers['tus-resumable']]).toEqual([
      204,
      '3000001',
      '1.0.0',
    ])
    const asked = await head(id)
    expect([asked.statusCode, asked.body]).toEqual([200, ''])
    expect(asked.headers).toMatchObject({
      'upload-offset': '3000001',
      'upload-length': '5000000',
      'cache-control': 'no-store',
    })
    const last = await send(id, 3_000_001, content.subarray(3_000_001))
    expect(last.headers['upload-offset']).toBe('5000000')
    expect((await contentOf(id)).equals(content)).toBe(true)
    expect(
      createHash('sha256')
        .update(await contentOf(id))
        .digest(),
    ).toEqual(createHash('sha256').update(content).digest())
  })

  test('tells a page of another site what it may send and read', async () => {
    const options = await world.app.inject({ method: 'OPTIONS', url: base })
    expect(options.statusCode).toBe(204)
    expect(options.headers).toMatchObject({
      'tus-version': '1.0.0',
      'tus-max-size': '100000000',
      'tus-extension': 'creation,creation-with-upload,termination,expiration,checksum',
      'access-control-allow-origin': '*',
    })
    const preflight = await world.app.inject({ method: 'OPTIONS', url: `${base}/${randomUUID()}` })
    expect(preflight.headers['access-control-allow-headers']).toContain('upload-offset')
    expect((await head(await begun(10))).headers['access-control-expose-headers']).toContain('upload-offset')
  })

  test('may come with its first piece', async () => {
    const content = randomBytes(1000)
    const answer = await world.app.inject({
      method: 'POST',
      url: base,
      headers: {
        ...ann.headers,
        ...tus,
        'upload-length': '1000',
        'content-type': 'application/offset+octet-stream',
        'upload-metadata': `filename ${b64('a.har')}`,
      },
      payload: content,
    })
    expect(answer.headers['upload-offset']).toBe('1000')
    expect((await contentOf(answer.json<{ id: string }>().id)).equals(content)).toBe(true)
  })

  test('that is begun twice with the same id is one', async () => {
    const id = randomUUID()
    expect((await begin(1000, { id })).statusCode).toBe(201)
    await send(id, 0, randomBytes(400))
    const again = await begin(1000, { id })
    expect([again.statusCode, again.headers['upload-offset']]).toEqual([200, '400'])
    expect(codeOf(await begin(1001, { id }))).toBe('upload.id_reused')
    expect(codeOf(await begin(1000, { id, who: mallory }))).toBe('upload.id_reused')
    await end(id)
  })

  test('keeps nothing readable where it lies', async () => {
    const secret = 'Bearer tok-a91b2c3d4e5f60718293'
    const id = await begun(secret.length * 1000)
    await send(id, 0, Buffer.from(secret.repeat(500)))
    expect(onDisk().some((path) => readFileSync(path).includes(secret))).toBe(false)
    await end(id)
  })

  test('at another place than the server has is refused, and nothing of it is kept', async () => {
    const id = await begun(1000)
    await send(id, 0, randomBytes(100))
    const files = onDisk().length
    for (const offset of [0, 99, 101, 1000]) {
      const refused = await send(id, offset, randomBytes(10))
      expect([refused.statusCode, codeOf(refused)], String(offset)).toEqual([409, 'upload.offset_conflict'])
    }
    expect(onDisk()).toHaveLength(files)
    expect((await head(id)).headers['upload-offset']).toBe('100')
    await end(id)
  })

  test('that two go on with at once goes on once', async () => {
    const id = await begun(3000)
    const [one, two] = [randomBytes(1000), randomBytes(1000)]
    const answers = await Promise.all([send(id, 0, one), send(id, 0, two)])
    expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([204, 409])
    const kept = await contentOf(id)
    expect(kept).toHaveLength(1000)
    expect(kept.equals(answers[0]?.statusCode === 204 ? one : two)).toBe(true)
    await end(id)
  })

  test('of more bytes than were said is refused', async () => {
    const id = await begun(1000)
    const refused = await send(id, 0, randomBytes(1001))
    expect([refused.statusCode, codeOf(refused)]).toEqual([413, 'upload.too_large'])
    expect((await head(id)).headers['upload-offset']).toBe('0')
    await end(id)
  })

  test('is ended by its contact, and its bytes are gone', async () => {
    const before = onDisk().length
    const id = await begun(5_000_000)
    await send(id, 0, randomBytes(4_500_000))
    expect(onDisk().length).toBeGreaterThan(before)
    expect((await end(id)).statusCode).toBe(204)
    expect(onDisk()).toHaveLength(before)
    for (const answer of [await head(id), await send(id, 4_500_000, randomBytes(5)), await end(id)])
      expect(answer.statusCode).toBe(410)
    expect(await world.rows('SELECT state FROM files WHERE id = $1', [id])).toEqual([{ state: 'gone' }])
  })
})

describe('a piece with a checksum', () => {
  const sum = (algorithm: string, bytes: Uint8Array) => ({
    'upload-checksum': `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`,
  })

  test.each(['sha1', 'sha256'])('of %s is taken when it fits and wholly refused when not', async (algorithm) => {
    const content = randomBytes(5_000_000)
    const id = await begun(content.length)
    const files = onDisk().length
    const refused = await send(id, 0, content, { headers: sum(algorithm, randomBytes(5)) })
    expect([refused.statusCode, codeOf(refused)]).toEqual([460, 'upload.checksum_mismatch'])
    expect(onDisk()).toHaveLength(files)
    expect((await head(id)).headers['upload-offset']).toBe('0')
    expect((await send(id, 0, content, { headers: sum(algorithm, content) })).statusCode).toBe(204)
    expect((await contentOf(id)).equals(content)).toBe(true)
  })

  test.each(['md5 AAAA', 'sha256', 'nothing at all', ''])('%j is a checksum that is not known', async (header) => {
    const id = await begun(10)
    const refused = await send(id, 0, randomBytes(10), { headers: { 'upload-checksum': header } })
    expect([refused.statusCode, codeOf(refused)]).toEqual([400, 'upload.checksum_unsupported'])
    await end(id)
  })
})

describe('who may not', () => {
  test("another contact's upload does not exist, whatever one does to it", async () => {
    const id = await begun(1000)
    for (const answer of [
      await head(id, mallory),
      await send(id, 0, randomBytes(10), { who: mallory }),
      await end(id, mallory),
      await world.app.inject({ url: `${base}/${id}`, headers: mallory.headers }),
      await head(randomUUID()),
    ])
      expect(answer.statusCode).toBe(404)
    expect((await head(id)).headers['upload-offset']).toBe('0')
    await end(id)
  })

  test('without a session nothing is begun', async () => {
    const answer = await world.app.inject({ method: 'POST', url: base, headers: { ...tus, 'upload-length': '10' } })
    expect(answer.statusCode).toBe(401)
  })

  test('an upload that is not whole is read by nobody, and one that was not cleaned neither', async () => {
    const agent = await world.agent()
    const id = await begun(1000)
    const { readFile } = await import('./read-file.ts')
    const parts = { storage: world.clew.house.storage, asSystem: () => system(), isSentToContact: async () => false }
    await expect(readFile(agent.ctx, { id: id as never }, parts)).rejects.toThrow('file.not_ready')
    await send(id, 0, randomBytes(1000))
    await expect(readFile(agent.ctx, { id: id as never }, parts)).rejects.toThrow('file.not_ready')
    await expect(readFile(ann.ctx, { id: id as never }, parts)).rejects.toThrow('file.not_ready')
  })
})

test('once a file was cleaned, only its clean content is read, also while the original still lies there', async () => {
  const id = await begun(1000)
  await send(id, 0, Buffer.alloc(1000, 'secret '))
  const { Readable } = await import('node:stream')
  const { settleFile, removeLeftover } = await import('./release-original.ts')
  const { storage } = world.clew.house
  await storage.put(notedStorageKey('zz/s-clean'), Readable.from([Buffer.from('clean')]))
  const clean = { storageKey: 'zz/s-clean', sizeBytes: 5, sha256: '' }
  const leftover = await system().transaction((tx) => settleFile(tx, id as never, clean))
  expect((await contentOf(id)).toString()).toBe('clean')
  await removeLeftover(system(), storage, leftover)
  expect((await contentOf(id)).toString()).toBe('clean')
  const expired = await system().transaction((tx) => settleFile(tx, id as never, undefined))
  expect(await contentOf(id)).toHaveLength(0)
  await removeLeftover(system(), storage, expired)
})

test('a large file that lies in one is read in parts, and never whole into memory', async () => {
  const { Readable } = await import('node:stream')
  const { settleFile } = await import('./release-original.ts')
  const { storage } = world.clew.house
  const content = randomBytes(5_000_001)
  const id = await begun(1)
  await storage.put(notedStorageKey('zz/s-large'), Readable.from([content]))
  const clean = { storageKey: 'zz/s-large', sizeBytes: content.length, sha256: '' }
  await system().transaction((tx) => settleFile(tx, id as never, clean))
  const asked: (number | undefined)[] = []
  const watched: typeof storage = {
    ...storage,
    get: (key, range) => {
      asked.push(range && range.end - range.start)
      return storage.get(key, range)
    },
  }
  const held = await heldBytes(system(), watched, id as never)
  const parts: Uint8Array[] = []
  for (let at = 0; at < content.length; at += 1_000_000)
    parts.push((await held?.slice(at, Math.min(content.length, at + 1_000_000))) ?? new Uint8Array())
  expect(Buffer.concat(parts).equals(content)).toBe(true)
  expect(asked).toEqual([2_097_152, 2_097_152, 805_697])
})

describe('limits', () => {
  test('a file over the limit is refused before a byte of it is sent', async () => {
    const refused = await begin(100_000_001)
    expect([refused.statusCode, refused.json<{ code: string; params: object }>()]).toMatchObject([
      413,
      { code: 'upload.too_large', params: { limitMb: 100 } },
    ])
    expect((await begin(100_000_000, { who: mallory })).statusCode).toBe(201)
  })

  test('of one contact so many uploads may be unfinished, and one more when one has ended', async () => {
    const who = await world.contact()
    const ids = [await begun(100, who), await begun(100, who), await begun(100, who)]
    const refused = await begin(100, { who })
    expect([refused.statusCode, codeOf(refused)]).toEqual([413, 'upload.quota_exceeded'])
    await send(ids[0] ?? '', 0, randomBytes(100), { who })
    expect((await begin(100, { who })).statusCode).toBe(201)
  })

  test('of one contact so many that were finished may wait for nothing, and no more', async () => {
    const who = await world.contact()
    for (let made = 0; made < 12; made += 1) {
      const id = await begun(1, who)
      expect((await send(id, 0, randomBytes(1), { who })).statusCode, String(made)).toBe(204)
    }
    const refused = await begin(1, { who })
    expect([refused.statusCode, codeOf(refused)]).toEqual([413, 'upload.quota_exceeded'])
  })

  test('of many begun at once no more than that are', async () => {
    const who = await world.contact()
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(100, { who })))
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(3)
  })

  test.each([
    ['no version', { 'tus-resumable': '' }, 412, 'upload.version_unsupported'],
    ['another version', { 'tus-resumable': '0.2.2' }, 412, 'upload.version_unsupported'],
    ['a length that is none', { 'upload-length': '-1' }, 400, 'input.invalid'],
    ['a length of nothing', { 'upload-length': '0' }, 400, 'file.empty'],
    ['a length of ten pages', { 'upload-length': '9'.repeat(400) }, 400, 'input.invalid'],
    ['metadata that is none', { 'upload-metadata': 'filename ###' }, 400, 'upload.header_invalid'],
    ['metadata cut off', { 'upload-metadata': 'filename QUJDR' }, 400, 'upload.header_invalid'],
    ['an id that is none', { 'upload-metadata': `id ${b64("' OR 1=1 --")}` }, 400, 'upload.header_invalid'],
  ] as const)('%s is refused', async (_, headers, status, code) => {
    const refused = await begin(10, { headers })
    expect([refused.statusCode, codeOf(refused)]).toEqual([status, code])
  })

  test('a piece that is no octets, or says no place, is refused', async () => {
    const id = await begun(10)
    const typed = await send(id, 0, randomBytes(10), { headers: { 'content-type': 'application/json' } })
    expect([typed.statusCode, codeOf(typed)]).toEqual([415, 'input.unsupported_type'])
    const placed = await send(id, 'x', randomBytes(10))
    expect([placed.statusCode, codeOf(placed)]).toEqual([400, 'input.invalid'])
    await end(id)
  })

  test('a store that is full says so, keeps what it has, and takes the rest when there is room', async () => {
    const who = await world.contact()
    const { appendToUpload } = await import('./append-to-upload.ts')
    const { createUpload } = await import('./create-upload.ts')
    const { Readable } = await import('node:stream')
    const { storage } = world.clew.house
    const full = {
      ...storage,
      put: async () => {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      },
    }
    const id = await begun(2000, who)
    await send(id, 0, randomBytes(500), { who })
    const piece = () => ({
      id: id as never,
      offset: 500,
      sizeBytes: 1500,
      checksum: undefined,
      body: Readable.from([randomBytes(1500)]),
    })
    await expect(appendToUpload(who.ctx, full, piece())).rejects.toThrow('upload.no_space')
    expect((await head(id, who)).headers['upload-offset']).toBe('500')
    expect((await appendToUpload(who.ctx, storage, piece())).state).toBe('complete')
    const little = { ...storage, freeBytes: async () => 100_000_000 }
    const parts = { storage: little, maxCaptureBytes: 1e9 }
    await expect(
      createUpload(who.ctx, parts, {
        id: undefined,
        name: 'a.har',
        lengthBytes: 50_000_000,
        kind: 'capture',
        claimedType: '',
      }),
    ).rejects.toThrow('upload.no_space')
    // What was begun before goes on, as far as there is room.
    const known = { id: id as never, name: 'a.har', lengthBytes: 2000, kind: 'capture' as const, claimedType: '' }
    expect((await createUpload(who.ctx, parts, known)).repeated).toBe(true)
  })

  test('a connection that breaks costs nothing of what came before', async () => {
    const { appendToUpload } = await import('./append-to-upload.ts')
    const { Readable } = await import('node:stream')
    const who = await world.contact()
    const content = randomBytes(3_000_000)
    const id = await begun(content.length, who)
    async function* cut() {
      yield content.subarray(0, 1_000_000)
      yield content.subarray(1_000_000, 2_500_000)
      throw new Error('aborted')
    }
    const piece = {
      id: id as never,
      offset: 0,
      sizeBytes: content.length,
      checksum: undefined,
      body: Readable.from(cut()),
    }
    await appendToUpload(who.ctx, world.clew.house.storage, piece)
    expect((await head(id, who)).headers['upload-offset']).toBe('2500000')
    await send(id, 2_500_000, content.subarray(2_500_000), { who })
    expect((await contentOf(id)).equals(content)).toBe(true)
  })

  test('a database that is lost with the answer to the commit costs nothing that it took', async () => {
    const { appendToUpload } = await import('./append-to-upload.ts')
    const { Readable } = await import('node:stream')
    const { AppError } = await import('../../../platform/app-error.ts')
    const who = await world.contact()
    const content = randomBytes(3_000_000)
    const id = await begun(content.length, who)
    let count = 0
    const lossy: typeof who.ctx = {
      ...who.ctx,
      transaction: async (work) => {
        const result = await who.ctx.transaction(work)
        count += 1
        if (count === 2) throw new AppError('server.database_unavailable')
        return result
      },
    }
    const piece = { id: id as never, offset: 0, sizeBytes: content.length, checksum: undefined }
    const body = Readable.from([content.subarray(0, 2_100_000), content.subarray(2_100_000)])
    await expect(appendToUpload(lossy, world.clew.house.storage, { ...piece, body })).rejects.toThrow('unavailable')
    expect((await head(id, who)).headers['upload-offset']).toBe('2100000')
    await send(id, 2_100_000, content.subarray(2_100_000), { who })
    expect((await contentOf(id)).equals(content)).toBe(true)
  })

  test('a disk that others have filled meanwhile takes no more, so that the database has room', async () => {
    const { appendToUpload } = await import('./append-to-upload.ts')
    const { Readable } = await import('node:stream')
    const who = await world.contact()
    const id = await begun(1000, who)
    const filled = { ...world.clew.house.storage, freeBytes: async () => 200_000_000 }
    const piece = { id: id as never, offset: 0, sizeBytes: 1000, checksum: undefined }
    await expect(
      appendToUpload(who.ctx, filled, { ...piece, body: Readable.from([randomBytes(1000)]) }),
    ).rejects.toThrow('upload.no_space')
    expect((await head(id, who)).headers['upload-offset']).toBe('0')
  })

  test('an upload that is ended while a piece is coming takes nothing of it', async () => {
    const { Readable } = await import('node:stream')
    const who = await world.contact()
    const before = onDisk().length
    const id = await begun(5_000_000, who)
    const payload = new Readable({ read: () => undefined })
    const headers = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    const coming = (async () =>
      world.app.inject({ method: 'PATCH', url: `${base}/${id}`, headers: { ...who.headers, ...headers }, payload }))()
    payload.push(randomBytes(2_500_000))
    await expect.poll(async () => Number((await head(id, who)).headers['upload-offset'])).toBeGreaterThan(2_000_000)
    payload.push(randomBytes(1_000_000))
    expect((await end(id, who)).statusCode).toBe(204)
    payload.push(null)
    expect((await coming).statusCode).toBe(410)
    expect(onDisk()).toHaveLength(before)
    expect(await world.rows('SELECT 1 FROM upload_segments WHERE upload_id = $1', [id])).toEqual([])
  })

  test('of one contact so many pieces may be coming at once, and none of another has to wait', async () => {
    const { Readable } = await import('node:stream')
    const who = await world.contact()
    const id = await begun(1000, who)
    const bodies = Array.from({ length: 8 }, () => new Readable({ read: () => undefined }))
    const headers = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    const slow = bodies.map(async (payload) => {
      await world.app.inject({
        method: 'PATCH',
        url: `${base}/${id}`,
        headers: { ...who.headers, ...headers },
        payload,
      })
    })
    await expect.poll(async () => (await send(id, 1, randomBytes(1), { who })).statusCode).toBe(429)
    const other = await begun(10, mallory)
    expect((await send(other, 0, randomBytes(10), { who: mallory })).statusCode).toBe(204)
    for (const body of bodies) body.push(null)
    await Promise.all(slow)
    expect((await send(id, 0, randomBytes(1000), { who })).statusCode).toBe(204)
  })
})

describe('sweeping', () => {
  test('what nobody goes on with is ended after three days and its bytes are deleted', async () => {
    const who = await world.contact()
    const before = onDisk().length
    const id = await begun(1000, who)
    await send(id, 0, randomBytes(100), { who })
    await sweepUploads(system(), world.clew.house.storage)
    expect((await head(id, who)).statusCode).toBe(200)
    world.clock.advance(3 * 86_400_000 + 1)
    expect((await send(id, 100, randomBytes(10), { who })).statusCode).toBe(410)
    await sweepUploads(system(), world.clew.house.storage)
    await sweepUploads(system(), world.clew.house.storage)
    expect((await head(id, who)).statusCode).toBe(410)
    expect(await world.rows('SELECT 1 FROM upload_segments WHERE upload_id = $1', [id])).toEqual([])
    expect(onDisk().length).toBeLessThanOrEqual(before)
  })

  test('a HAR that came in one piece and that nobody attached is deleted after three days', async () => {
    const who = await world.contact()
    const id = randomUUID()
    await world.app.inject({
      method: 'POST',
      url: '/api/v1/widget/files',
      headers: { ...who.headers, 'x-clew-file-id': id, 'x-clew-file-name': 'a.har', 'content-type': 'text/plain' },
      payload: '{"log":{}}',
    })
    const state = async () => (await world.rows('SELECT state FROM files WHERE id = $1', [id]))[0]?.['state']
    await sweepUploads(system(), world.clew.house.storage)
    expect(await state()).toBe('held')
    world.clock.advance(3 * 86_400_000 + 1)
    await sweepUploads(system(), world.clew.house.storage)
    expect(await state()).toBe('gone')
    const answer = await world.app.inject({ url: `/api/v1/widget/files/${id}`, headers: who.headers })
    expect([answer.statusCode, codeOf(answer)]).toEqual([410, 'file.gone'])
  })

  test('bytes that no row names are deleted when they are old, and what is known stays', async () => {
    const { Readable } = await import('node:stream')
    const who = await world.contact()
    const { storage } = world.clew.house
    const id = await begun(1000, who)
    await send(id, 0, randomBytes(100), { who })
    await storage.put(notedStorageKey('zz/s-orphan'), Readable.from([Buffer.from('left behind')]))
    // The disk's clock is the real one.
    const at = (ms: number) => ({ ...system(), clock: { now: () => new Date(Date.now() + ms) } })
    // A process that was killed in the middle of writing leaves a part.
    writeFileSync(join(world.config.dataDir, 'files', 'zz', 's-torn.part'), 'clewseal')
    expect(await sweepOrphans(at(0), storage)).toBe(0)
    expect(await sweepOrphans(at(7 * 3_600_000), storage)).toBe(2)
    expect(onDisk().some((path) => /s-(orphan|torn)/.test(path))).toBe(false)
    await send(id, 100, randomBytes(900), { who })
    expect(await contentOf(id)).toHaveLength(1000)
  })

  test('only the system sweeps', async () => {
    await expect(sweepUploads(ann.ctx, world.clew.house.storage)).rejects.toThrow('permission.denied')
    await expect(sweepOrphans(ann.ctx, world.clew.house.storage)).rejects.toThrow('permission.denied')
  })
})
