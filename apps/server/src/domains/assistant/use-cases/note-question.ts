import { type Dialogue, parseChoice, type Step, type Turn, type Understanding } from '@clew/assistant'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { About } from '../parts.ts'
import { authorizeAnswer } from '../policy.ts'
import { type Asked, changeQuestion, findLastQuestion, insertQuestion, moveQuestions } from '../repository.questions.ts'

type Taken = { turn: Turn; before: Dialogue; step: Step }

/** Notes what was asked and what a turn says about what was asked before. */
export async function noteQuestion(tx: TxCtx, about: Pick<About, 'conversation' | 'message'>, taken: Taken) {
  authorizeAnswer(tx.actor)
  const { turn, step } = taken
  const { id } = about.conversation
  if (turn.understood && step.sayings.length > 0) {
    const asked = askedIn(about, taken, turn.understood)
    // Whoever asks again after it was solved was not helped.
    if (asked.isQuestion)
      await moveQuestions(tx, id, { from: ['confirmed', 'assumed'], tier: 'failed', failure: 'returned' })
    await insertQuestion(tx, asked)
  } else {
    await noteShown(tx, about, step)
  }
  await noteVerdict(tx, about, taken)
}

const mostWords = 2000

function askedIn(
  { conversation, message }: Pick<About, 'conversation' | 'message'>,
  { turn, before, step }: Taken,
  understood: Understanding,
): Asked {
  const [nearest] = understood.hits
  const handedOver = step.effects.find((effect) => effect.type === 'hand_over')
  return {
    messageId: message.id,
    conversationId: conversation.id,
    contactId: conversation.contactId,
    askedAt: message.createdAt,
    locale: turn.locale,
    body: understood.text.slice(0, mostWords),
    isQuestion: isQuestion(understood, { before, step }),
    action: step.did.action,
    articleSlug: step.did.slugs[0],
    flowId: step.did.flowId,
    confidence: understood.answerable,
    nearest: nearest && { slug: nearest.article.slug, coverage: nearest.coverage },
    handoverReason: handedOver?.reason,
  }
}

/** What moves a conversation on, but asks nothing. */
const besides: ReadonlySet<string> = new Set([
  'greeting',
  'thanks',
  'affirm',
  'deny',
  'cancel',
  'skip',
  'repeat',
  'provide-info',
  'correction',
  'request-person',
])

/** Greetings, answers to our questions and what is not ours to answer do not count, neither for nor against us. */
function isQuestion(understood: Understanding, { before, step }: Omit<Taken, 'turn'>): boolean {
  const { did, dialogue } = step
  if (did.action === 'refuse' || understood.isOnlySecret || dialogue.denied > before.denied) return false
  const isGoingOn = did.flowId !== undefined && before.run?.flowId === did.flowId
  if (did.slugs.length > 0 || (did.flowId !== undefined && !isGoingOn)) return true
  return !isGoingOn && !wasAsked(before) && !endsIt(step) && !besides.has(likeliestOf(understood))
}

const wasAsked = ({ open, pending }: Dialogue): boolean => open !== undefined || pending !== undefined

/** It is over, or a person was asked for. */
const endsIt = ({ effects }: Step): boolean =>
  effects.some((effect) => effect.type === 'settle' || (effect.type === 'hand_over' && effect.reason === 'asked'))

const likeliestOf = ({ acts }: Understanding): string =>
  Object.entries(acts).sort(([, a], [, b]) => b - a)[0]?.[0] ?? ''

/** A button led to an article or a flow: that is the answer to what was asked before. */
async function noteShown(tx: TxCtx, { conversation }: Pick<About, 'conversation'>, { did }: Step): Promise<void> {
  const [articleSlug] = did.slugs
  if (articleSlug === undefined && did.flowId === undefined) return
  const last = await findLastQuestion(tx, conversation.id)
  if (!last || last.articleSlug !== undefined || last.flowId !== undefined) return
  await changeQuestion(tx, last.messageId, {
    action: did.action,
    ...(articleSlug === undefined ? {} : { articleSlug }),
    ...(did.flowId === undefined ? {} : { flowId: did.flowId }),
  })
}

/** It worked, or it did not help: by a button or in words. */
async function noteVerdict(
  tx: TxCtx,
  { conversation, message }: Pick<About, 'conversation' | 'message'>,
  { before, step }: Taken,
): Promise<void> {
  const hasWorked = step.effects.some(({ type }) => type === 'settle')
  const hasFailed = step.dialogue.denied > before.denied
  if (!hasWorked && !hasFailed) return
  const { quickReplyId } = message.content
  const choice = quickReplyId === undefined ? undefined : parseChoice(quickReplyId)
  const slug = choice?.type === 'still_stuck' ? choice.slug : undefined
  const last =
    (slug === undefined ? undefined : await findLastQuestion(tx, conversation.id, slug)) ??
    (await findLastQuestion(tx, conversation.id))
  if (!last) return
  if (hasFailed) {
    await changeQuestion(tx, last.messageId, { tier: 'failed', failure: 'said', thumb: 'down' })
    return
  }
  await moveQuestions(tx, conversation.id, { from: ['open'], tier: 'confirmed' })
  // What did not help at first was put right in the end; that the first answer was bad stays noted.
  await changeQuestion(tx, last.messageId, { tier: 'confirmed', ...(last.thumb ? {} : { thumb: 'up' as const }) })
}
