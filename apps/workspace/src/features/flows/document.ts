import { checks } from '@clew/flows/checks'
import type { Flow, FlowStep, StepKind } from '@clew/flows/flow'
import { placeholderNames, placeholdersIn } from '@clew/flows/placeholders'
import { repliesOf } from '@clew/flows/steps'

export type Path = readonly (string | number)[]

/** What stands at a place of a flow. */
export function getAt(part: unknown, path: Path): unknown {
  let found = part
  for (const key of path) found = typeof found === 'object' && found !== null ? (found as never)[key] : undefined
  return found
}

/** The flow with another value at one place; undefined takes the place away. Nothing else is copied. */
export function setAt<T>(part: T, path: Path, value: unknown): T {
  const [key, ...rest] = path
  if (key === undefined) return value as T
  const inner = rest.length === 0 ? value : setAt(getAt(part, [key]) ?? {}, rest, value)
  if (Array.isArray(part)) return part.flatMap((each, index) => taken(index === key, inner, each)) as T
  const { [key]: _old, ...others } = (part ?? {}) as Record<string | number, unknown>
  if (inner === undefined) return others as T
  return { ...(part as object), [key]: inner } as T
}

const taken = (isIt: boolean, value: unknown, old: unknown): unknown[] => {
  if (!isIt) return [old]
  return value === undefined ? [] : [value]
}

export const stepIndex = (flow: Flow, id: string | undefined): number => flow.steps.findIndex((step) => step.id === id)

/** Known names only: one that nobody fills is a mistake where it stands. */
export function withPlaceholders(flow: Flow): Flow {
  const used = new Set(placeholdersIn(JSON.stringify(flow.steps) + JSON.stringify(flow.title)))
  const names = placeholderNames.filter((name) => used.has(name))
  const { placeholders: _old, ...rest } = flow
  return names.length === 0 ? rest : { ...rest, placeholders: names }
}

const empty = { en: '', el: '' }

export function freeId(flow: Flow, wanted: string): string {
  const ids = new Set(flow.steps.map(({ id }) => id))
  if (!ids.has(wanted)) return wanted
  for (let number = 2; ; number += 1) if (!ids.has(`${wanted}-${number}`)) return `${wanted}-${number}`
}

/** A step with nothing in it yet that leads on to `next`. */
export function newStep(kind: StepKind, id: string, next: string): FlowStep {
  switch (kind) {
    case 'say':
      return { id, kind, say: empty, next }
    case 'do':
      return { id, kind, title: empty, say: empty, next, replies: ['worked', 'still-fails', 'skip'] }
    case 'ask':
      return { id, kind, title: empty, say: empty, slot: 'flow.answer', replies: ['not-sure'], next }
    case 'check':
      return { id, kind, check: 'incident-open', outcomes: { open: next, none: next, unknown: next } }
    case 'branch':
      return { id, kind, slot: 'flow.answer', cases: [{ is: '', next }], otherwise: next }
    case 'end':
      return { id, kind, end: 'handover', say: empty }
  }
}

/** The same step with another check: outcomes that both have lead where they led. */
export function withCheck(step: Extract<FlowStep, { kind: 'check' }>, check: keyof typeof checks): FlowStep {
  const before = new Map<string, unknown>(Object.entries(step.outcomes))
  const usual = before.get('unknown') ?? 'handover'
  const outcomes = Object.fromEntries(checks[check].outcomes.map((name) => [name, before.get(name) ?? usual]))
  const { with: _params, ...rest } = step
  const params = firstParams[check]
  return { ...rest, check, outcomes, ...(params ? { with: params } : {}) } as FlowStep
}

const firstParams: Partial<Record<keyof typeof checks, object>> = {
  'attachment-size': { overBytes: 'uploadLimit' },
  'har-finding': { rules: [] },
  'slot-known': { slot: 'problem' },
}

/** Where a step leads if nothing in particular was answered: the place that says so. */
export function usualWay(step: FlowStep): { path: Path; next: string } | undefined {
  switch (step.kind) {
    case 'say':
      return { path: ['next'], next: step.next }
    case 'do':
    case 'ask':
      return {
        path: ['next'],
        next: step.next ?? repliesOf(step).find(({ next }) => next !== 'done')?.next ?? 'handover',
      }
    case 'check': {
      const usual = step.outcomes.unknown
      return typeof usual === 'string'
        ? { path: ['outcomes', 'unknown'], next: usual }
        : { path: ['outcomes', 'unknown', 'next'], next: usual.next }
    }
    case 'branch':
      return { path: ['otherwise'], next: step.otherwise }
    case 'end':
      return undefined
  }
}

/** Every place that leads to a step leads to another instead. */
export function redirected(flow: Flow, from: string, to: string): Flow {
  return { ...flow, steps: flow.steps.map((step) => redirectedStep(step, from, to)) }
}

function redirectedStep(step: FlowStep, from: string, to: string): FlowStep {
  const turn = (value: unknown, key: string, parent: string): unknown => {
    if (typeof value === 'string') return leads(key, parent) && value === from ? to : value
    if (Array.isArray(value)) return value.map((each) => turn(each, '', key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, turn(part, name, key)]))
  }
  const { id, ...rest } = step
  return { id, ...(turn(rest, '', '') as object) } as FlowStep
}

const leads = (key: string, parent: string): boolean => key === 'next' || key === 'otherwise' || parent === 'outcomes'
