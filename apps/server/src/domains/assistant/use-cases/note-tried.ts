import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation, findOrigin, noteActivity } from '../../conversations/index.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeAnswer } from '../policy.ts'

/** What someone ticked off in an article before they wrote goes into the timeline, so that nobody has it tried again. */
export async function noteTried(ctx: Ctx, conversationId: ConversationId, { library }: AssistantParts): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAnswer(tx.actor)
    const conversation = await findConversation(tx, conversationId)
    const { articleSlug, tried } = await findOrigin(tx, conversationId)
    const article = conversation && articleSlug !== undefined && library().find(conversation.locale, articleSlug)
    if (!article) return
    const steps = article.passages.flatMap(({ anchor, heading }) =>
      anchor !== undefined && tried.includes(anchor)
        ? [{ id: anchor, title: heading ?? anchor, outcome: 'not_fixed' as const }]
        : [],
    )
    if (steps.length === 0) return
    await noteActivity(tx, conversationId, {
      type: 'flow_ended',
      flowId: article.flowId ?? article.slug,
      outcome: 'left',
      steps,
    })
  })
}
