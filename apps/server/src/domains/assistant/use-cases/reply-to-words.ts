import { findFlow } from '@clew/flows'
import type { TxCtx } from '../../../platform/ctx.ts'
import { handOverConversation, sayAsAssistant } from '../../conversations/index.ts'
import type { Consideration } from '../consideration.ts'
import { asksForPerson, isGreeting, isThanks, type Turn } from '../model.ts'
import { authorizeAnswer } from '../policy.ts'
import { answerMessage, closestMessage, say, stepMessage, words } from '../words.ts'

const maxUnsure = 2

/** Answers what someone typed: with a quotation, a question back, or a person. */
export async function replyToWords(tx: TxCtx, consideration: Consideration): Promise<Turn> {
  authorizeAnswer(tx.actor)
  const { conversation, message, locale, turn, parts } = consideration
  const t = words[locale]
  if (message.body === '') return turn
  if (asksForPerson(message.body)) return giveToPerson(tx, consideration, 'asked')
  if (isGreeting(message.body)) {
    await sayAsAssistant(tx, conversation.id, say(t('assistant.greeting')))
    return turn
  }
  if (isThanks(message.body)) return turn

  const answer = parts.answerer.answer({ text: message.body, locale })
  if (answer.kind === 'answer') {
    await sayAsAssistant(tx, conversation.id, answerMessage(locale, answer))
    await returnToFlow(tx, consideration)
    return { ...turn, unsure: 0 }
  }
  if (turn.state === 'in_flow') {
    await returnToFlow(tx, consideration)
    return turn
  }
  if (turn.unsure + 1 >= maxUnsure) {
    await sayAsAssistant(tx, conversation.id, say(t('assistant.still_not_sure')))
    await handOverConversation(tx, conversation.id, 'low_confidence')
    return { ...turn, state: 'silent' }
  }
  await sayAsAssistant(tx, conversation.id, closestMessage(locale, answer.closest))
  return { ...turn, unsure: turn.unsure + 1 }
}

/** After a digression the open step is said again, so that its buttons are at hand. */
async function returnToFlow(tx: TxCtx, { conversation, locale, turn }: Consideration): Promise<void> {
  const { run } = turn
  const flow = run && findFlow(run.flowId)
  if (turn.state !== 'in_flow' || run?.state !== 'running' || !flow) return
  const step = stepMessage(locale, flow, run)
  await sayAsAssistant(tx, conversation.id, { ...step, body: `${words[locale]('assistant.flow_back')}\n${step.body}` })
}

/** Says goodbye first: once a person has the conversation, the assistant is silent. */
export async function giveToPerson(
  tx: TxCtx,
  { conversation, locale, turn }: Consideration,
  reason: 'asked' | 'flow_exhausted',
): Promise<Turn> {
  authorizeAnswer(tx.actor)
  await sayAsAssistant(tx, conversation.id, say(words[locale]('assistant.handed_over')))
  await handOverConversation(tx, conversation.id, reason)
  return { ...turn, state: 'silent' }
}
