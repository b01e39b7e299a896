import type { ConversationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { wake } from '../model.ts'
import { authorizeAssistant } from '../policy.ts'
import { listDueToWake, lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

const atOnce = 200

/**
 * Brings back every conversation whose time has come. Each in a transaction of its own that holds it, so that of two
 * processes one wakes it and the other finds it awake.
 */
export async function wakeDueConversations(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  for (let due = await listDue(ctx, now); due.length > 0; due = await listDue(ctx, now))
    for (const id of due) await wakeDue(ctx, id, now)
}

const listDue = (ctx: Ctx, now: Date): Promise<ConversationId[]> =>
  ctx.transaction((tx) => {
    authorizeAssistant(tx.actor)
    return listDueToWake(tx, now, atOnce)
  })

async function wakeDue(ctx: Ctx, id: ConversationId, now: Date): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAssistant(tx.actor)
    const conversation = await lockConversation(tx, id)
    const { snoozed } = conversation
    const also = wake(conversation, { at: now })
    if (!also || !snoozed) return
    const { until, by, byName } = snoozed
    await appendActivity(tx, conversation, {
      activity: { type: 'woken', snoozed: { until: until.toISOString(), by: { id: by, name: byName } } },
      also,
      internal: true,
    })
  })
}
