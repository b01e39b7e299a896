import type { HandOverReason } from '@clew/contract/conversations'
import {
  advance,
  answerChecks,
  currentFlowId,
  describeRun,
  type Facts,
  type Flow,
  FlowError,
  isOpen,
  isOwnSlot,
  type Look,
  type Progress,
  type Run,
  type RunInput,
  rebaseRun,
  type SlotValue,
  slotsOf,
  startRun,
} from '@clew/flows'
import { currentValues } from '@clew/intake'
import type { AskedQuestion, Dialogue } from '../dialogue/dialogue.ts'
import { collectThenHandOver, handOver } from './hand-over.ts'
import { heardIn, saidBytesOf } from './heard.ts'
import { keepSaid, ownQuestions } from './read-words.ts'
import { moved, quiet, type Saying, type Step, type Turn } from './step.ts'
import { askName, personReply, questionText, say, words } from './words.ts'

/** Begins a flow, or goes on with it where it was left for another matter. */
export async function startFlow(
  turn: Turn,
  dialogue: Dialogue,
  { flowId, from }: { flowId: string; from?: Run },
): Promise<Step | undefined> {
  const { flows } = turn.knowledge
  const id = currentFlowId(flowId)
  const flow = flows.find(id)
  if (!flow) return undefined
  const { paused, run } = dialogue
  if (run?.flowId === id && isUnfinished(run)) return goOn(turn, dialogue, { type: 'repeat' })
  const open = run && isUnfinished(run) ? run : undefined
  if (paused?.flowId === id)
    return goOn(turn, { ...dialogue, run: paused, paused: open }, answerMeanwhile(turn, flow, paused))
  const left = open ?? paused
  const started = await looked(turn, flow, startRun(flow, factsOf(turn, flow), from))
  const question = unclearMoment(turn, dialogue)
  const begun = moved(dialogue, 'flow_started', { paused: left, unsure: 0, denied: 0 })
  if (!question || !isUnfinished(started.run)) return tell(turn, begun, { flow, progress: started })
  const step = await tell(turn, begun, { flow, progress: started, lead: askMeanwhile(turn, question) })
  return {
    ...step,
    dialogue: { ...step.dialogue, open: question, asked: [...dialogue.asked, question] },
    did: { ...step.did, ask: [...step.did.ask, askName(question)] },
  }
}

/** What was said elsewhere while the flow was left may answer the question at which it stands. */
function answerMeanwhile(turn: Turn, flow: Flow, run: Run): Going {
  const open = isOpen(run) ? ownQuestions(flow).find(({ id }) => id === run.currentStepId) : undefined
  const heard = open && heardIn(flow, turn)[open.slot]
  return open && heard ? { type: 'slots', slots: { [open.slot]: heard.value } } : { type: 'repeat' }
}

/** A day or a zone in doubt is asked beside the first step, so that the moment is not lost. */
function unclearMoment({ learnt, facts }: Turn, { asked }: Dialogue): AskedQuestion | undefined {
  const unclear = currentValues(facts).timestamps?.unclear
  const isNew = learnt.some(({ field }) => field === 'timestamps')
  if (!isNew || unclear === undefined || unclear === 'time') return undefined
  const wasAsked = asked.some(({ field, part }) => field === 'timestamps' && part === unclear)
  return wasAsked ? undefined : { field: 'timestamps', part: unclear }
}

const askMeanwhile = ({ locale }: Turn, question: AskedQuestion): string =>
  words[locale]('assistant.ask_meanwhile', { question: questionText(locale, question) })

/** The person takes back what was understood, or says something else than before. */
export type Changed = { type: 'changed'; stepId: string; slot: string; value: SlotValue }

/** An input without the time and id of the message that it came with. */
export type Going = RunInput extends infer I ? (I extends RunInput ? Omit<I, 'at' | 'id'> : never) : never

/** Takes an answer to the open step. A button of a step that was answered before changes nothing: the open step is said again. */
export async function goOn(
  turn: Turn,
  dialogue: Dialogue,
  { lead, ...input }: (Going | Changed) & { lead?: string },
): Promise<Step> {
  const { run } = dialogue
  if (!run) throw new Error('only a run goes on')
  const before = rebaseRun(run, turn.knowledge.flows, factsOf(turn))
  const { flow, ...rebased } = before
  if (!flow) return handOver(turn, { ...dialogue, run: rebased.run }, 'flow_exhausted')
  const progress = goneOn(turn, flow, { run: noting(turn, flow, rebased.run), input })
  const effects = [...rebased.effects, ...progress.effects]
  const after = await looked(turn, flow, { run: progress.run, effects })
  return tell(turn, moved(dialogue, 'flow_went_on', { denied: 0, unsure: 0 }), {
    flow,
    progress: after,
    ...(lead ? { lead } : {}),
  })
}

