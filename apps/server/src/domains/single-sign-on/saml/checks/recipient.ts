import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { confirmationOf } from '../xml/assertion.ts'
import { attributeOf } from '../xml/walk.ts'

/** An assertion given to another service of the same provider must not open ours. */
export const recipient: Check<VerifiedSubject> = {
  name: 'recipient',
  run: ({ assertion, input }) => {
    const found = attributeOf(confirmationOf(assertion), 'Recipient')
    const expected = input.connection.acsUrl
    if (found === expected) return undefined
    return { reason: 'saml.wrong_recipient', observed: { recipient: shown(found) }, expected: { recipient: expected } }
  },
}
