import type { Case, CaseField, EarlierValue, Fact } from '@clew/contract/cases'

// An object rather than a list: the compiler sees when the contract gains a category that is missing here.
const readingOrder: Record<CaseField, number> = {
  problem: 1,
  steps: 2,
  timestamps: 3,
  request_ids: 4,
  environment: 5,
  account: 6,
  workspace: 7,
  visuals: 8,
  assistant_id: 9,
  policy_message: 10,
}

/** The ten categories in the order in which an agent reads them. */
export const caseFields = Object.keys(readingOrder) as CaseField[]

export type FactRow =
  | {
      readonly field: CaseField
      readonly state: 'given' | 'inferred'
      readonly fact: Fact
      /** What it was corrected from, latest first. */
      readonly earlier: readonly EarlierValue[]
      /** How sure the reading is, 0–1, where that is little. */
      readonly unsure?: number
    }
  | {
      readonly field: CaseField
      readonly state: 'gap'
      readonly importance: 'needed' | 'helpful'
      readonly reason: string
      /** How many points it would add, for the one that adds most. */
      readonly gain?: number
    }
  | { readonly field: CaseField; readonly state: 'not_needed' }

// At this and below an agent does well to ask again.
const littleSure = 0.7

/** Known facts, gaps that matter, and what does not matter here: one row each, always ten. */
export function factRows(known: Case): FactRow[] {
  const rows = caseFields.map((field) => factRow(known, field))
  return [...rows.filter(({ state }) => state !== 'not_needed'), ...rows.filter(({ state }) => state === 'not_needed')]
}

function factRow(known: Case, field: CaseField): FactRow {
  const fact = known.facts.findLast((candidate) => candidate.field === field)
  // What the assistant read out of the words is a guess until someone confirms it.
  if (fact !== undefined)
    return {
      field,
      state: fact.source === 'assistant' ? 'inferred' : 'given',
      fact,
      earlier: known.earlier.filter((value) => value.field === field).reverse(),
      ...(fact.confidence === undefined || fact.confidence > littleSure ? {} : { unsure: fact.confidence }),
    }
  const missing = known.missing.find((candidate) => candidate.field === field)
  if (missing !== undefined) {
    const { importance, reason } = missing
    return {
      field,
      state: 'gap',
      importance,
      reason,
      ...(known.next?.field === field ? { gain: known.next.gain } : {}),
    }
  }
  return { field, state: 'not_needed' }
}

/** What to ask for: the needed first, then what would help. */
export const gapsOf = (known: Case): CaseField[] =>
  [...known.missing]
    .sort((a, b) => Number(b.importance === 'needed') - Number(a.importance === 'needed'))
    .map(({ field }) => field)
