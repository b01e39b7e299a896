import type { FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { withChecked } from '../model.ts'
import { authorizeAssistant } from '../policy.ts'
import { lockMessagesWithFile, setMessageContent } from '../repository.messages.ts'

/** The scanner has looked at a file: the messages that hold it say so, to whoever reads them. */
export async function noteCheckedFile(tx: TxCtx, { fileId, isClean }: { fileId: FileId; isClean: boolean }) {
  authorizeAssistant(tx.actor)
  for (const message of await lockMessagesWithFile(tx, fileId)) {
    const content = withChecked(message.content, { fileId, isClean })
    if (content === message.content) continue
    await setMessageContent(tx, message.id, content)
    const { conversationId, contactId, id: messageId } = message
    tx.emit('message.file_checked', { conversationId, contactId, messageId })
  }
}
