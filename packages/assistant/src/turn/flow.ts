import type { HandOverReason } from '@clew/contract/conversations'
import {
  advance,
  answerChecks,
  currentFlowId,
  describeRun,
  type Flow,
  FlowError,
  type Progress,
  type Run,
  type RunInput,
  rebaseRun,
  slotsOf,
  startRun,
} from '@clew/flows'
import { currentValues } from '@clew/intake'
import type { Dialogue } from '../dialogue/dialogue.ts'
import { collectThenHandOver, handOver } from './hand-over.ts'
import { moved, quiet, type Saying, type Step, type Turn } from './step.ts'
import { personReply, say, words } from './words.ts'

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
  if (paused?.flowId === id) return goOn(turn, { ...dialogue, run: paused, paused: open }, { type: 'repeat' })
  const left = open ?? paused
  const started = await looked(turn, flow, startRun(flow, factsOf(turn), from))
  return tell(turn, moved(dialogue, 'flow_started', { paused: left, unsure: 0, denied: 0 }), {
    flow,
    progress: started,
  })
}

/** An input without the time and id of the message that it came with. */
export type Going = RunInput extends infer I ? (I extends RunInput ? Omit<I, 'at' | 'id'> : never) : never

/** Takes an answer to the open step. A button of a step that was answered before changes nothing: the open step is said again. */
export async function goOn(
  turn: Turn,
  dialogue: Dialogue,
  { lead, ...input }: Going & { lead?: string },
): Promise<Step> {
  const { run } = dialogue
  if (!run) throw new Error('only a run goes on')
  const facts = factsOf(turn)
  const { flow, ...rebased } = rebaseRun(run, turn.knowledge.flows, facts)
  if (!flow) return handOver(turn, { ...dialogue, run: rebased.run }, 'flow_exhausted')
  const at = { at: turn.at, id: turn.messageId }
  const progress = advanced(flow, rebased.run, { input: { ...input, ...at } as RunInput, facts })
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

const looked = (turn: Turn, flow: Flow, progress: Progress): Promise<Progress> =>
  answerChecks(flow, progress, { look: turn.knowledge.look, facts: factsOf(turn), at: turn.at })

export const isUnfinished = (run: Run): boolean => run.state === 'running' || run.state === 'checking'

export const factsOf = ({ facts }: Turn): { slots: ReturnType<typeof slotsOf> } => ({
  slots: slotsOf(currentValues(facts)),
})

type Told = { flow: Flow; progress: Progress; lead?: string }

/** Says where the run stands now, and does what its end asks for. */
function tell(turn: Turn, dialogue: Dialogue, { flow, progress, lead }: Told): Step | Promise<Step> {
  const { run } = progress
  const described = describeRun(flow, run, { locale: turn.locale, values: turn.knowledge.flowValues })
  const said = [
    ...described.lead,
    ...(described.current ? [described.current] : []),
    ...(described.end ? [described.end] : []),
  ]
  const spoken: Saying = {
    body: [lead, ...said.map(textOf)].filter((text) => text !== undefined && text !== '').join('\n'),
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
  return described.current ? atStep(turn, first, described.current) : ended(turn, first, run)
}

/** Nothing of it was answered yet: its article is worth reading instead. */
const isNew = ({ steps }: Run): boolean => steps.every(({ by }) => by === 'product')

const textOf = ({ title, text }: { title?: string; text?: string }): string | undefined =>
  [title, text].filter(Boolean).join('\n') || undefined

type Current = NonNullable<ReturnType<typeof describeRun>['current']>

function atStep(turn: Turn, step: Step, { stepId, slot, replies }: Current): Step {
  const { flowId = '' } = step.did
  const buttons = replies.map(({ id, label }) => ({ id: `flow:${flowId}:${stepId}:${id}`, label }))
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
  const here = { ...step, dialogue: moved(step.dialogue, 'flow_ended') }
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

function reasonOf(run: Run): HandOverReason {
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
