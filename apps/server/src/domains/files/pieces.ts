import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Bytes } from '../../platform/archives.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Storage } from '../../platform/storage.ts'
import type { ByteRange, FileRow } from './model.ts'
import { type Segment, segmentBytes } from './model.uploads.ts'
import { findUpload, listSegments } from './repository.uploads.ts'

/** A stretch of a file and where it lies: a segment of an upload, or a part of a file that lies in one. */
export type Piece = Segment & { range?: ByteRange }

/**
 * Where the bytes of a file lie, in order. Beside a cleaned file the segments of its original may still lie for a
 * moment; its upload is over, so that nobody reads those any more.
 */
export async function piecesOf(tx: TxCtx, file: FileRow): Promise<Piece[]> {
  const upload = await findUpload(tx, file.id)
  return upload === undefined || upload.state === 'ended' ? partsOf(file) : listSegments(tx, file.id)
}

export function partsOf({ sizeBytes, storageKey }: Pick<FileRow, 'sizeBytes' | 'storageKey'>): Piece[] {
  return Array.from({ length: Math.ceil(sizeBytes / segmentBytes) }, (_, index) => {
    const start = index * segmentBytes
    const end = Math.min(sizeBytes, start + segmentBytes)
    return { startByte: start, sizeBytes: end - start, storageKey, range: { start, end } }
  })
}

/** A stretch of the segments of an upload, each opened when the one before has been read. */
export function streamOf(storage: Storage, segments: readonly Segment[], { start, end }: ByteRange): Readable {
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const { startByte, sizeBytes, storageKey } of segments) {
      const from = Math.max(0, start - startByte)
      const to = Math.min(sizeBytes, end - startByte)
      if (from >= to) continue
      yield* (await storage.get(storageKey, { start: from, end: to })) as AsyncIterable<Buffer>
    }
  }
  return Readable.from(bytes(), { objectMode: false })
}

/** Pieces as one, to be read in parts and more than once. At most two of them are in memory. */
export function bytesOf(storage: Storage, pieces: readonly Piece[]): Bytes {
  const load = loader(storage)
  const last = pieces.at(-1)
  return {
    size: last === undefined ? 0 : last.startByte + last.sizeBytes,
    slice: async (start, end) => {
      const touched = pieces.filter((piece) => piece.startByte < end && piece.startByte + piece.sizeBytes > start)
      const parts: Uint8Array[] = []
      for (const piece of touched) {
        const bytes = await load(piece)
        parts.push(bytes.subarray(Math.max(0, start - piece.startByte), Math.max(0, end - piece.startByte)))
      }
      return parts.length === 1 && parts[0] ? new Uint8Array(parts[0]) : Buffer.concat(parts)
    },
  }
}

/** Keeps the two pieces that were asked for last. */
function loader(storage: Storage): (piece: Piece) => Promise<Uint8Array> {
  const loaded = new Map<Piece, Promise<Uint8Array>>()
  return (piece) => {
    const found = loaded.get(piece) ?? storage.get(piece.storageKey, piece.range).then((stream) => buffer(stream))
    loaded.set(piece, found)
    const [oldest] = loaded.keys()
    if (loaded.size > 2 && oldest !== undefined) loaded.delete(oldest)
    return found
  }
}