function advanced(flow: Flow, run: Run, about: Parameters<typeof advance>[2]): Progress {
  try {
    return advance(flow, run, about)
  } catch (error) {
    if (error instanceof FlowError) return { run, effects: [] }
    throw error
  }
}

function goneOn(turn: Turn, flow: Flow, { run, input }: { run: Run; input: Going | Changed }): Progress {
  const facts = factsOf(turn, flow)
  const at = { at: turn.at, id: turn.messageId }
  if (input.type !== 'changed') return advanced(flow, run, { input: { ...input, ...at } as RunInput, facts })
  const { stepId, slot, value } = input
  const back = advanced(flow, run, { input: { type: 'correct', stepId, at: turn.at }, facts })
  const on = advanced(flow, back.run, { input: { type: 'slots', slots: { [slot]: value }, ...at }, facts })
  return { run: on.run, effects: [...back.effects, ...on.effects] }
}

const noting = (turn: Turn, flow: Flow, run: Run): Run => (turn.understood ? keepSaid(flow, run, turn) : run)

const looked = (turn: Turn, flow: Flow, progress: Progress): Promise<Progress> => {
  const saidBytes = saidBytesOf(turn)
  const look: Look = (need) => turn.knowledge.look(saidBytes === undefined ? need : { ...need, saidBytes })
  return answerChecks(flow, progress, { look, facts: factsOf(turn, flow), at: turn.at })
}

export const isUnfinished = (run: Run): boolean => run.state === 'running' || run.state === 'checking'

/** What a flow need not ask: the case's own fields, and what was said for the flow's own questions. */
export const factsOf = (turn: Turn, flow?: Flow): Facts => ({
  slots: slotsOf(currentValues(turn.facts)),
  ...(flow ? { heard: heardIn(flow, turn) } : {}),
})

type Told = { flow: Flow; progress: Progress; lead?: string }

/** Says where the run stands now, and does what its end asks for. */
function tell(turn: Turn, dialogue: Dialogue, { flow, progress, lead }: Told): Step | Promise<Step> {
  const { run } = progress
  const described = describeRun(flow, run, { locale: turn.locale, values: turn.knowledge.flowValues })
  const heard = described.current ? newlyHeard(dialogue.run, { flow, run, described }) : []
  const said = [
    ...described.lead,
    ...(described.current ? [described.current] : []),
    ...(described.end ? [described.end] : []),
  ]
  const spoken: Saying = {
    body: [lead, ...heard.map((each) => words[turn.locale]('assistant.flow_heard', each)), ...said.map(textOf)]
      .filter((text) => text !== undefined && text !== '')
      .join('\n'),
    replies: [],
    slugs: [...new Set([...(isNew(run) ? [flow.article] : []), ...said.map(({ article }) => article)])].filter(
      (slug) => slug !== undefined,
    ),
  }
  const first: Step = {
    dialogue: { ...dialogue, run },
    sayings: spoken.body === '' ? [] : [spoken],
    effects: [{ type: 'flow', progress }],
    did: { action: 'run-flow', flowId: flow.id, slugs: flow.article === undefined ? [] : [flow.article], ask: [] },
  }
  return described.current ? atStep(turn, first, { ...described.current, heard }) : ended(turn, first, run)
}

type Understood = { stepId: string; title: string; answer: string }

/** What was taken from the person's words and is used from here on: said, so that it can be taken back. */
function newlyHeard(
  before: Run | undefined,
  { flow, run, described }: { flow: Flow; run: Run; described: ReturnType<typeof describeRun> },
): Understood[] {
  const told = before?.flowId === run.flowId ? before.heard : {}
  return ownQuestions(flow).flatMap(({ id, slot }) => {
    if (told[slot]?.at === run.heard[slot]?.at) return []
    const { title = '', answer, said } = described.steps.find((step) => step.id === id) ?? {}
    return answer === undefined || said === undefined ? [] : [{ stepId: id, title, answer }]
  })
}

/** Nothing of it was answered yet: its article is worth reading instead. */
const isNew = ({ steps }: Run): boolean => steps.every(({ by }) => by === 'product')

const textOf = ({ title, text }: { title?: string; text?: string }): string | undefined =>
  [title, text].filter(Boolean).join('\n') || undefined

