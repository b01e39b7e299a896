import type { Check } from '../refusal.ts'
import { clockSkewMs, type VerifiedSubject } from '../subjects.ts'
import { conditionsOf, instantOf } from '../xml/assertion.ts'
import { timeFacts } from './time-facts.ts'

export const notOnOrAfter: Check<VerifiedSubject> = {
  name: 'not-on-or-after',
  run: ({ assertion, input: { now } }) => {
    const end = instantOf(conditionsOf(assertion), 'NotOnOrAfter')
    if (now.getTime() < end + clockSkewMs) return undefined
    return { reason: 'saml.expired', ...timeFacts('notOnOrAfter', end, now) }
  },
}
