import type { Ctx } from '../../../platform/ctx.ts'
import { holdPending } from '../composing/hold-pending.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeAnswer } from '../policy.ts'
import { saveDialogue } from '../repository.ts'
import { sayPending } from '../say-pending.ts'
import type { Asked } from './compose-reply.ts'

/** Says what the rules said, where the process that asked a model died: nobody is left without an answer. */
export async function sayStored(ctx: Ctx, asked: Asked, parts: AssistantParts): Promise<void> {
  authorizeAnswer(ctx.actor)
  const wasWaiting = await ctx.transaction(async (tx) => {
    const held = await holdPending(tx, asked, parts)
    if (!held) return false
    const { about, pending, dialogue, answeredSeq } = held
    await sayPending(tx, about, pending)
    await saveDialogue(tx, about.conversation.id, { dialogue, answeredSeq, pending: undefined })
    return true
  })
  if (!wasWaiting) return
  const { log, metrics } = parts.composing
  metrics.observeModel({ outcome: 'stored', reason: 'crashed', ms: 0, inputTokens: 0, outputTokens: 0, calls: 0 })
  log.warn(asked, 'a reply was not composed; the stored one was said')
}
