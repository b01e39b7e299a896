import type { Check } from '../refusal.ts'
import { clockSkewMs, type VerifiedSubject } from '../subjects.ts'
import { confirmationOf, instantOf } from '../xml/assertion.ts'
import { attributeOf } from '../xml/walk.ts'
import { timeFacts } from './time-facts.ts'

/** A bearer confirmation must end, and its end is ahead of us; a beginning is unusual and kept if given. */
export const confirmationWindow: Check<VerifiedSubject> = {
  name: 'confirmation-window',
  run: ({ assertion, input: { now } }) => {
    const confirmation = confirmationOf(assertion)
    const end = instantOf(confirmation, 'NotOnOrAfter')
    const begins = attributeOf(confirmation, 'NotBefore') !== undefined
    const start = begins ? instantOf(confirmation, 'NotBefore') : now.getTime()
    const isInside = now.getTime() < end + clockSkewMs && now.getTime() >= start - clockSkewMs
    if (isInside) return undefined
    return { reason: 'saml.confirmation_out_of_date', ...timeFacts('notOnOrAfter', end, now) }
  },
}
