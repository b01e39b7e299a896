import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { conditionsOf } from '../xml/assertion.ts'
import { childrenNamed, ns, textOf } from '../xml/walk.ts'

/** At least one restriction, and each of them names us. */
export const audience: Check<VerifiedSubject> = {
  name: 'audience',
  run: ({ assertion, input }) => {
    const conditions = conditionsOf(assertion)
    const restrictions = conditions ? childrenNamed(conditions, [ns.assertion, 'AudienceRestriction']) : []
    const audiences = restrictions.map((restriction) =>
      childrenNamed(restriction, [ns.assertion, 'Audience']).map((element) => textOf(element).trim()),
    )
    const expected = input.connection.serviceProviderId
    if (audiences.length > 0 && audiences.every((named) => named.includes(expected))) return undefined
    const observed = { audiences: audiences.flat().map(shown) }
    return { reason: 'saml.wrong_audience', observed, expected: { audience: expected } }
  },
}
