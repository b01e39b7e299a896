import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { confirmationOf } from '../xml/assertion.ts'
import { attributeOf } from '../xml/walk.ts'

/**
 * The request is named by the assertion, which is signed, and by the response, which may not be: both say the same.
 * It is one that this browser has open; without one, only a connection that allows it is signed in from outside.
 */
export const answersRequest: Check<VerifiedSubject> = {
  name: 'answers-request',
  run: ({ response, assertion, input }) => {
    const inAssertion = attributeOf(confirmationOf(assertion), 'InResponseTo')
    const inResponse = attributeOf(response, 'InResponseTo')
    const observed = { assertion: shown(inAssertion), response: shown(inResponse) }
    if (inAssertion !== inResponse) return { reason: 'saml.request_mismatch', observed }
    if (inAssertion === undefined)
      return input.connection.allowUnsolicited ? undefined : { reason: 'saml.unsolicited', observed }
    const expected = { pendingRequests: input.pendingRequestIds.length }
    return input.pendingRequestIds.includes(inAssertion)
      ? undefined
      : { reason: 'saml.unknown_request', observed, expected }
  },
}
