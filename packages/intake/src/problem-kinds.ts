import { type CaseField, caseFields } from './facts.ts'

export const problemKinds = ['api_error', 'ui_problem', 'upload', 'sign_in', 'billing', 'policy', 'other'] as const
export type ProblemKind = (typeof problemKinds)[number]

export type Importance = 'needed' | 'helpful'

type Needs = { needed: readonly CaseField[]; helpful: readonly CaseField[]; har: Importance | 'not_needed' }

/** Which of the ten categories matter for which kind of problem, most telling first; what is not listed is not asked for. */
const needs: Record<ProblemKind, Needs> = {
  api_error: {
    needed: ['problem', 'request_ids', 'timestamps'],
    helpful: ['account', 'workspace', 'steps', 'visuals'],
    har: 'not_needed',
  },
  ui_problem: {
    needed: ['problem', 'environment', 'timestamps', 'steps'],
    helpful: ['account', 'visuals', 'workspace', 'assistant_id'],
    har: 'helpful',
  },
  upload: {
    needed: ['problem', 'timestamps', 'environment'],
    helpful: ['steps', 'account', 'visuals', 'request_ids'],
    har: 'helpful',
  },
  sign_in: {
    needed: ['problem', 'account', 'timestamps'],
    helpful: ['environment', 'workspace', 'visuals', 'steps'],
    har: 'helpful',
  },
  billing: {
    needed: ['problem', 'account'],
    helpful: ['workspace', 'visuals', 'timestamps'],
    har: 'not_needed',
  },
  policy: {
    needed: ['problem', 'policy_message', 'timestamps'],
    helpful: ['account', 'request_ids', 'assistant_id', 'visuals'],
    har: 'not_needed',
  },
  other: {
    needed: ['problem'],
    helpful: ['account', 'timestamps', 'environment', 'visuals', 'steps'],
    har: 'not_needed',
  },
}

export function fieldNeeds(kind: ProblemKind): { field: CaseField; importance: Importance }[] {
  const { needed, helpful } = needs[kind]
  return [
    ...needed.map((field) => ({ field, importance: 'needed' as const })),
    ...helpful.map((field) => ({ field, importance: 'helpful' as const })),
  ]
}

export function importanceOf(kind: ProblemKind, field: CaseField): Importance | 'not_needed' {
  return fieldNeeds(kind).find((need) => need.field === field)?.importance ?? 'not_needed'
}

export function fieldsNotNeeded(kind: ProblemKind): CaseField[] {
  return caseFields.filter((field) => importanceOf(kind, field) === 'not_needed')
}

/** Whether a HAR capture is worth asking for. */
export function harImportance(kind: ProblemKind): Importance | 'not_needed' {
  return needs[kind].har
}
