import type { FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { FileRow } from '../model.ts'
import type { UploadRow } from '../model.uploads.ts'
import { authorizeKeep } from '../policy.ts'
import { lockFile } from '../repository.ts'
import { lockUpload, updateUpload } from '../repository.uploads.ts'

/**
 * Holds a file that is to become a capture, with its upload, until the transaction ends: one that ends at this moment
 * is seen either here or by whoever hears of its end. Whatever it was begun as, it is now treated as a capture.
 */
export async function claimForCapture(
  tx: TxCtx,
  id: FileId,
): Promise<{ file: FileRow | undefined; upload: UploadRow | undefined }> {
  authorizeKeep(tx.actor)
  // In the order of who notes a piece, so that the two never wait for each other.
  const upload = await lockUpload(tx, id)
  if (upload?.kind === 'file') await updateUpload(tx, id, { kind: 'capture' })
  return { file: await lockFile(tx, id), upload }
}
