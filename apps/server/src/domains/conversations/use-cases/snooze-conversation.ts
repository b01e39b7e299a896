import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { snooze, wake } from '../model.ts'
import { authorizeAgent } from '../policy.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/** Puts the conversation off until a time. Until the same time again changes nothing; another time takes its place. */
export async function snoozeConversation(ctx: Ctx, conversationId: ConversationId, until: Date): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const conversation = await lockConversation(tx, conversationId)
    const also = snooze(conversation, { until, by: actor.id, byName: actor.name }, tx.clock.now())
    if (typeof also === 'string') throw new AppError(also)
    if (!also) return
    const activity = { type: 'snoozed', until: until.toISOString(), byName: actor.name } as const
    await appendActivity(tx, conversation, { activity, also, internal: true })
    const { contactId } = conversation
    tx.emit('conversation.snoozed', { conversationId, contactId, agentId: actor.id, until: until.toISOString() })
  })
}

/** An agent has it back before its time. One that is awake stays as it is. */
export async function wakeConversation(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const conversation = await lockConversation(tx, conversationId)
    const { snoozed } = conversation
    const also = wake(conversation)
    if (!also || !snoozed) return
    const { until, by, byName } = snoozed
    await appendActivity(tx, conversation, {
      activity: {
        type: 'woken',
        byName: actor.name,
        snoozed: { until: until.toISOString(), by: { id: by, name: byName } },
      },
      also,
      internal: true,
    })
  })
}
