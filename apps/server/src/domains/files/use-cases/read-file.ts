import type { Readable } from 'node:stream'
import type { FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Storage } from '../../../platform/storage.ts'
import type { FileRow } from '../model.ts'
import { authorizeDownload } from '../policy.ts'
import { findFile } from '../repository.ts'

/** Whether a file was sent to the contact who asks. Answered by the room that knows messages. */
export type IsSentToContact = (tx: TxCtx, fileId: FileId) => Promise<boolean>

export async function readFile(
  ctx: Ctx,
  id: FileId,
  parts: { storage: Storage; asSystem(ctx: Ctx, job: string): Ctx; isSentToContact: IsSentToContact },
): Promise<{ file: FileRow; body: Readable }> {
  const isSent = ctx.actor.type === 'contact' && (await ctx.transaction((tx) => parts.isSentToContact(tx, id)))
  const reader = isSent ? parts.asSystem(ctx, 'files.read_sent') : ctx
  const file = await reader.transaction(async (tx) => {
    const found = await findFile(tx, id)
    if (!found) throw new AppError('file.not_found')
    authorizeDownload(ctx.actor, found, isSent)
    refuseUnready(found)
    return found
  })
  return { file, body: await parts.storage.get(file.storageKey) }
}

/** What was not cleaned yet is read by nobody, and neither is what is not there any more. */
function refuseUnready({ state }: FileRow): void {
  if (state === 'gone') throw new AppError('file.gone')
  if (state !== 'stored') throw new AppError('file.not_ready')
}
