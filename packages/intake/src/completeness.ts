import { type CaseField, type CurrentValues, currentValues, type Fact } from './facts.ts'
import { fieldNeeds, fieldsNotNeeded, type Importance, type ProblemKind, reasonFor } from './problem-kinds.ts'

/** The part of a field that is still open; `all` when nothing of it is known. */
export type MissingPart = 'all' | 'email' | 'plan' | 'zone' | 'date' | 'time' | 'browser' | 'os'

export type MissingField = { field: CaseField; importance: Importance; part: MissingPart }

export type Completeness = {
  given: CaseField[]
  missing: MissingField[]
  notNeeded: CaseField[]
  /** 0–100. */
  score: number
}

export type Question = { field: CaseField; part: MissingPart; importance: Importance }

const points: Record<Importance, number> = { needed: 3, helpful: 1 }
/** A field of which a part is known counts for this share. */
const partlyKnown = 0.5

/** How complete a case is for its kind of problem. */
export function completeness(kind: ProblemKind, facts: readonly Fact[]): Completeness {
  const values = currentValues(facts)
  const needs = fieldNeeds(kind).map(({ field, importance }) => ({
    field,
    importance,
    part: missingPart(field, values, kind),
  }))
  return {
    given: needs.filter(({ part }) => part === undefined).map(({ field }) => field),
    missing: needs.flatMap(({ field, importance, part }) => (part ? [{ field, importance, part }] : [])),
    notNeeded: fieldsNotNeeded(kind),
    score: scoreOf(needs),
  }
}

type Weighed = { importance: Importance; part: MissingPart | undefined }

function scoreOf(needs: readonly Weighed[]): number {
  const possible = needs.reduce((sum, { importance }) => sum + points[importance], 0)
  const reached = needs.reduce((sum, { importance, part }) => sum + points[importance] * knownShare(part), 0)
  return Math.round((100 * reached) / possible)
}

export type Raise = MissingField & {
  /** How many points of the score it would add. */
  gain: number
  /** The message key that says why it helps. */
  reason: NonNullable<ReturnType<typeof reasonFor>>
}

/** The missing field that would raise the score most, the more telling of two equal ones; undefined when nothing is missing. */
export function whatRaisesMost(kind: ProblemKind, facts: readonly Fact[]): Raise | undefined {
  const { missing, score } = completeness(kind, facts)
  const needs = fieldNeeds(kind)
  const raises = missing.flatMap((lacking): Raise[] => {
    const reason = reasonFor(kind, lacking.field)
    const filled = needs.map(({ field, importance }) => ({
      importance,
      part: field === lacking.field ? undefined : missing.find((each) => each.field === field)?.part,
    }))
    return reason ? [{ ...lacking, gain: scoreOf(filled) - score, reason }] : []
  })
  return raises.reduce<Raise | undefined>((best, each) => (best && best.gain >= each.gain ? best : each), undefined)
}

export type AlreadyAsked = readonly Pick<Question, 'field' | 'part'>[]

/**
 * What to ask next: a needed field before a helpful one, and never the same thing twice.
 * Helpful fields are only offered as chips, so the assistant asks for them only with `includeHelpful`.
 */
export function nextQuestion(
  kind: ProblemKind,
  facts: readonly Fact[],
  { asked = [], includeHelpful = false }: { asked?: AlreadyAsked; includeHelpful?: boolean } = {},
): Question | undefined {
  return completeness(kind, facts).missing.find(
    ({ field, part, importance }) =>
      (includeHelpful || importance === 'needed') &&
      !asked.some((question) => question.field === field && question.part === part),
  )
}

function knownShare(part: MissingPart | undefined): number {
  if (part === undefined) return 1
  return part === 'all' ? 0 : partlyKnown
}

function missingPart(field: CaseField, values: CurrentValues, kind: ProblemKind): MissingPart | undefined {
  if (values[field] === undefined) return 'all'
  if (field === 'timestamps') return values.timestamps?.unclear
  if (field === 'account') return missingOfAccount(values, kind)
  if (field === 'environment') return missingOfEnvironment(values)
  if (field === 'request_ids') return hasNoIds(values) ? 'all' : undefined
  return undefined
}

function missingOfAccount({ account }: CurrentValues, kind: ProblemKind): MissingPart | undefined {
  if (!account?.email && !account?.billingEmail) return 'email'
  return kind === 'billing' && !account.plan ? 'plan' : undefined
}

function missingOfEnvironment({ environment }: CurrentValues): MissingPart | undefined {
  const isApp = environment?.device === 'desktop_app'
  if (!environment?.browser && !isApp) return 'browser'
  return environment.os ? undefined : 'os'
}

function hasNoIds({ request_ids: ids }: CurrentValues): boolean {
  return !ids || ids.requestIds.length + ids.completionIds.length === 0
}
