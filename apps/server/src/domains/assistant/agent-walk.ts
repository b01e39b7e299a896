import { heardFrom, saidFor } from '@clew/assistant'
import type { AnswerWalk } from '@clew/contract/flow-runs'
import {
  advance,
  answerChecks,
  describeRun,
  type Facts,
  type Flow,
  FlowError,
  type FlowLibrary,
  findStep,
  type Heard,
  isOpen,
  isOwnSlot,
  type Look,
  type Progress,
  type Run,
  type RunInput,
  rebaseRun,
  type SlotValue,
  startRun,
} from '@clew/flows'
import type { Fact } from '@clew/intake'

/** What an agent's walk rests on: what the case knows, what the contact wrote, and the flows that they walked. */
export type Ground = {
  flows: FlowLibrary
  slots: Facts['slots']
  told: readonly { text: string; at: string }[]
  theirs: readonly Run[]
  look: Look
  at: string
  /** What an agent's words for a slot of the case say, read as the contact's would be. */
  read(slot: string, text: string): { value: SlotValue; facts: readonly Fact[] }
}

/** How far it is now, and what the agent's own words say for the case. */
export type Further = Progress & { learnt: readonly Fact[] }

/** Goes on where the contact stands in this flow; else from its first step, with all that is known. */
export async function begun(flow: Flow, ground: Ground): Promise<Further> {
  const facts = factsFor(flow, ground)
  const open = ground.theirs.find((run) => run.flowId === flow.id && isOpen(run))
  const rebased = open && rebaseRun(open, ground.flows, facts)
  const progress = rebased?.flow
    ? await along(rebased.flow, rebased, ground)
    : await along(flow, startRun(flow, facts), ground)
  return { ...progress, learnt: [] }
}

/** Takes what the agent did. What no longer fits changes nothing: two may be at it. */
export async function answered(run: Run, answer: AnswerWalk, ground: Ground): Promise<Further> {
  const rebased = rebaseRun(run, ground.flows, { slots: ground.slots })
  const { flow } = rebased
  if (!flow) return { ...rebased, learnt: [] }
  const facts = factsFor(flow, ground)
  try {
    const { input, learnt } = inputOf(flow, rebased.run, { answer, ground })
    const progress = input ? advance(flow, rebased.run, { input, facts }) : rebased
    const effects = input ? [...rebased.effects, ...progress.effects] : rebased.effects
    return { ...(await along(flow, { run: progress.run, effects }, ground)), learnt }
  } catch (error) {
    if (error instanceof FlowError) return { run: rebased.run, effects: rebased.effects, learnt: [] }
    throw error
  }
}

/** Until a person is needed, over into the next flow too. Flows that go round in a circle are ended by the runner. */
async function along(flow: Flow, progress: Progress, ground: Ground): Promise<Progress> {
  const { run, effects } = await answerChecks(flow, progress, {
    look: ground.look,
    facts: factsFor(flow, ground),
    at: ground.at,
  })
  const next = run.state === 'continued' ? ground.flows.find(run.nextFlowId) : undefined
  if (!next || ground.flows.isStopped(next.id)) return { run, effects }
  const on = await along(next, startRun(next, factsFor(next, ground), run), ground)
  return { run: on.run, effects: [...effects, ...on.effects] }
}

type Input = { input: RunInput | undefined; learnt: readonly Fact[] }

function inputOf(flow: Flow, run: Run, { answer, ground }: { answer: AnswerWalk; ground: Ground }): Input {
  const { at } = ground
  if (answer.type !== 'words') return { input: { ...answer, at }, learnt: [] }
  const step = isOpen(run) && run.currentStepId === answer.stepId ? findStep(flow, answer.stepId) : undefined
  if (step?.kind !== 'ask' || answer.text === '') return { input: undefined, learnt: [] }
  const { slot } = step
  const own = { value: saidFor(step, answer.text, { isAsked: true }) ?? answer.text, facts: [] }
  const { value, facts: learnt } = isOwnSlot(slot) ? own : ground.read(slot, answer.text)
  return { input: { type: 'slots', slots: { [slot]: value }, at }, learnt }
}

/** What need not be asked: the case, what the contact wrote, and what they answered in a walk of their own. */
const factsFor = (flow: Flow, { slots, told, theirs }: Ground): Facts => ({
  slots,
  heard: { ...heardFrom(flow, told), ...Object.assign({}, ...theirs.map((run) => answersIn(flow, run))) },
})

function answersIn(flow: Flow, run: Run): Record<string, Heard> {
  if (run.flowId !== flow.id) return {}
  const { steps } = describeRun(flow, run, { locale: 'en' })
  return Object.fromEntries(
    flow.steps.flatMap((step) => {
      const value = step.kind === 'ask' && isOwnSlot(step.slot) ? run.slots[step.slot] : undefined
      if (step.kind !== 'ask' || value === undefined) return []
      const { answer = String(value), said, at } = steps.find(({ id }) => id === step.id) ?? {}
      return [[step.slot, { value, quote: said ?? answer, at: at ?? '' }]]
    }),
  )
}
