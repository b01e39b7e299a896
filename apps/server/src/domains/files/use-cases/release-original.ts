import type { FileId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import { authorizeSweep } from '../policy.ts'
import { lockFile, replaceContent, setFileState } from '../repository.ts'
import { findUpload, updateUpload } from '../repository.uploads.ts'
import { waitForScanner } from '../wait-for-scanner.ts'
import { releaseUpload } from './end-upload.ts'

/** With another name where what came was packed. */
export type CleanContent = { storageKey: string; sizeBytes: number; sha256: string; name?: string }

/** What lies in the store and is not wanted any more, once the transaction has ended. */
export type Leftover = { fileId: FileId; storageKey: string }

/** The cleaned content takes the place of what was received; without one the file is gone. */
export async function settleFile(tx: TxCtx, fileId: FileId, clean: CleanContent | undefined): Promise<Leftover> {
  authorizeSweep(tx.actor)
  const file = await lockFile(tx, fileId)
  if (clean && file) waitForScanner(tx, file, await replaceContent(tx, fileId, clean))
  else await setFileState(tx, fileId, 'gone')
  if (await findUpload(tx, fileId)) await updateUpload(tx, fileId, { state: 'ended' })
  return { fileId, storageKey: file?.storageKey ?? '' }
}

/** Deletes what is not wanted any more. If it is cut off, the sweeps do it. */
export async function removeLeftover(ctx: Ctx, storage: Storage, { fileId, storageKey }: Leftover): Promise<void> {
  authorizeSweep(ctx.actor)
  if (storageKey !== '') await storage.remove(storageKey)
  await releaseUpload(ctx, storage, fileId)
}
