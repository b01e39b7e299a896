import type { Activity } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeAssistant } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Puts what the product did into the timeline: a flow that ended. `internal`: for the team alone. */
export async function noteActivity(
  ctx: Ctx,
  conversationId: ConversationId,
  { internal = false, ...activity }: Activity & { internal?: boolean },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAssistant(tx.actor)
    await appendActivity(tx, await lockConversation(tx, conversationId), { activity, internal })
  })
}
