import { ConversationId, MessageId } from '@clew/contract/primitives'
import { z } from 'zod'
import type { Ctx } from '../../platform/ctx.ts'
import { type Job, job } from '../../platform/jobs.ts'
import type { AssistantParts } from './parts.ts'
import { composeReply } from './use-cases/compose-reply.ts'
import { settleQuietQuestions } from './use-cases/note-outcome.ts'
import { sayStored } from './use-cases/say-stored.ts'

const ofMessage = z.object({ conversationId: ConversationId, messageId: MessageId })

export function assistantJobs(parts: AssistantParts): readonly Job[] {
  const asAssistant = (ctx: Ctx): Ctx => parts.composing.actAs(ctx, { type: 'assistant' })
  return [
    // Nearly all of it is waiting, so many at once cost little; it is never tried again, the other job is there for that.
    job(
      'assistant.compose',
      { of: { row: 'messages' }, input: ofMessage, retries: 0, timeoutSeconds: 90, atOnce: 16 },
      (ctx, input) => composeReply(asAssistant(ctx), input, parts),
    ),
    job(
      'assistant.say_stored',
      { of: { row: 'messages' }, input: ofMessage, retries: 10, timeoutSeconds: 30 },
      (ctx, input) => sayStored(asAssistant(ctx), input, parts),
    ),
    job(
      'assistant.settle_quiet',
      { of: 'everybody', input: z.object({}), retries: 3, timeoutSeconds: 60, cron: '17 * * * *' },
      (ctx) => settleQuietQuestions(ctx),
    ),
  ]
}
