import type { Step, Turn } from '@clew/assistant'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { About } from '../parts.ts'
import type { Pending } from '../repository.ts'
import { modelFor } from './model-rule.ts'

/** After the time allowed, and a moment for the last words to be stored. */
const graceSeconds = 3

/**
 * Has a model asked once this is committed. A second job says what is kept if the first one dies with its process;
 * it finds nothing to do otherwise. Undefined while no model may be asked.
 */
export async function composeLater(
  tx: TxCtx,
  { conversation, message, parts }: About,
  { turn, step }: { turn: Turn; step: Step },
): Promise<Pending | undefined> {
  const { jobs } = parts.composing
  const model = await modelFor(tx, conversation.contactId, parts.composing)
  if (!model) return undefined
  const input = { conversationId: conversation.id, messageId: message.id }
  await jobs.send(tx, { name: 'assistant.compose', input, id: message.id })
  await jobs.send(tx, {
    name: 'assistant.say_stored',
    input,
    id: message.id,
    startAfterSeconds: Math.ceil(model.timeBudgetMs / 1000) + graceSeconds,
  })
  return { messageId: message.id, locale: turn.locale, sayings: step.sayings, did: step.did }
}
