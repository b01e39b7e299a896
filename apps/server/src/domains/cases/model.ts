import type { Case as CaseView, EarlierValue, Fact as FactView } from '@clew/contract/cases'
import type { ConversationId } from '@clew/contract/primitives'
import {
  type CaseField,
  caseFields,
  completeness,
  currentValues,
  type Fact,
  historyOf,
  latestFact,
  type ProblemKind,
  reasonFor,
  whatRaisesMost,
} from '@clew/intake'

/** What is known about a problem: its kind, and every fact in the order learnt. */
export type CaseRow = { conversationId: ConversationId; kind: ProblemKind; facts: readonly Fact[] }

/** What the contact may know of: they may have typed the id of somebody else's request. */
export const withoutLogs = (row: CaseRow): CaseRow => ({
  ...row,
  facts: row.facts.filter(({ source }) => source !== 'log'),
})

/** The case as people see it: what holds now, what is missing, what this kind of problem does not need. */
export function caseView({ conversationId, kind, facts }: CaseRow): CaseView {
  const { given, missing, notNeeded, score } = completeness(kind, facts)
  const next = whatRaisesMost(kind, facts)
  return {
    conversationId,
    kind,
    facts: caseFields.flatMap((field) => factView(field, facts)),
    earlier: caseFields.flatMap((field) => earlierViews(field, facts)),
    missing: missing.flatMap(({ field, importance }) => {
      const reason = reasonFor(kind, field)
      return reason ? [{ field, importance, reason }] : []
    }),
    notNeeded,
    given: given.length,
    wanted: given.length + missing.length,
    score,
    ...(next ? { next: { field: next.field, gain: next.gain, reason: next.reason } } : {}),
  }
}

const earlierViews = (field: CaseField, facts: readonly Fact[]): EarlierValue[] =>
  historyOf(facts, field).map(({ value, at }) => ({ field, value, at }) as EarlierValue)

function factView(field: CaseField, facts: readonly Fact[]): FactView[] {
  const latest = latestFact(facts, field)
  const value = currentValues(facts)[field]
  if (!latest || !value) return []
  const { source, at, quote, confidence } = latest
  const reading = { ...(quote === undefined ? {} : { quote }), ...(confidence === undefined ? {} : { confidence }) }
  return [{ field, value, source, at, ...reading } as FactView]
}

/**
 * Of what a message says, what adds to the case. The first words say what the problem is; what comes later does not
 * replace it.
 */
export function worthLearning(known: readonly Fact[], said: readonly Fact[]): Fact[] {
  const hasProblem = known.some(({ field }) => field === 'problem')
  return said.filter((fact) => !(hasProblem && fact.field === 'problem') && !isVaguer(fact, known))
}

/** "Today" does not replace a moment that is known to the minute. */
const isVaguer = (fact: Fact, known: readonly Fact[]): boolean =>
  fact.field === 'timestamps' &&
  fact.value.utc === undefined &&
  known.some((each) => each.field === 'timestamps' && each.value.utc !== undefined)

/** As machines say a moment, for people: to the second. `at` is ISO 8601 in UTC. */
export const saidInUtc = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`

/** Facts that say something that was not known before. */
export function newFacts(known: readonly Fact[], found: readonly Fact[]): Fact[] {
  const before = JSON.stringify(currentValues(known))
  return found.filter((fact) => JSON.stringify(currentValues([...known, fact])) !== before)
}
