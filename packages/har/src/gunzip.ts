import { blobOf } from './blob-of.ts'
import { throwIfCancelled } from './errors.ts'

export type GunzipErrorCode = 'gzip.damaged' | 'gzip.too_large' | 'gzip.unsupported' | 'zip.not_unpacked'

/** Why a packed file could not be unpacked, as a stable code; the words for people are in the catalogues. */
export class GunzipError extends Error {
  readonly code: GunzipErrorCode

  constructor(code: GunzipErrorCode) {
    super(code)
    this.name = 'GunzipError'
    this.code = code
  }
}

export type GunzipOptions = {
  /** What unpacks to more is left off: no recording is so large, and a few packed bytes may fill a disk. */
  maxBytes?: number
  signal?: AbortSignal
  /** How many of the packed bytes were unpacked. */
  onProgress?(bytesDone: number): void
}

/** The catalogues say it too. */
const twoGigabytes = 2_000_000_000

/** Whether a file is gzip, by its first bytes (RFC 1952), whatever its name. */
export async function isGzipped(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}

/** A zip may hold anything: whoever has one is asked to unpack it. Throws a `GunzipError`. */
export async function refuseZip(file: Blob): Promise<void> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  if (ZIP.every((byte, i) => head[i] === byte)) throw new GunzipError('zip.not_unpacked')
}

/** How the first member of a zip begins. */
const ZIP = [0x50, 0x4b, 3, 4]

/**
 * What a gzip holds, unpacked piece by piece into a Blob, of which only a few megabytes are in memory at once. Throws a
 * `GunzipError`, `har.cancelled`, or what kept the file from being read.
 */
export async function gunzip(file: Blob, options: GunzipOptions = {}): Promise<Blob> {
  if (typeof DecompressionStream === 'undefined') throw new GunzipError('gzip.unsupported')
  return blobOf(unpackedPieces(file, options))
}

async function* unpackedPieces(file: Blob, options: GunzipOptions): AsyncGenerator<Uint8Array> {
  const { maxBytes = twoGigabytes } = options
  const source: Source = { file, slice: undefined, unreadable: undefined }
  let size = 0
  let start = 0
  while (start < file.size || start === 0) {
    const member: Member = { source, start, end: file.size, unpacked: 0, wrongEnds: new Set() }
    for await (const piece of piecesOf(member, options)) {
      size += piece.length
      if (size > maxBytes) throw new GunzipError('gzip.too_large')
      yield piece
    }
    start = member.end
  }
}

/** `slice` is the part of the file that was read last, `unreadable` what kept one from being read. */
type Source = { file: Blob; slice: Slice | undefined; unreadable: unknown }

/**
 * One gzip of those that a file holds one behind the other, as some servers and `cat` write them (RFC 1952, 2.2). A browser
 * unpacks only one at a time, and does not say where it ended.
 */
type Member = {
  source: Source
  start: number
  /** Where the next one seems to begin, and this one was closed; the end of the file when there is none. */
  end: number
  /** How much of it was handed out. */
  unpacked: number
  /** Where it was closed before it was over: a few bytes in its middle looked like the beginning of another. */
  wrongEnds: Set<number>
}

/** In a file of 2 GB the bytes of a beginning stand by chance a few times. */
const mostWrongEnds = 20

async function* piecesOf(member: Member, options: GunzipOptions): AsyncGenerator<Uint8Array> {
  for (;;) {
    let toSkip = member.unpacked
    try {
      for await (const piece of unpackedOnce(member, options)) {
        const rest = piece.subarray(Math.min(toSkip, piece.length))
        toSkip -= piece.length - rest.length
        member.unpacked += rest.length
        if (rest.length > 0) yield rest
      }
      return
    } catch (error) {
      const isWrongEnd = member.end < member.source.file.size && member.wrongEnds.size < mostWrongEnds
      if (!isDamaged(error) || !isWrongEnd) throw error
      member.wrongEnds.add(member.end)
    }
  }
}

const isDamaged = (error: unknown): boolean => error instanceof GunzipError && error.code === 'gzip.damaged'

async function* unpackedOnce(member: Member, options: GunzipOptions): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip')
  const reader = readable.getReader()
  member.end = member.source.file.size
  const feeding = feed(member, writable.getWriter(), options)
  // The reader hears of it.
  feeding.catch(() => undefined)
  try {
    for (;;) {
      throwIfCancelled(options.signal)
      const { done, value } = await reader.read().catch(() => {
        throw member.source.unreadable ?? new GunzipError('gzip.damaged')
      })
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

const sliceBytes = 1 << 20
/** What goes in at once comes out at once, up to a thousand times as large, before anybody can say stop. */
const pieceBytes = 16 << 10

async function feed(member: Member, writer: WritableStreamDefaultWriter, { onProgress }: GunzipOptions): Promise<void> {
  const { source } = member
  try {
    for (let at = member.start; at < member.end; ) {
      const slice = await readSlice(source, at)
      const to = Math.min(slice.at + slice.bytes.length, at + pieceBytes)
      const next = nextMember(member, slice, { from: at, to })
      await writer.write(slice.bytes.subarray(at - slice.at, (next ?? to) - slice.at))
      member.end = next ?? member.end
      at = next ?? to
      onProgress?.(at)
    }
    await writer.close()
  } catch (error) {
    await writer.abort(error)
  }
}

/** A part of the file that begins `at`, and around it what tells whether a member begins at its edge. */
type Slice = { at: number; bytes: Uint8Array; around: Uint8Array; before: number }

const trailerBytes = 4
const headerBytes = 4
/** No gzip is shorter. */
const fewestBytes = 18
/** Deflate makes nothing smaller than this. */
const mostTimes = 1_032

/** The part that a place lies in; members may be short, and of many in a row none reads it again. */
async function readSlice(source: Source, place: number): Promise<Slice> {
  const at = place - (place % sliceBytes)
  if (source.slice?.at === at) return source.slice
  const before = Math.min(at, trailerBytes)
  try {
    const part = source.file.slice(at - before, at + sliceBytes + headerBytes)
    const around = new Uint8Array(await part.arrayBuffer())
    source.slice = { at, bytes: around.subarray(before, before + sliceBytes), around, before }
    return source.slice
  } catch (error) {
    source.unreadable = error
    throw error
  }
}

/**
 * Where in a part of the file another member may begin: it looks like one, and what stands before it like the size of
 * this one. All places count from the beginning of the file.
 */
function nextMember(member: Member, slice: Slice, { from, to }: { from: number; to: number }): number | undefined {
  const { around, at, before } = slice
  const first = around.indexOf(0x1f, Math.max(from, member.start + fewestBytes) - at + before)
  for (let index = first; index >= 0; index = around.indexOf(0x1f, index + 1)) {
    const place = at + index - before
    if (place >= to) return undefined
    if (looksLikeHeader(around, index) && !member.wrongEnds.has(place)) {
      const size = sizeBefore(around, index)
      if (size >= member.unpacked && size <= (place - member.start) * mostTimes) return place
    }
  }
  return undefined
}

const looksLikeHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] ?? 0xff) < 0x20

/** A member ends with the size of what it holds, modulo 2^32. */
const sizeBefore = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at - trailerBytes, true)
