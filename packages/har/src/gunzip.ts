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
  const { maxBytes = twoGigabytes, signal } = options
  const { readable, writable } = new DecompressionStream('gzip')
  const reader = readable.getReader()
  const source: Source = { file, unreadable: undefined }
  const feeding = feed(source, writable.getWriter(), options)
  // The reader hears of it.
  feeding.catch(() => undefined)
  let size = 0
  try {
    for (;;) {
      throwIfCancelled(signal)
      const { done, value } = await reader.read().catch(() => {
        throw source.unreadable ?? new GunzipError('gzip.damaged')
      })
      if (done) return
      size += value.length
      if (size > maxBytes) throw new GunzipError('gzip.too_large')
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

type Source = { file: Blob; unreadable: unknown }

const sliceBytes = 1 << 20
/** What goes in at once comes out at once, up to a thousand times as large, before anybody can say stop. */
const pieceBytes = 16 << 10

async function feed(source: Source, writer: WritableStreamDefaultWriter, { onProgress }: GunzipOptions): Promise<void> {
  const { size } = source.file
  try {
    for (let at = 0; at < size; at += sliceBytes) {
      const slice = await readSlice(source, at)
      for (let from = 0; from < slice.length; from += pieceBytes) {
        await writer.write(slice.subarray(from, from + pieceBytes))
        onProgress?.(Math.min(size, at + from + pieceBytes))
      }
    }
    await writer.close()
  } catch (error) {
    await writer.abort(error)
  }
}

async function readSlice(source: Source, at: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await source.file.slice(at, at + sliceBytes).arrayBuffer())
  } catch (error) {
    source.unreadable = error
    throw error
  }
}
