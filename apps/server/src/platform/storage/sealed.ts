import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { say } from '../say.ts'
import { SealError } from './errors.ts'
import type { FileKeys } from './file-keys.ts'
import type { ByteRange, RawStorage, Storage } from './types.ts'

/**
 * A store that encrypts. A sealed file is a header and chunks of 64 KiB, each AES-256-GCM under a key of this file
 * alone. The header holds that key, wrapped by a master key and bound to the file's place, so that files cannot be
 * exchanged. A chunk's nonce is its number and whether it is the last, so chunks cannot be moved, left out or cut
 * off. What was altered is an error, never other bytes.
 *
 * ```
 * "clewseal" version(1)=1 masterKeyId(8) nonce(12) wrappedKey(32) tag(16) | { ciphertext(65536) tag(16) }… last
 * ```
 */
export function sealedStorage(raw: RawStorage, keys: FileKeys): SealedStorage {
  return {
    put: (key, body, sizeBytes) =>
      raw.put(
        key,
        Readable.from(sealed(body, { key, keys, sizeBytes }), { objectMode: false }),
        sizeBytes === undefined ? undefined : sealedSize(sizeBytes),
      ),
    get: (key, range) => (range === undefined ? getWhole(raw, keys, key) : getRange(raw, { keys, key, range })),
    remove: (key) => raw.remove(key),
    list: () => raw.list(),
    freeBytes: () => raw.freeBytes(),
    isOurs: (key) => isOurs(raw, keys, key),
  }
}

export type SealedStorage = Storage & {
  /** Whether the file there was sealed with a key of this installation, and not by another one beside it. */
  isOurs(key: string): Promise<boolean>
}

/** Names of sealed files begin so; older ones without it may lie there as they were given. */
const sealedPrefix = 's-'

const magic = Buffer.from('clewseal\u0001', 'latin1')
const idBytes = 8
const nonceBytes = 12
const tagBytes = 16
const headerBytes = magic.length + idBytes + nonceBytes + 32 + tagBytes
const chunkBytes = 65_536
const sealedChunkBytes = chunkBytes + tagBytes

/** A file's key opens in the place that it was made for, and in no other. */
const boundTo = (key: string): Buffer => Buffer.concat([magic, Buffer.from(key)])

const chunksOf = (plainBytes: number): number => Math.max(1, Math.ceil(plainBytes / chunkBytes))
const sealedSize = (plainBytes: number): number => headerBytes + plainBytes + chunksOf(plainBytes) * tagBytes
const nonceOf = (index: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(nonceBytes)
  nonce.writeUIntBE(index, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

type Sealing = { key: string; keys: FileKeys; sizeBytes: number | undefined }

async function* sealed(body: Readable, { key, keys, sizeBytes }: Sealing): AsyncGenerator<Buffer> {
  const fileKey = randomBytes(32)
  const seal = (plain: Buffer, index: number, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(index, isLast))
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  yield headerOf(fileKey, key, keys)
  let index = 0
  let total = 0
  let pending: Buffer = Buffer.alloc(0)
  for await (const piece of body as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(piece as Buffer)
    total += bytes.length
    if (sizeBytes !== undefined && total > sizeBytes) throw new Error('the file is longer or shorter than was said')
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes])
    // The last chunk may be a full one: so one is kept back until there is more.
    for (; pending.length > chunkBytes; index += 1) {
      yield seal(pending.subarray(0, chunkBytes), index, false)
      pending = pending.subarray(chunkBytes)
    }
  }
  yield seal(pending, index, true)
}

function headerOf(fileKey: Buffer, key: string, keys: FileKeys): Buffer {
  const [master] = keys
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', master.key, nonce).setAAD(boundTo(key))
  const wrapped = Buffer.concat([cipher.update(fileKey), cipher.final()])
  return Buffer.concat([magic, master.id, nonce, wrapped, cipher.getAuthTag()])
}

/** The key of one file. Undefined when it is not sealed, which only a file of before may be. */
function fileKeyIn(header: Buffer, key: string, keys: FileKeys): Buffer | undefined {
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic)) {
    if (key.includes(`/${sealedPrefix}`)) throw new SealError(say('cli.seal_none', { key }))
    return undefined
  }
  let at = magic.length
  const take = (count: number): Buffer => {
    at += count
    return header.subarray(at - count, at)
  }
  const id = take(idBytes)
  const master = keys.find((each) => each.id.equals(id))
  if (!master) throw new SealError(say('cli.seal_other_key', { id: id.toString('hex') }))
  const decipher = createDecipheriv('aes-256-gcm', master.key, take(nonceBytes)).setAAD(boundTo(key))
  const wrapped = take(32)
  decipher.setAuthTag(take(tagBytes))
  return intact(() => Buffer.concat([decipher.update(wrapped), decipher.final()]))
}

