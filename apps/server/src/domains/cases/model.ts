import type { Case as CaseView, Fact as FactView } from '@clew/contract/cases'
import type { ConversationId } from '@clew/contract/primitives'
import {
  type CaseField,
  caseFields,
  completeness,
  currentValues,
  type Fact,
  latestFact,
  type ProblemKind,
} from '@clew/intake'

/** What is known about a problem: its kind, and every fact in the order learnt. */
export type CaseRow = { conversationId: ConversationId; kind: ProblemKind; facts: readonly Fact[] }

/** The case as people see it: what holds now, what is missing, what this kind of problem does not need. */
export function caseView({ conversationId, kind, facts }: CaseRow): CaseView {
  const { given, missing, notNeeded } = completeness(kind, facts)
  return {
    conversationId,
    kind,
    facts: caseFields.flatMap((field) => factView(field, facts)),
    missing: missing.map(({ field, importance }) => ({ field, importance })),
    notNeeded,
    given: given.length,
    wanted: given.length + missing.length,
  }
}

function factView(field: CaseField, facts: readonly Fact[]): FactView[] {
  const latest = latestFact(facts, field)
  const value = currentValues(facts)[field]
  if (!latest || !value) return []
  const { source, at, quote } = latest
  return [{ field, value, source, at, ...(quote === undefined ? {} : { quote }) } as FactView]
}

/** Facts that say something that was not known before. */
export function newFacts(known: readonly Fact[], found: readonly Fact[]): Fact[] {
  const before = JSON.stringify(currentValues(known))
  return found.filter((fact) => JSON.stringify(currentValues([...known, fact])) !== before)
}
