import type { FileId } from '@clew/contract/primitives'
import type { Bytes } from '../../../platform/archives.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { bytesOf, type Piece, piecesOf } from '../pieces.ts'
import { authorizeSweep } from '../policy.ts'
import { findFile } from '../repository.ts'

export type HeldBytes = Bytes

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
  return pieces.length === 0 ? undefined : bytesOf(storage, pieces)
}
