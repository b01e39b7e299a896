import type { CaptureId, ContactId, ConversationId, FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { claimForCapture, type FileRow, setFileState } from '../../files/index.ts'
import type { CaptureRow, Removal } from '../model.ts'
import { authorizeReceive } from '../policy.ts'
import { findCapture, findCaptureOfFile, insertCapture } from '../repository.ts'

export type ReceiveCapture = {
  conversationId: ConversationId
  contactId: ContactId
  fileId: FileId
  removed: Removal[]
}

/**
 * Takes a file in as a capture of the conversation, also one that is still being uploaded. A file is one capture,
 * however often it is sent. From here on nobody reads the file until it was cleaned.
 */
export async function receiveCapture(tx: TxCtx, input: ReceiveCapture): Promise<CaptureRow> {
  authorizeReceive(tx.actor)
  const { file, upload } = await claimForCapture(tx, input.fileId)
  if (!file) throw new AppError('file.not_found')
  const known = await findCaptureOfFile(tx, input.fileId)
  if (known) {
    if (known.conversationId !== input.conversationId) throw new AppError('file.not_found')
    return known
  }
  refuseUnusable(file)
  if (file.state === 'stored' || file.state === 'checking') await setFileState(tx, file.id, 'held')
  const isComing = file.state === 'uploading'
  const id = tx.ids.next() as CaptureId
  await insertCapture(tx, {
    id,
    conversationId: input.conversationId,
    contactId: input.contactId,
    fileId: file.id,
    name: file.name,
    sizeBytes: file.sizeBytes,
    state: isComing ? 'uploading' : 'received',
    doneBytes: isComing ? (upload?.receivedBytes ?? 0) : 0,
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

function refuseUnusable({ state }: FileRow): void {
  if (state === 'gone') throw new AppError('file.gone')
  if (state === 'refused') throw new AppError('file.scan_refused')
}
