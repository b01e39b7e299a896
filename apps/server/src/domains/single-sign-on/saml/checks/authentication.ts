import type { Check } from '../refusal.ts'
import { clockSkewMs, type VerifiedSubject } from '../subjects.ts'
import { authenticationsOf, instantOf } from '../xml/assertion.ts'
import { attributeOf } from '../xml/walk.ts'
import { timeFacts } from './time-facts.ts'

/** The provider says that it saw the person sign in, and its own session has not ended since. */
export const authentication: Check<VerifiedSubject> = {
  name: 'authentication',
  run: ({ assertion, input: { now } }) => {
    const statements = authenticationsOf(assertion)
    if (statements.length === 0) return { reason: 'saml.authentication_missing' }
    for (const statement of statements) {
      if (attributeOf(statement, 'SessionNotOnOrAfter') === undefined) continue
      const end = instantOf(statement, 'SessionNotOnOrAfter')
      if (!(now.getTime() < end + clockSkewMs))
        return { reason: 'saml.session_expired', ...timeFacts('sessionNotOnOrAfter', end, now) }
    }
    return undefined
  },
}
