import { buffer } from 'node:stream/consumers'
import type { FileId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { authorizeSweep } from '../policy.ts'
import { findFile } from '../repository.ts'
import { listSegments } from '../repository.uploads.ts'

/** Bytes of a file that can be read in parts and more than once. */
export type HeldBytes = { size: number; slice(start: number, end: number): Promise<Uint8Array> }

/**
 * What was received of a file, as one, wherever it lies. For the room that cleans it and for nobody else. At most two
 * of the pieces it lies in are in memory.
 */
export async function heldBytes(ctx: Ctx, storage: Storage, id: FileId): Promise<HeldBytes | undefined> {
  authorizeSweep(ctx.actor)
  const pieces = await ctx.transaction(async (tx) => {
    const segments = await listSegments(tx, id)
    const file = await findFile(tx, id)
    if (segments.length > 0 || !file || file.state === 'gone') return segments
    return [{ startByte: 0, sizeBytes: file.sizeBytes, storageKey: file.storageKey }]
  })
  const last = pieces.at(-1)
  if (!last) return undefined
  const loaded = new Map<string, Promise<Uint8Array>>()
  const load = (key: string): Promise<Uint8Array> => {
    const found = loaded.get(key) ?? storage.get(key).then((stream) => buffer(stream))
    loaded.set(key, found)
    const [oldest] = loaded.keys()
    if (loaded.size > 2 && oldest !== undefined) loaded.delete(oldest)
    return found
  }
  return {
    size: last.startByte + last.sizeBytes,
    slice: async (start, end) => {
      const touched = pieces.filter((piece) => piece.startByte < end && piece.startByte + piece.sizeBytes > start)
      const parts: Uint8Array[] = []
      for (const { startByte, storageKey } of touched) {
        const bytes = await load(storageKey)
        parts.push(bytes.subarray(Math.max(0, start - startByte), Math.max(0, end - startByte)))
      }
      return parts.length === 1 && parts[0] ? new Uint8Array(parts[0]) : Buffer.concat(parts)
    },
  }
}
