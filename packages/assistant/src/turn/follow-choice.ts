import { currentFlowId } from '@clew/flows'
import { quote } from '../answering/quote.ts'
import type { Dialogue } from '../dialogue/dialogue.ts'
import type { Choice } from './choice.ts'
import { goOn, isUnfinished, repeatStep, startFlow } from './flow.ts'
import { collectThenHandOver, handOver } from './hand-over.ts'
import { notHelped, worked } from './reply-to-words.ts'
import { moved, quiet, type Step, type Turn } from './step.ts'
import { personReply, questionSaying, quoteSaying, say, words } from './words.ts'

/** Does what a pressed button says. A button that leads nowhere any more does nothing worse than ask. */
export async function followChoice(turn: Turn, dialogue: Dialogue, choice: Choice): Promise<Step> {
  switch (choice.type) {
    case 'person':
      return handOver(turn, dialogue, 'asked')
    case 'worked':
      return worked(turn, dialogue)
    case 'skip':
      return skipped(turn, dialogue)
    case 'still_stuck':
      return notHelped(turn, dialogue, choice.slug)
    case 'article':
      return showArticle(turn, dialogue, choice.slug)
    case 'start_flow':
      return begin(turn, dialogue, choice.flowId)
    case 'flow_reply':
    case 'flow_change':
      return inFlow(turn, dialogue, choice)
    case 'follow_incident':
      return follow(turn, dialogue, choice.incidentId)
    case 'other_problem':
      return askWhat(turn, { ...dialogue, incidentId: undefined })
    case 'recording':
      // What it shows is the answer.
      return quiet(dialogue)
  }
}

function skipped(turn: Turn, dialogue: Dialogue): Step | Promise<Step> {
  const { pending, open, run } = dialogue
  if (!open && run && isUnfinished(run)) return repeatStep(turn, dialogue, '')
  const closed = { ...dialogue, open: undefined }
  const lead = words[turn.locale]('assistant.skipped')
  return pending === undefined
    ? { ...quiet(closed), sayings: [say(lead, [personReply(turn.locale)])] }
    : collectThenHandOver(turn, closed, { reason: pending, lead })
}

function showArticle(turn: Turn, dialogue: Dialogue, slug: string): Step | Promise<Step> {
  const { library } = turn.knowledge
  const article = library.find(turn.locale, slug) ?? library.find(turn.locale === 'en' ? 'el' : 'en', slug)
  if (!article) return leadsNowhere(turn, dialogue)
  return {
    dialogue: moved(dialogue, 'answered', {
      shown: [...dialogue.shown.filter((one) => one !== slug), slug],
      unsure: 0,
    }),
    sayings: [quoteSaying(turn.locale, quote(article, dialogue.unclear ?? turn.text), article.flowId)],
    effects: [],
    did: { action: 'answer', slugs: [slug], ask: [] },
  }
}

function askWhat(turn: Turn, dialogue: Dialogue): Step {
  return {
    dialogue: moved(dialogue, 'asked_back'),
    sayings: [say(words[turn.locale]('assistant.ask_problem'), [personReply(turn.locale)])],
    effects: [],
    did: { action: 'ask', slugs: [], ask: ['problem'] },
  }
}

const begin = async (turn: Turn, dialogue: Dialogue, flowId: string): Promise<Step> =>
  (await startFlow(turn, dialogue, { flowId })) ?? leadsNowhere(turn, dialogue)

const inFlow = (
  turn: Turn,
  dialogue: Dialogue,
  choice: Extract<Choice, { type: 'flow_reply' | 'flow_change' }>,
): Step | Promise<Step> =>
  choice.type === 'flow_reply' ? flowReply(turn, dialogue, choice) : flowChange(turn, dialogue, choice)

function flowReply(
  turn: Turn,
  dialogue: Dialogue,
  { flowId: named, stepId, replyId }: Extract<Choice, { type: 'flow_reply' }>,
): Step | Promise<Step> {
  const flowId = currentFlowId(named)
  const { run, paused } = dialogue
  if (run?.flowId === flowId && isUnfinished(run)) return goOn(turn, dialogue, { type: 'reply', stepId, replyId })
  if (paused?.flowId === flowId) {
    const left = run && isUnfinished(run) ? run : undefined
    return goOn(turn, { ...dialogue, run: paused, paused: left }, { type: 'reply', stepId, replyId })
  }
  return leadsNowhere(turn, dialogue)
}

/** "That is not what I meant": the question is put after all. */
function flowChange(
  turn: Turn,
  dialogue: Dialogue,
  { flowId, stepId }: Extract<Choice, { type: 'flow_change' }>,
): Step | Promise<Step> {
  const { run } = dialogue
  return run?.flowId === currentFlowId(flowId) && isUnfinished(run)
    ? goOn(turn, dialogue, { type: 'correct', stepId })
    : leadsNowhere(turn, dialogue)
}

/** Pressed late or twice: what waits for an answer is put at hand again, and nothing else happens. */
function leadsNowhere(turn: Turn, dialogue: Dialogue): Step | Promise<Step> {
  const { open, run } = dialogue
  if (open) return { ...quiet(dialogue), sayings: [questionSaying(turn.locale, open)] }
  if (run && isUnfinished(run)) return repeatStep(turn, dialogue, '')
  return askWhat(turn, dialogue)
}

function follow(turn: Turn, dialogue: Dialogue, incidentId: string): Step {
  return {
    ...quiet(moved(dialogue, 'nothing', { incidentId })),
    sayings: [say(words[turn.locale]('assistant.incident_followed'))],
    effects: [{ type: 'follow_incident', incidentId }],
  }
}
