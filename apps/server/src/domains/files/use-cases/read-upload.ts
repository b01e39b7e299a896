import type { UploadState } from '@clew/contract/files'
import type { FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeResumable, authorizeUploadOf } from '../policy.ts'
import { findFile } from '../repository.ts'
import { findUpload } from '../repository.uploads.ts'
import { uploadView } from '../views.ts'

/** How far an upload is: from there it goes on. */
export async function readUpload(ctx: Ctx, id: FileId): Promise<UploadState> {
  return ctx.transaction(async (tx) => {
    authorizeResumable(tx.actor)
    const upload = await findUpload(tx, id)
    authorizeUploadOf(tx.actor, upload)
    if (!upload) throw new AppError('upload.not_found')
    if (upload.state === 'ended') throw new AppError('upload.ended')
    return uploadView(upload, (await findFile(tx, id))?.name ?? '')
  })
}
