import { Readable } from 'node:stream'
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { constants, createGunzip, createInflateRaw } from 'node:zlib'
import type { EntryMetaData } from '@zip.js/zip.js'

/** Bytes that can be read in parts and more than once. */
export type Bytes = { size: number; slice(start: number, end: number): Promise<Uint8Array> }

export type ZipMember = {
  name: string
  /** Where its own header begins. */
  headerAt: number
  packedBytes: number
  /** Only what is stored as it is, or deflated, can be read. */
  method: 'stored' | 'deflated' | 'encrypted' | 'other'
}

const sliceBytes = 1 << 20

/** Kinds of archives that nothing here can open, by their first bytes. */
const sealed: readonly (readonly number[])[] = [
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], // xz
  [0x42, 0x5a, 0x68], // bzip2
  [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], // 7z
  [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], // rar
  [0x28, 0xb5, 0x2f, 0xfd], // zstd
  [0x04, 0x22, 0x4d, 0x18], // lz4
  [0x1f, 0x9d], // compress
]

/** What kind of archive begins like this; `sealed` is one that cannot be opened here. */
export function archiveOf(head: Uint8Array): 'gzip' | 'zip' | 'sealed' | undefined {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte)
  if (begins([0x1f, 0x8b, 8])) return 'gzip'
  if (begins([0x50, 0x4b, 3, 4])) return 'zip'
  return sealed.some(begins) && !isWord(head) ? 'sealed' : undefined
}

/** "BZh" begins bzip2 when the size of its blocks follows, and the sign of the first one. */
const isWord = (head: Uint8Array): boolean => head[0] === 0x42 && (head[4] !== 0x31 || head[5] !== 0x41)

const endSign = Buffer.from('PK\x05\x06', 'latin1')
const endLength = 22
const maxCommentBytes = 0xffff
/** What looks like an end and is none costs a read. */
const maxEnds = 16

/**
 * A zip that stands behind something else, as one does that unpacks itself: the same bytes as far as its end. Other bytes
 * may follow it, such as a signature.
 */
export async function zipBehind(bytes: Bytes): Promise<Bytes | undefined> {
  const from = Math.max(0, bytes.size - endLength - maxCommentBytes)
  const tail = Buffer.from(await bytes.slice(from, bytes.size))
  for (let at = tail.length, tries = 0; at > 0 && tries < maxEnds; tries += 1) {
    at = tail.lastIndexOf(endSign, at - 1)
    if (at < 0) return undefined
    const size = from + at + endLength + (at + endLength <= tail.length ? tail.readUInt16LE(at + 20) : Infinity)
    if (size <= bytes.size && (await followsDirectory(bytes, from + at, tail.readUInt32LE(at + 12))))
      return { size, slice: (start, end) => bytes.slice(start, Math.min(end, size)) }
  }
  return undefined
}

/** Before the end stands the directory, or where that is too long for the field, the way to another end. */
async function followsDirectory(bytes: Bytes, end: number, length: number): Promise<boolean> {
  const [at, sign] = length === 0xffff_ffff ? [end - 20, 'PK\x06\x07'] : [end - length, 'PK\x01\x02']
  return at >= 0 && Buffer.from(await bytes.slice(at, Math.min(end, at + 4))).equals(Buffer.from(sign, 'latin1'))
}

/** All of it, a piece at a time. */
export async function* piecesIn({ slice }: Bytes, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += sliceBytes) yield await slice(at, Math.min(to, at + sliceBytes))
}

/** What unpacks to; it ends where the archive is cut off or damaged. Whoever has seen enough leaves off. */
export async function* inflated(packed: AsyncIterable<Uint8Array>, kind: 'gzip' | 'raw'): AsyncGenerator<Uint8Array> {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 256 << 10 }
  const inflater = kind === 'gzip' ? createGunzip(options) : createInflateRaw(options)
  const input = Readable.from(packed)
  let isUnreadable = false
  input.once('error', (error) => inflater.destroy(error))
  inflater.once('error', () => {
    isUnreadable = true
  })
  try {
    for await (const piece of input.pipe(inflater)) yield piece as Uint8Array
  } catch (error) {
    if (!isUnreadable || !isOfZlib(error)) throw error
  } finally {
    input.destroy()
    inflater.destroy()
  }
}

const isOfZlib = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

