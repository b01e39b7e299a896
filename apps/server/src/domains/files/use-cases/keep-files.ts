import type { FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { authorizeKeep } from '../policy.ts'
import { keepUploads } from '../repository.uploads.ts'

/** These are part of a message now: what came by resumable upload is kept, and no longer waits to be attached. */
export async function keepFiles(tx: TxCtx, ids: readonly FileId[]): Promise<void> {
  authorizeKeep(tx.actor)
  // Others than contacts upload in one piece.
  if (tx.actor.type !== 'contact') return
  for (const { id, contactId } of await keepUploads(tx, ids)) tx.emit('upload.kept', { contactId, fileId: id })
}
