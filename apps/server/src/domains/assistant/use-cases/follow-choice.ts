import { answerStep, type Flow, FlowError, findFlow, type Run, startRun } from '@clew/flows'
import type { TxCtx } from '../../../platform/ctx.ts'
import { noteActivity, sayAsAssistant, settleConversation } from '../../conversations/index.ts'
import { quote } from '../answerer.ts'
import type { Consideration } from '../consideration.ts'
import type { Choice, Turn } from '../model.ts'
import { authorizeAnswer } from '../policy.ts'
import { answerMessage, personReply, say, stepMessage, words } from '../words.ts'
import { giveToPerson, replyToWords } from './reply-to-words.ts'

/** Does what a pressed button says. */
export async function followChoice(tx: TxCtx, consideration: Consideration, choice: Choice): Promise<Turn> {
  authorizeAnswer(tx.actor)
  switch (choice.type) {
    case 'person':
      return giveToPerson(tx, consideration, 'asked')
    case 'worked':
      return settle(tx, consideration, 'assistant.solved')
    case 'still_stuck':
      return goOn(tx, consideration, choice.slug)
    case 'article':
      return showArticle(tx, consideration, choice.slug)
    case 'start_flow':
      return startFlow(tx, consideration, choice.flowId)
    case 'flow_reply':
      return answerFlow(tx, consideration, choice)
  }
}

async function settle(
  tx: TxCtx,
  { conversation, locale, turn }: Consideration,
  key: 'assistant.solved' | 'assistant.flow_fixed',
): Promise<Turn> {
  await sayAsAssistant(tx, conversation.id, say(words[locale](key)))
  await settleConversation(tx, conversation.id)
  return { ...turn, state: 'answering', unsure: 0, run: undefined }
}

/** The quotation did not help: the checks of its article come next, or a person. */
async function goOn(tx: TxCtx, consideration: Consideration, slug: string | undefined): Promise<Turn> {
  const { conversation, locale, turn, parts } = consideration
  const article = slug === undefined ? undefined : parts.library().find(locale, slug)
  if (article?.flowId !== undefined && turn.run?.flowId !== article.flowId)
    return startFlow(tx, consideration, article.flowId)
  await sayAsAssistant(tx, conversation.id, say(words[locale]('assistant.not_solved'), [personReply(locale)]))
  return { ...turn, state: 'answering' }
}

async function showArticle(tx: TxCtx, consideration: Consideration, slug: string): Promise<Turn> {
  const { conversation, message, locale, turn, parts } = consideration
  const article = parts.library().find(locale, slug)
  const answer = article && quote(article, message.body)
  if (answer?.kind !== 'answer') return replyToWords(tx, consideration)
  await sayAsAssistant(tx, conversation.id, answerMessage(locale, answer))
  return { ...turn, unsure: 0 }
}

async function startFlow(tx: TxCtx, consideration: Consideration, flowId: string): Promise<Turn> {
  const { conversation, locale, turn } = consideration
  const flow = findFlow(flowId)
  if (!flow) return replyToWords(tx, consideration)
  const run = startRun(flow)
  await sayAsAssistant(tx, conversation.id, stepMessage(locale, flow, run))
  return { ...turn, state: 'in_flow', unsure: 0, run }
}

async function answerFlow(
  tx: TxCtx,
  consideration: Consideration,
  choice: Extract<Choice, { type: 'flow_reply' }>,
): Promise<Turn> {
  const { conversation, locale, turn, message } = consideration
  const flow = findFlow(choice.flowId)
  if (!flow || turn.run?.flowId !== flow.id) return replyToWords(tx, consideration)
  const run = advanced(flow, turn.run, { ...choice, at: message.createdAt.toISOString() })
  switch (run.state) {
    case 'running':
      await sayAsAssistant(tx, conversation.id, stepMessage(locale, flow, run))
      return { ...turn, state: 'in_flow', run }
    case 'done':
      await noteEnd(tx, consideration, { flow, run, outcome: 'fixed' })
      return settle(tx, { ...consideration, turn: { ...turn, run } }, 'assistant.flow_fixed')
    case 'handover':
      await noteEnd(tx, consideration, { flow, run, outcome: 'exhausted' })
      await sayAsAssistant(tx, conversation.id, say(words[locale]('assistant.flow_exhausted'), [personReply(locale)]))
      return { ...turn, state: 'answering', run }
  }
}

/** A button of a step that was answered before changes nothing: the open step is said again. */
function advanced(flow: Flow, run: Run, answer: { stepId: string; replyId: string; at: string }): Run {
  try {
    return answerStep(flow, run, answer)
  } catch (error) {
    if (error instanceof FlowError) return run
    throw error
  }
}

/** What was tried goes into the timeline, so that nobody has it tried again. */
async function noteEnd(
  tx: TxCtx,
  { conversation, locale }: Consideration,
  { flow, run, outcome }: { flow: Flow; run: Run; outcome: 'fixed' | 'exhausted' },
): Promise<void> {
  const titles = new Map(flow.steps.map(({ id, title }) => [id, title[locale]]))
  await noteActivity(tx, conversation.id, {
    type: 'flow_ended',
    flowId: flow.id,
    outcome,
    steps: run.steps.map(({ stepId, outcome: stepOutcome }) => ({
      id: stepId,
      title: titles.get(stepId) ?? stepId,
      outcome: stepOutcome,
    })),
  })
}