/**
 * A member as it was before it was packed. Undefined where it is locked, or where what stands before it is not what the
 * directory says of it: another reader may then see something else.
 */
export async function contentOfMember(zip: Bytes, member: ZipMember): Promise<AsyncIterable<Uint8Array> | undefined> {
  const header = viewOf(await zip.slice(member.headerAt, Math.min(zip.size, member.headerAt + 30)))
  if (header.byteLength < 30 || !saysTheSame(header, member)) return undefined
  const start = member.headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true)
  const packed = piecesIn(zip, start, Math.min(zip.size, start + member.packedBytes))
  return member.method === 'stored' ? packed : inflated(packed, 'raw')
}

function saysTheSame(header: DataView, { method, packedBytes }: ZipMember): boolean {
  const flags = header.getUint16(6, true)
  const isReadable = method === 'stored' || method === 'deflated'
  const saidMethod = methodOf((flags & 1) !== 0, header.getUint16(8, true))
  // Who packs into a pipe says the size behind the member, and what is too large for the field stands elsewhere.
  const said = header.getUint32(18, true)
  const isSize = (flags & 8) !== 0 || said === 0 || said === 0xffff_ffff || said === packedBytes
  return header.getUint32(0, true) === 0x04034b50 && isReadable && saidMethod === method && isSize
}

/** The start does not wait for what the first archive needs. */
const library = () => import('@zip.js/zip.js')

const maxDirectoryBytes = 16 << 20
/** As many as a zip counts without extensions. */
const maxMembers = 65_535
/** An end, a directory and what may stand between; the rest is looking for them where they are said not to be. */
const maxReads = 256
/** Others have their turn in between. */
const membersAtOnce = 500

/**
 * What the directory at the end of a zip names, folders aside. Undefined when there is none that can be read, none that
 * every reader understands alike, or one that is larger than anybody's.
 */
export async function membersOf(zip: Bytes): Promise<ZipMember[] | undefined> {
  const { ZipReader, WARNING_TRAILING_CENTRAL_DIRECTORY_DATA: unnamed } = await library()
  const source = await directorySource(zip)
  const beginsWithMember = archiveOf(await zip.slice(0, Math.min(4, zip.size))) === 'zip'
  const reader = new ZipReader(source, { filenameValidation: 'tolerant' })
  try {
    const named = await allOf(reader.getEntriesGenerator())
    if (reader.warnings?.some(({ reason }) => reason === unnamed)) return undefined
    // Who reads from the beginning sees a member there.
    if (beginsWithMember && !named.some(({ headerAt }) => headerAt === 0)) return undefined
    return named.filter(({ name }) => !name.endsWith('/'))
  } catch {
    if (source.failure !== undefined) throw source.failure
    return undefined
  }
}

async function allOf(entries: AsyncIterable<EntryMetaData>): Promise<ZipMember[]> {
  const members: ZipMember[] = []
  let count = 0
  for await (const { filename, offset, compressedSize, compressionMethod, encrypted } of entries) {
    count += 1
    if (count > maxMembers) throw new RangeError('more members than are read')
    if (count % membersAtOnce === 0) await turnOfOthers()
    // Only this is kept: what the library says of a member is a hundred times as much.
    const method = methodOf(encrypted, compressionMethod)
    members.push({ name: filename, headerAt: offset, packedBytes: compressedSize, method })
  }
  return members
}

/**
 * What the library reads a directory from: a few parts, none of them large, however large it says that it is. `failure`
 * is what kept the bytes from being read at all.
 */
async function directorySource(zip: Bytes) {
  const { Reader } = await library()
  let reads = 0
  const source = Object.assign(new Reader(zip), {
    size: zip.size,
    failure: undefined as unknown,
    async readUint8Array(at: number, length: number): Promise<Uint8Array> {
      reads += 1
      if (reads > maxReads || length > maxDirectoryBytes) throw new RangeError('more than a directory')
      try {
        return await zip.slice(at, Math.max(at, Math.min(zip.size, at + length)))
      } catch (error) {
        source.failure = error
        throw error
      }
    },
  })
  return source
}

function methodOf(isEncrypted: boolean, method: number): ZipMember['method'] {
  if (isEncrypted) return 'encrypted'
  if (method === 0) return 'stored'
  return method === 8 ? 'deflated' : 'other'
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
