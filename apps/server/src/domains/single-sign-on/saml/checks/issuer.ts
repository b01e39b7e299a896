import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { childrenNamed, ns, onlyChild, textOf } from '../xml/walk.ts'

/** The provider of this connection, in the assertion always and in the response if it says. */
export const issuer: Check<VerifiedSubject> = {
  name: 'issuer',
  run: ({ response, assertion, input }) => {
    const expected = input.connection.identityProviderId
    const ofAssertion = onlyChild(assertion, [ns.assertion, 'Issuer'])
    const ofResponse = childrenNamed(response, [ns.assertion, 'Issuer'])
    const found = [...ofResponse, ...(ofAssertion ? [ofAssertion] : [])].map((element) => textOf(element).trim())
    if (ofAssertion && ofResponse.length <= 1 && found.every((value) => value === expected)) return undefined
    return { reason: 'saml.wrong_issuer', observed: { issuers: found.map(shown) }, expected: { issuer: expected } }
  },
}
