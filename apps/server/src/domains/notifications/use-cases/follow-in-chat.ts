import type { ConversationId, IncidentId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation, informContact } from '../../conversations/index.ts'
import { followIncident } from '../../status/index.ts'
import { followedWords } from '../follow-words.ts'
import { authorizeFollowInChat } from '../policy.ts'

/** A contact wants to be told in their conversation when an incident is over. Asked twice, it is one. */
export async function followInChat(
  ctx: Ctx,
  about: { conversationId: ConversationId; incidentId: IncidentId },
  { asSystem }: { asSystem(ctx: Ctx, job: string): Ctx },
): Promise<void> {
  const conversation = await ctx.transaction((tx) => findConversation(tx, about.conversationId))
  authorizeFollowInChat(ctx.actor, conversation)
  if (!conversation) throw new AppError('conversation.not_found')
  await asSystem(ctx, 'notifications.follow_in_chat').transaction(async (tx) => {
    const words = followedWords(conversation.locale, await followIncident(tx, about))
    if (words !== undefined) await informContact(tx, conversation.id, words)
  })
}
