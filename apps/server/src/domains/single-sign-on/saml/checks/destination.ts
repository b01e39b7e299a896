import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { attributeOf } from '../xml/walk.ts'

export const destination: Check<VerifiedSubject> = {
  name: 'destination',
  run: ({ response, input }) => {
    const found = attributeOf(response, 'Destination')
    const expected = input.connection.acsUrl
    if (found === expected) return undefined
    return {
      reason: 'saml.wrong_destination',
      observed: { destination: shown(found) },
      expected: { destination: expected },
    }
  },
}
