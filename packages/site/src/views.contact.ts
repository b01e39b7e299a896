import type { CaseField } from '@clew/intake/facts'

/** Every field of the form, in the order of the ten categories. */
export const contactFields = [
  'kind',
  'problem',
  'email',
  'plan',
  'billing_email',
  'steps',
  'date',
  'time',
  'time_zone',
  'request_id',
  'completion_id',
  'files',
  'snippet',
  'environment',
  'network',
  'vpn',
  'workspace_id',
  'workspace_name',
  'assistant_id',
  'policy_message',
  'har',
] as const
export type ContactField = (typeof contactFields)[number]

export const contactKinds = ['ui_problem', 'upload', 'api_error', 'sign_in', 'billing', 'policy', 'other'] as const
export type ContactKind = (typeof contactKinds)[number]

export const contactPlans = ['Free', 'Plus', 'Team', 'Business', 'Enterprise'] as const
export const contactNetworks = ['corporate', 'home', 'mobile', 'public'] as const
export const contactTunnels = ['none', 'vpn', 'proxy'] as const

export type ContactError =
  | 'required'
  | 'email_invalid'
  | 'too_long'
  | 'choice_invalid'
  | 'date_invalid'
  | 'time_invalid'
  | 'in_future'
  | 'zone_invalid'
  | 'file_too_large'
  | 'file_empty'
  | 'file_too_many'
  | 'file_refused'

/** A file that has come with the form, so that it need not be chosen again. */
export interface ContactFile {
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
  readonly isCapture: boolean
}

export interface ContactView {
  readonly csrfToken: string
  /** Decides which fields matter. Without it the kind is asked for first. */
  readonly kind?: ContactKind
  readonly values?: Partial<Record<ContactField, string>>
  readonly errors?: Partial<Record<ContactField, ContactError>>
  /** Refused as a whole: too many at once, open for too long, or filled in as no person does. */
  readonly problem?: 'rate_limited' | 'form_expired' | 'not_stored' | 'looks_automatic'
  readonly files?: readonly ContactFile[]
  /** What the browser says of itself, shown before somebody agrees to send it. */
  readonly browser?: string
  readonly sendsBrowser?: boolean
  readonly progress?: FormProgress
  /** The article from which the reader came, and the steps tried there. */
  readonly article?: { readonly slug: string; readonly title: string; readonly tried: readonly TriedStep[] }
  /** What was searched for before. */
  readonly searchedFor?: string
  readonly timeZones: readonly string[]
  /** How captures are cleaned here, for the script that does it before they are sent. */
  readonly operator?: unknown
}

/** How complete the form is for its kind of problem, and which category would raise it most. */
export interface FormProgress {
  /** 0–100. */
  readonly score: number
  readonly next?: CaseField
}

export interface TriedStep {
  readonly id: string
  readonly title: string
}

export const maskedKinds = [
  'private_key',
  'api_key',
  'jwt',
  'bearer',
  'password',
  'one_time_code',
  'cookie',
  'card',
  'secret',
] as const
export type MaskedKind = (typeof maskedKinds)[number]

export interface ContactSentView {
  /** The number that people say aloud, such as C-1042. */
  readonly reference: string
  readonly score?: number
  /** What would still help most. */
  readonly next?: string
  /** Kinds of secret that were masked before anything was stored. */
  readonly masked?: readonly MaskedKind[]
}
