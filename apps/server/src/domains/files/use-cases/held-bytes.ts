import { buffer } from 'node:stream/consumers'
import type { FileId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { type Piece, piecesOf } from '../pieces.ts'
import { authorizeSweep } from '../policy.ts'
import { findFile } from '../repository.ts'

/** Bytes of a file that can be read in parts and more than once. */
export type HeldBytes = { size: number; slice(start: number, end: number): Promise<Uint8Array> }

/**
 * What was received of a file, or what it was cleaned to, as one, wherever it lies. For the room that cleans it and for
 * nobody else. At most two pieces of it are in memory.
 */
export async function heldBytes(ctx: Ctx, storage: Storage, id: FileId): Promise<HeldBytes | undefined> {
  authorizeSweep(ctx.actor)
  const pieces = await ctx.transaction(async (tx): Promise<Piece[]> => {
    const file = await findFile(tx, id)
    return !file || file.state === 'gone' ? [] : piecesOf(tx, file)
  })
  const last = pieces.at(-1)
  if (!last) return undefined
  const load = loader(storage)
  return {
    size: last.startByte + last.sizeBytes,
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
