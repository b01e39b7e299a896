import type { SsoDiagnosis } from '@clew/contract/single-sign-on'
import type { SsoT } from './words.ts'

export const marks = {
  sent: ['ok', 'ok'],
  met: ['ok', 'ok'],
  differs: ['partial', 'partial'],
  not_it: ['maintenance', 'quiet'],
} as const

/** The server names what it found; the sentences for it are here. */
export function findingText(t: SsoT, finding: string, values: Readonly<Record<string, string>>): string {
  return t.find(`console-sso.found_${finding}`, { ...blank, ...values }) ?? finding
}

const blank = {
  address: '',
  account: '',
  name: '',
  connection: '',
  typed: '',
  domain: '',
  right: '',
  by: '',
  used: '',
  limit: '',
  invited: '',
}

export const verdictOf = (t: SsoT, { cause, values }: Pick<SsoDiagnosis, 'cause' | 'values'>): string =>
  t.find(`console-sso.cause_${cause}`, { ...blank, ...values }) ?? cause
