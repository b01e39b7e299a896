import type { FlowStep } from '@clew/flows/flow'
import { isPlainEnd } from '@clew/flows/flow'
import { isOwnSlot } from '@clew/flows/slots'
import { titleOf } from './ways.ts'
import type { FlowsT } from './words.ts'

export const checkName = (t: FlowsT, check: string): string => t.find(`flows.check_${snake(check)}`) ?? check

export const outcomeName = (t: FlowsT, name: string): string => t.find(`flows.found_${snake(name)}`) ?? name

export const slotName = (t: FlowsT, slot: string): string =>
  isOwnSlot(slot) ? slot : (t.find(`flows.slot_${snake(slot)}`) ?? slot)

/** What a check looks at, with what it is told. */
export function lookName(t: FlowsT, step: Extract<FlowStep, { kind: 'check' }>): string {
  const params = 'with' in step && step.with ? Object.values(step.with).flat() : []
  const said = params.map((each) => paramName(t, step.check, each)).join(', ')
  return said === '' ? checkName(t, step.check) : `${checkName(t, step.check)}: ${said}`
}

function paramName(t: FlowsT, check: string, value: unknown): string {
  if (typeof value === 'number') return t('flows.megabytes', { size: value / 1_000_000 })
  if (check === 'slot-known') return slotName(t, String(value))
  return (check === 'attachment-size' && t.find(`flows.placeholder_${snake(String(value))}`)) || String(value)
}

/** What a step is called in a sentence or a list. */
export function stepName(t: FlowsT, step: FlowStep): string {
  if (step.kind === 'check') return titleOf(step, t.locale, lookName(t, step))
  if (step.kind === 'branch') return titleOf(step, t.locale, `${t('flows.kind_branch')}: ${slotName(t, step.slot)}`)
  return titleOf(step, t.locale, t(`flows.kind_${step.kind}`))
}

/** The same for where something leads: a step by its id, or an end. */
export function nextName(t: FlowsT, steps: readonly FlowStep[], id: string): string {
  if (isPlainEnd(id)) return t(`flows.next_${id}`)
  const step = steps.find((each) => each.id === id)
  return step ? stepName(t, step) : id
}

const snake = (name: string): string =>
  name.replaceAll(/[.-]/g, '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
