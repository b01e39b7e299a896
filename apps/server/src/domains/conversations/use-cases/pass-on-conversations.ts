import type { MemberId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { findMember } from '../../organisations/index.ts'
import { assignTo } from '../model.ts'
import { authorizeAssistant } from '../policy.ts'
import { listOpenOf } from '../repository.people.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Of somebody who has left: what is open goes to their successor, or back to everyone. */
export async function passOnConversations(
  tx: TxCtx,
  { memberId, successorId }: { memberId: MemberId; successorId?: MemberId | undefined },
): Promise<void> {
  authorizeAssistant(tx.actor)
  const successor = successorId && (await findMember(tx, successorId))
  for (const conversationId of await listOpenOf(tx, memberId)) {
    const conversation = await lockConversation(tx, conversationId)
    if (conversation.assigneeId !== memberId) continue
    await appendActivity(tx, conversation, {
      activity: { type: 'assigned', ...(successor ? { agentName: successor.name } : {}) },
      also: assignTo(conversation, successor || undefined, tx.clock.now()),
      internal: true,
    })
    const { contactId } = conversation
    tx.emit('conversation.assigned', { conversationId, contactId, agentId: successor ? successor.id : null })
  }
}
