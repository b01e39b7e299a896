import type { Check } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { conditionsOf } from '../xml/assertion.ts'

export const conditionsPresent: Check<VerifiedSubject> = {
  name: 'conditions-present',
  run: ({ assertion }) => (conditionsOf(assertion) ? undefined : { reason: 'saml.conditions_missing' }),
}
