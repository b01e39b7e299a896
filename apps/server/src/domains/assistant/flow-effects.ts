import { Fact as FactSchema } from '@clew/contract/cases'
import type { Activity } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import {
  caseValueOf,
  type Effect,
  type FlowLibrary,
  isOpen,
  type PlaceholderValues,
  type Run,
  type SlotValue,
  triedSteps,
} from '@clew/flows'
import type { Fact, FactSource } from '@clew/intake'

type From = { source: FactSource; at: string }

/** What a flow has learnt for the case. */
export const factsIn = (effects: readonly Effect[], from: From): Fact[] =>
  effects.flatMap((effect) => {
    const fact = effect.type === 'slot' ? factOf(effect.slot, effect.value, from) : undefined
    return fact ? [fact] : []
  })

/** Undefined for a slot of the flow's own, and for a value that the case would not take: a published flow has none. */
export function factOf(slot: string, value: SlotValue, from: From): Fact | undefined {
  const known = caseValueOf(slot, value)
  const { data } = FactSchema.safeParse({ ...known, ...from })
  return data && asKnownFact(data)
}

/** The contract and the intake name the same shapes; they differ only in how they write what is absent. */
const asKnownFact = (fact: FactSchema): Fact => fact as Fact

export const tagsIn = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.type === 'tag' ? [effect.tag] : []))

/** What was tried goes into the timeline, so that nobody has it tried again. Undefined while there is nothing to say. */
export function endOf(
  flows: FlowLibrary,
  run: Run,
  reader: { locale: Locale; values: PlaceholderValues },
): Activity | undefined {
  const flow = flows.find(run.flowId, run.flowVersion)
  if (!flow || isOpen(run)) return undefined
  const steps = triedSteps(flow, run, reader).map(({ id, title, outcome }) => ({ id, title, outcome }))
  const outcome = run.state === 'done' ? 'fixed' : run.state === 'handover' ? 'exhausted' : 'left'
  return steps.length === 0 && outcome !== 'fixed' ? undefined : { type: 'flow_ended', flowId: flow.id, outcome, steps }
}
