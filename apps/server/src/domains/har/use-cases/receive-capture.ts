import type { CaptureId, ContactId, ConversationId, FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { findFile } from '../../files/index.ts'
import type { CaptureRow, Removal } from '../model.ts'
import { authorizeReceive } from '../policy.ts'
import { findCapture, findCaptureOfFile, insertCapture } from '../repository.ts'

export type ReceiveCapture = {
  conversationId: ConversationId
  contactId: ContactId
  fileId: FileId
  removed: Removal[]
}

/** Takes an uploaded file in as a capture of the conversation. A file is one capture, however often it is sent. */
export async function receiveCapture(tx: TxCtx, input: ReceiveCapture): Promise<CaptureRow> {
  authorizeReceive(tx.actor)
  const file = await findFile(tx, input.fileId)
  if (!file) throw new AppError('file.not_found')
  const known = await findCaptureOfFile(tx, input.fileId)
  if (known) {
    if (known.conversationId !== input.conversationId) throw new AppError('file.not_found')
    return known
  }
  const id = tx.ids.next() as CaptureId
  await insertCapture(tx, {
    id,
    conversationId: input.conversationId,
    contactId: input.contactId,
    fileId: file.id,
    name: file.name,
    sizeBytes: file.sizeBytes,
    removedInBrowser: input.removed,
  })
  tx.emit('capture.attached', {
    conversationId: input.conversationId,
    contactId: input.contactId,
    captureId: id,
    fileId: file.id,
  })
  const stored = await findCapture(tx, id)
  if (!stored) throw new AppError('capture.not_found')
  return stored
}
