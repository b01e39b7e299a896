import type { Flow, FlowLocale, FlowStep } from '@clew/flows/flow'

export type StepChange = 'added' | 'changed' | 'removed'

export type FieldChange = { field: string; before: string | undefined; after: string | undefined }
type StepDifference = { id: string; title: string; change: StepChange; fields: readonly FieldChange[] }
export type Difference = {
  steps: readonly StepDifference[]
  /** What is said of the flow as a whole. */
  flow: readonly FieldChange[]
}

/** What another version says differently, step by step. The order of steps matters only for where it begins. */
export function differenceOf(
  before: Flow,
  after: Flow,
  about: { locale: FlowLocale; name(step: FlowStep): string },
): Difference {
  const titled = about.name
  const old = new Map(before.steps.map((step) => [step.id, step]))
  const now = new Set(after.steps.map(({ id }) => id))
  const kept = after.steps.flatMap((step): StepDifference[] => {
    const was = old.get(step.id)
    if (!was) return [{ id: step.id, title: titled(step), change: 'added', fields: [] }]
    const fields = fieldsOf(was, step, about.locale)
    return fields.length === 0 ? [] : [{ id: step.id, title: titled(step), change: 'changed', fields }]
  })
  const gone = before.steps
    .filter(({ id }) => !now.has(id))
    .map((step) => ({ id: step.id, title: titled(step), change: 'removed' as const, fields: [] }))
  const { steps: _a, version: _b, placeholders: _c, ...wasFlow } = before
  const { steps: _d, version: _e, placeholders: _f, ...isFlow } = after
  const first = before.steps[0]?.id === after.steps[0]?.id ? [] : [firstChange(before, after, titled)]
  return { steps: [...kept, ...gone], flow: [...fieldsOf(wasFlow, isFlow, about.locale), ...first] }
}

export const isNothing = ({ steps, flow }: Difference): boolean => steps.length === 0 && flow.length === 0

export const changesById = ({ steps }: Difference): ReadonlyMap<string, StepChange> =>
  new Map(steps.map(({ id, change }) => [id, change]))

const firstChange = (before: Flow, after: Flow, titled: (step: FlowStep) => string): FieldChange => ({
  field: 'first',
  before: before.steps[0] && titled(before.steps[0]),
  after: after.steps[0] && titled(after.steps[0]),
})

function fieldsOf(before: object, after: object, locale: FlowLocale): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== 'id')
  return names.flatMap((field) => {
    const [was, is] = [Reflect.get(before, field), Reflect.get(after, field)]
    if (sorted(was) === sorted(is)) return []
    return [{ field, before: wordsOf(was, is, locale), after: wordsOf(is, was, locale) }]
  })
}

/** A value in a few words; undefined for what takes more than that. Of a text the language that changed. */
function wordsOf(value: unknown, other: unknown, locale: FlowLocale): string | undefined {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (!isText(value)) return undefined
  const language = isText(other) && other[locale] === value[locale] ? (locale === 'en' ? 'el' : 'en') : locale
  return value[language]
}

const isText = (value: unknown): value is { en: string; el: string } =>
  typeof value === 'object' && value !== null && 'en' in value && typeof value.en === 'string'

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? ''

/** Whether two documents say the same, whatever their versions are. */
export const saysTheSame = (a: Flow, b: Flow): boolean => sorted({ ...a, version: 0 }) === sorted({ ...b, version: 0 })