type Current = NonNullable<ReturnType<typeof describeRun>['current']> & { heard: readonly Understood[] }

function atStep(turn: Turn, step: Step, { stepId, slot, replies, heard }: Current): Step {
  const { flowId = '' } = step.did
  const buttons = [
    ...replies.map(({ id, label }) => ({ id: `flow:${flowId}:${stepId}:${id}`, label })),
    ...heard.map(({ stepId: of, answer }) => ({
      id: `change:${flowId}:${of}`,
      label: words[turn.locale]('assistant.reply_change', { answer }),
    })),
  ]
  return {
    ...step,
    sayings: step.sayings.map((saying) => ({
      ...saying,
      flow: { flowId, stepId },
      replies: [...buttons, personReply(turn.locale)],
    })),
    did: { ...step.did, ask: slot === undefined ? [] : [slot] },
  }
}

async function ended(turn: Turn, step: Step, run: Run): Promise<Step> {
  const asked = [...step.dialogue.asked, ...declinedIn(turn, run)]
  const here = { ...step, dialogue: moved(step.dialogue, 'flow_ended', { asked }) }
  switch (run.state) {
    case 'done':
      return finished(turn, here)
    case 'answered':
      return answered(turn, here)
    case 'cancelled':
      return joined(here, {
        ...quiet({ ...here.dialogue, run: undefined }),
        sayings: [say(words[turn.locale]('assistant.flow_cancelled'), [personReply(turn.locale)])],
      })
    case 'continued': {
      const next = await startFlow(turn, { ...here.dialogue, run: undefined }, { flowId: run.nextFlowId, from: run })
      return joined(here, next ?? collectThenHandOver(turn, here.dialogue, { reason: 'flow_exhausted' }))
    }
    default:
      return joined(here, collectThenHandOver(turn, here.dialogue, { reason: reasonOf(run) }))
  }
}

/** What somebody would not tell the flow is not asked again before a person is called. */
function declinedIn({ knowledge }: Turn, run: Run): AskedQuestion[] {
  const flow = knowledge.flows.find(run.flowId, run.flowVersion)
  const declined = new Set(
    run.steps.flatMap((record) => (record.by === 'person' && record.outcome === 'skipped' ? record.stepId : [])),
  )
  return (flow?.steps ?? []).flatMap((step) => {
    if (step.kind !== 'ask' || isOwnSlot(step.slot) || !declined.has(step.id)) return []
    const [field] = step.slot.split('.') as [AskedQuestion['field']]
    const parts: AskedQuestion['part'][] = step.slot === 'account.email' ? ['all', 'email'] : ['all']
    return parts.map((part) => ({ field, part }))
  })
}

function finished(turn: Turn, step: Step): Step {
  return {
    dialogue: moved(step.dialogue, 'solved'),
    sayings: step.sayings.length > 0 ? step.sayings : [say(words[turn.locale]('assistant.flow_fixed'))],
    effects: [...step.effects, { type: 'settle', tier: 'confirmed' }],
    did: { action: 'answer', slugs: [], ask: [] },
  }
}

/** The flow's last words are the answer; whether they helped is still to be seen. */
function answered(turn: Turn, step: Step): Step {
  const t = words[turn.locale]
  const replies = [
    { id: 'worked', label: t('assistant.reply_worked') },
    { id: 'stuck', label: t('assistant.reply_still_stuck') },
    personReply(turn.locale),
  ]
  return {
    ...step,
    dialogue: moved(step.dialogue, 'answered'),
    sayings: step.sayings.map((saying) => ({ ...saying, replies })),
  }
}

function joined(first: Step, then: Step): Step {
  return {
    dialogue: then.dialogue,
    sayings: [...first.sayings, ...then.sayings],
    effects: [...first.effects, ...then.effects],
    did: then.did,
  }
}

/** Why a run that has ended is for a person. */
export function reasonOf(run: Run): HandOverReason {
  if (run.state !== 'handover') return 'flow_exhausted'
  switch (run.reason) {
    case 'dispute':
    case 'refund':
      return 'dispute'
    case 'appeal':
      return 'appeal'
    case 'security':
    case 'account':
      return 'recovery'
    default:
      return 'flow_exhausted'
  }
}

/** The open step, said again so that its buttons are at hand. */
export function repeatStep(turn: Turn, dialogue: Dialogue, lead: string): Promise<Step> {
  return goOn(turn, dialogue, { type: 'repeat', lead })
}
