import type { ConversationId, MessageId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import { authorizeNotify } from '../policy.ts'

/** Long enough for someone who has the chat open to read it there. */
const patienceSeconds = 60

/** Has a message mailed, unless it is read meanwhile. */
export function mailLater(
  tx: TxCtx,
  jobs: Jobs,
  input: { conversationId: ConversationId; messageId: MessageId },
): Promise<void> {
  authorizeNotify(tx.actor)
  const { messageId: id } = input
  return jobs.send(tx, { name: 'notifications.mail_reply', input, id, startAfterSeconds: patienceSeconds })
}
