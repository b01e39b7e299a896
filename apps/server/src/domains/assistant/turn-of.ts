import { type Dialogue, parseChoice, type Turn, type Understanding, understand } from '@clew/assistant'
import { classifyProblem, extractFacts, type Fact } from '@clew/intake'
import type { TxCtx } from '../../platform/ctx.ts'
import { expectedBy, newFacts, readCase, worthLearning } from '../cases/index.ts'
import { knowledgeFor } from './knowledge.ts'
import type { About } from './parts.ts'

/** One message with all that is known when it is read. */
export async function turnOf(tx: TxCtx, about: About, dialogue: Dialogue): Promise<Turn> {
  const { conversation, message, parts } = about
  const knowledge = knowledgeFor(tx, about)
  // A button that nobody knows is taken for the words on it.
  const { quickReplyId } = message.content
  const isPressed = quickReplyId !== undefined && parseChoice(quickReplyId) !== undefined
  const isTyped = !isPressed && message.body !== ''
  const masked = message.content.masked ?? []
  const understood = isTyped
    ? understand(
        { text: message.body, locale: conversation.locale, spoken: dialogue.language, now: message.createdAt, masked },
        knowledge,
      )
    : undefined
  const locale = understood?.language ?? dialogue.language ?? conversation.locale
  const known = await readCase(tx, conversation.id)
  const learnt = understood ? await factsIn(tx, about, { understood, known: known.facts }) : []
  const { kind } = classifyProblem(message.body, locale)
  return {
    at: message.createdAt.toISOString(),
    messageId: message.id,
    text: message.body,
    understood,
    locale,
    facts: [...known.facts, ...newFacts(known.facts, worthLearning(known.facts, learnt))],
    learnt,
    kind: known.kind === 'other' ? kind : known.kind,
    knowledge,
    team: parts.team({ locale, timeZone: conversation.timeZone }),
    brand: parts.flowSettings().brand,
  }
}

/** The case learns from the same message, before this or after it; here the words are read for the turn alone. */
async function factsIn(
  tx: TxCtx,
  { conversation, message }: About,
  { understood, known }: { understood: Understanding; known: readonly Fact[] },
): Promise<Fact[]> {
  const zone = conversation.timeZone
  return extractFacts(message.body, {
    locale: understood.language,
    now: message.createdAt,
    ...(zone === undefined ? {} : { zone }),
    expecting: await expectedBy(tx, conversation.id, message),
    known,
  })
}
