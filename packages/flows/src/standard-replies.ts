import type { LocalText, StepOutcome } from './flow.ts'

/** Replies that need no words of their own: a flow names them, and everybody reads the same. */
export const standardReplies = {
  worked: { label: { en: 'That worked', el: 'Λύθηκε' }, outcome: 'fixed' },
  'still-fails': { label: { en: 'Still fails', el: 'Δεν λύθηκε' }, outcome: 'not_fixed' },
  'not-possible': { label: { en: 'I cannot do this here', el: 'Δεν μπορώ να το κάνω εδώ' }, outcome: 'not_possible' },
  skip: { label: { en: 'Skip this', el: 'Παράλειψη' }, outcome: 'skipped' },
  'not-sure': { label: { en: 'I do not know', el: 'Δεν ξέρω' }, outcome: 'skipped' },
} as const satisfies Record<string, { label: LocalText; outcome: StepOutcome }>

export type StandardReply = keyof typeof standardReplies

export const isStandardReply = (id: string): id is StandardReply => Object.hasOwn(standardReplies, id)
