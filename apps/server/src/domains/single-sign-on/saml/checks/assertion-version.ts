import { type Check, shown } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { attributeOf } from '../xml/walk.ts'

export const assertionVersion: Check<VerifiedSubject> = {
  name: 'assertion-version',
  run: ({ assertion }) => {
    const version = attributeOf(assertion, 'Version')
    if (version === '2.0' && attributeOf(assertion, 'ID')) return undefined
    return { reason: 'saml.wrong_version', observed: { version: shown(version) }, expected: { version: '2.0' } }
  },
}
