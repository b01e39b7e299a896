import { Readable } from 'node:stream'
import { constants, createGunzip, createInflateRaw } from 'node:zlib'

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

/** A member as it was before it was packed; nothing where it cannot be read. */
export async function* contentOfMember(zip: Bytes, member: ZipMember): AsyncGenerator<Uint8Array> {
  if (member.method !== 'stored' && member.method !== 'deflated') return
  const header = viewOf(await zip.slice(member.headerAt, Math.min(zip.size, member.headerAt + 30)))
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) return
  const start = member.headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true)
  const packed = piecesIn(zip, start, Math.min(zip.size, start + member.packedBytes))
  yield* member.method === 'stored' ? packed : inflated(packed, 'raw')
}

const longestComment = 65_535
const maxDirectoryBytes = 16 << 20

/** What the directory at the end of a zip names, folders aside. Undefined when there is none that can be read. */
export async function membersOf(zip: Bytes): Promise<ZipMember[] | undefined> {
  const tailAt = Math.max(0, zip.size - 22 - longestComment)
  const tail = Buffer.from(await zip.slice(tailAt, zip.size))
  const at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (at < 0 || at + 22 > tail.length) return undefined
  const [size, start] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (size > maxDirectoryBytes || start + size > zip.size) return undefined
  return membersIn(Buffer.from(await zip.slice(start, start + size)), tail.readUInt16LE(at + 10))
}

function membersIn(directory: Buffer, count: number): ZipMember[] | undefined {
  const members: ZipMember[] = []
  let at = 0
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return undefined
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + 46, nameEnd)
    if (!name.endsWith('/'))
      members.push({
        name,
        headerAt: directory.readUInt32LE(at + 42),
        packedBytes: directory.readUInt32LE(at + 20),
        method: methodOf(directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)),
      })
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return members
}

function methodOf(flags: number, method: number): ZipMember['method'] {
  if ((flags & 1) !== 0) return 'encrypted'
  if (method === 0) return 'stored'
  return method === 8 ? 'deflated' : 'other'
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
