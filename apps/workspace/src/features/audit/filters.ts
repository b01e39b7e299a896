import type { AuditFilter, AuditOutcome } from '@clew/contract/audit'

/** What the reader has chosen; the filter of a call is worked out from it. */
export type Chosen = { actor: string; what: What | ''; outcome: AuditOutcome | ''; when: When; text: string }

export const nothingChosen: Chosen = { actor: '', what: '', outcome: '', when: 'any_time', text: '' }

const actionsOf = {
  people: 'user.,role.,group.,seat.',
  sign_in: 'auth.,session.,mfa.',
  sso: 'sso.,domain.,scim.',
  data: 'export.,retention.,hold.,erasure.,usage.',
  reads: 'case.,attachment.,capture.,user.members_listed,organisation.viewed_by_team',
  settings: 'policy.,settings.,api_key.,organisation.,identity_key.,connector.,link.',
  content: 'flow.,macro.,incident.,component.',
  audit: 'audit.',
} as const
export type What = keyof typeof actionsOf
export const whats = Object.keys(actionsOf) as readonly What[]

const dayMs = 86_400_000
const spans = {
  any_time: undefined,
  last_day: dayMs,
  last_week: 7 * dayMs,
  last_month: 30 * dayMs,
  last_year: 365 * dayMs,
}
export type When = keyof typeof spans
export const whens = Object.keys(spans) as readonly When[]

/** The beginning is cut to the minute, so that the same choice asks the same question for a while. */
export function filterOf({ actor, what, outcome, when, text }: Chosen, now: number): AuditFilter {
  const span = spans[when]
  return {
    ...(actor === '' ? {} : { actor }),
    ...(what === '' ? {} : { actions: actionsOf[what] }),
    ...(outcome === '' ? {} : { outcome }),
    ...(span === undefined ? {} : { from: new Date(Math.floor((now - span) / 60_000) * 60_000).toISOString() }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  }
}