function intact<T>(open: () => T): T {
  try {
    return open()
  } catch (cause) {
    throw new SealError(say('cli.seal_altered'), { cause })
  }
}

async function getWhole(raw: RawStorage, keys: FileKeys, key: string): Promise<Readable> {
  const source = await raw.get(key)
  try {
    const pieces = iteratorOf(source)
    const { taken, rest } = await take(pieces, headerBytes)
    const fileKey = fileKeyIn(taken, key, keys)
    const all = joined(fileKey === undefined ? [taken, rest] : [rest], pieces)
    return streamOf(source, fileKey === undefined ? all : opened(all, { fileKey, firstIndex: 0, endsFile: true }))
  } catch (error) {
    source.destroy()
    throw error
  }
}

async function getRange(
  raw: RawStorage,
  { keys, key, range }: { keys: FileKeys; key: string; range: ByteRange },
): Promise<Readable> {
  const size = await raw.size(key)
  const fileKey = fileKeyIn(await headOf(raw, key, Math.min(headerBytes, size)), key, keys)
  if (fileKey === undefined) return raw.get(key, range)
  const chunks = Math.max(1, Math.ceil((size - headerBytes) / sealedChunkBytes))
  const firstIndex = Math.min(Math.floor(range.start / chunkBytes), chunks - 1)
  const endIndex = Math.min(Math.max(Math.ceil(range.end / chunkBytes), firstIndex + 1), chunks)
  const end = Math.min(headerBytes + endIndex * sealedChunkBytes, size)
  const pieces = await raw.get(key, { start: headerBytes + firstIndex * sealedChunkBytes, end })
  const plain = opened(pieces as AsyncIterable<Buffer>, { fileKey, firstIndex, endsFile: endIndex === chunks })
  const skipped = firstIndex * chunkBytes
  return streamOf(pieces, cut(plain, { start: range.start - skipped, end: range.end - skipped }))
}

async function isOurs(raw: RawStorage, keys: FileKeys, key: string): Promise<boolean> {
  try {
    return fileKeyIn(await headOf(raw, key, headerBytes), key, keys) !== undefined
  } catch {
    return false
  }
}

type Opening = { fileKey: Buffer; firstIndex: number; endsFile: boolean }

async function* opened(
  pieces: AsyncIterable<Buffer>,
  { fileKey, firstIndex, endsFile }: Opening,
): AsyncGenerator<Buffer> {
  const open = (sealedChunk: Buffer, index: number, isLast: boolean): Buffer => {
    if (sealedChunk.length < tagBytes) throw new SealError(say('cli.seal_cut_off'))
    const decipher = createDecipheriv('aes-256-gcm', fileKey, nonceOf(index, isLast))
    decipher.setAuthTag(sealedChunk.subarray(-tagBytes))
    return intact(() => Buffer.concat([decipher.update(sealedChunk.subarray(0, -tagBytes)), decipher.final()]))
  }
  let index = firstIndex
  let pending: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    pending = pending.length === 0 ? piece : Buffer.concat([pending, piece])
    for (; pending.length > sealedChunkBytes; index += 1) {
      yield open(pending.subarray(0, sealedChunkBytes), index, false)
      pending = pending.subarray(sealedChunkBytes)
    }
  }
  yield open(pending, index, endsFile)
}

async function headOf(raw: RawStorage, key: string, count: number): Promise<Buffer> {
  const source = await raw.get(key, { start: 0, end: count })
  try {
    return (await take(iteratorOf(source), count)).taken
  } finally {
    source.destroy()
  }
}

const iteratorOf = (source: Readable): AsyncIterator<Buffer> =>
  (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]()

/** What is opened of a source. Whoever leaves off reading it, or never begins, lets go of the source as well. */
function streamOf(source: Readable, plain: AsyncIterable<Buffer>): Readable {
  const stream = Readable.from(plain, { objectMode: false })
  stream.once('close', () => source.destroy())
  // Whoever reads hears of it; where nobody does, it must not end the process.
  source.on('error', () => undefined)
  return stream
}

async function take(pieces: AsyncIterator<Buffer>, count: number): Promise<{ taken: Buffer; rest: Buffer }> {
  let all: Buffer = Buffer.alloc(0)
  while (all.length < count) {
    const { value, done } = await pieces.next()
    if (done) break
    all = Buffer.concat([all, value])
  }
  return { taken: all.subarray(0, count), rest: all.subarray(count) }
}

async function* joined(first: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (const piece of first) if (piece.length > 0) yield piece
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function* cut(pieces: AsyncIterable<Buffer>, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0
  for await (const piece of pieces) {
    const part = piece.subarray(Math.max(0, start - at), Math.max(0, end - at))
    at += piece.length
    if (part.length > 0) yield part
  }
}
