/** Short hands for writing labelled messages down. */

import type { EvaluatedMessage, Extracted } from './evaluate-extraction.ts'

export type FreshMessage = EvaluatedMessage & { extracted: Extracted; optional?: string[] }

const now = '2026-10-06T12:00:00Z'
export const said = (message: string, extracted: Extracted = {}, more: Partial<FreshMessage> = {}): FreshMessage => ({
  locale: /\p{Script=Greek}/u.test(message) ? 'el' : 'en',
  context: { now },
  message,
  extracted,
  ...more,
})
export const answered = (question: string, message: string, extracted: Extracted): FreshMessage =>
  said(message, extracted, { context: { now, history: [{ from: 'assistant', text: question }] } })
export const corrected = (before: string, message: string, extracted: Extracted): FreshMessage =>
  said(message, extracted, { context: { now, history: [{ from: 'contact', text: before }] } })
export const inGreece = (message: string, extracted: Extracted): FreshMessage =>
  said(message, extracted, { locale: 'el', context: { now, timeZone: 'Europe/Athens' } })
export const at = (iso: string, zone: string | null): { iso: string; zone: string | null } => ({ iso, zone })
export const athens = (iso: string): Extracted => ({ timestamps: [at(iso, 'Europe/Athens')] })
export const secret = (kind: string): Extracted => ({ secrets: [{ kind }] })
