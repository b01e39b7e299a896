import { type CaseField, caseFields } from './facts.ts'

export const problemKinds = [
  'api_error',
  'ui_problem',
  'upload',
  'sign_in',
  'sso',
  'billing',
  'policy',
  'streaming',
  'outage',
  'admin',
  'privacy',
  'other',
] as const
export type ProblemKind = (typeof problemKinds)[number]

export type Importance = 'needed' | 'helpful'

/** Why something is asked for, said to the person: each is the end of a message key `intake.why_…`. */
export const reasons = [
  'problem',
  'steps',
  'timestamps_records',
  'timestamps_incident',
  'timestamps_charge',
  'timestamps_audit',
  'account',
  'account_sign_in',
  'account_plan',
  'account_owner',
  'request_ids',
  'visuals',
  'visuals_code',
  'environment',
  'environment_network',
  'environment_session',
  'workspace',
  'workspace_keys',
  'assistant_id',
  'policy_message',
] as const
export type Reason = (typeof reasons)[number]

type Wanted = Partial<Record<CaseField, Reason>>
type Needs = { needed: Wanted; helpful: Wanted; har: Importance | 'not_needed' }

/** Which of the ten categories matter for which kind of problem, and why, most telling first; the rest is not asked for. */
const needs: Record<ProblemKind, Needs> = {
  api_error: {
    needed: { problem: 'problem', request_ids: 'request_ids', timestamps: 'timestamps_records' },
    helpful: { account: 'account_plan', workspace: 'workspace_keys', steps: 'steps', visuals: 'visuals_code' },
    har: 'not_needed',
  },
  ui_problem: {
    needed: { problem: 'problem', environment: 'environment', timestamps: 'timestamps_records', steps: 'steps' },
    helpful: { account: 'account', visuals: 'visuals', workspace: 'workspace', assistant_id: 'assistant_id' },
    har: 'helpful',
  },
  upload: {
    needed: { problem: 'problem', timestamps: 'timestamps_records', environment: 'environment_network' },
    helpful: { steps: 'steps', account: 'account_plan', visuals: 'visuals', request_ids: 'request_ids' },
    har: 'helpful',
  },
  sign_in: {
    needed: { problem: 'problem', account: 'account_sign_in', timestamps: 'timestamps_records' },
    helpful: { environment: 'environment_session', workspace: 'workspace', visuals: 'visuals', steps: 'steps' },
    har: 'helpful',
  },
  sso: {
    needed: { problem: 'problem', account: 'account_sign_in', workspace: 'workspace' },
    helpful: {
      timestamps: 'timestamps_records',
      environment: 'environment_session',
      visuals: 'visuals',
      steps: 'steps',
    },
    har: 'helpful',
  },
  billing: {
    needed: { problem: 'problem', account: 'account_plan' },
    helpful: { workspace: 'workspace', visuals: 'visuals', timestamps: 'timestamps_charge' },
    har: 'not_needed',
  },
  policy: {
    needed: { problem: 'problem', policy_message: 'policy_message', timestamps: 'timestamps_records' },
    helpful: { account: 'account', request_ids: 'request_ids', assistant_id: 'assistant_id', visuals: 'visuals' },
    har: 'not_needed',
  },
  streaming: {
    needed: { problem: 'problem', timestamps: 'timestamps_records', environment: 'environment_network' },
    helpful: { request_ids: 'request_ids', account: 'account', visuals: 'visuals_code', steps: 'steps' },
    har: 'helpful',
  },
  outage: {
    needed: { problem: 'problem', timestamps: 'timestamps_incident' },
    helpful: { environment: 'environment_network', account: 'account', visuals: 'visuals', workspace: 'workspace' },
    har: 'not_needed',
  },
  admin: {
    needed: { problem: 'problem', workspace: 'workspace' },
    helpful: { account: 'account_plan', timestamps: 'timestamps_audit', steps: 'steps', visuals: 'visuals' },
    har: 'not_needed',
  },
  privacy: {
    needed: { problem: 'problem', account: 'account_owner' },
    helpful: { workspace: 'workspace', timestamps: 'timestamps_audit' },
    har: 'not_needed',
  },
  other: {
    needed: { problem: 'problem' },
    helpful: {
      account: 'account',
      timestamps: 'timestamps_records',
      environment: 'environment',
      visuals: 'visuals',
      steps: 'steps',
    },
    har: 'not_needed',
  },
}

export type FieldNeed = { field: CaseField; importance: Importance; reason: Reason }

export function fieldNeeds(kind: ProblemKind): FieldNeed[] {
  const { needed, helpful } = needs[kind]
  return [...needsOf(needed, 'needed'), ...needsOf(helpful, 'helpful')]
}

const needsOf = (wanted: Wanted, importance: Importance): FieldNeed[] =>
  (Object.entries(wanted) as [CaseField, Reason][]).map(([field, reason]) => ({ field, importance, reason }))

const needOf = (kind: ProblemKind, field: CaseField): FieldNeed | undefined =>
  fieldNeeds(kind).find((need) => need.field === field)

export function importanceOf(kind: ProblemKind, field: CaseField): Importance | 'not_needed' {
  return needOf(kind, field)?.importance ?? 'not_needed'
}

/** The message key that says why a field is asked for; undefined where it is not. */
export function reasonFor(kind: ProblemKind, field: CaseField): `intake.why_${Reason}` | undefined {
  const need = needOf(kind, field)
  return need && `intake.why_${need.reason}`
}

export function fieldsNotNeeded(kind: ProblemKind): CaseField[] {
  return caseFields.filter((field) => importanceOf(kind, field) === 'not_needed')
}

/** Whether a HAR capture is worth asking for. */
export function harImportance(kind: ProblemKind): Importance | 'not_needed' {
  return needs[kind].har
}
