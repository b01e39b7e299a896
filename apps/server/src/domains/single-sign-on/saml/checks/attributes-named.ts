import type { Check } from '../refusal.ts'
import type { VerifiedSubject } from '../subjects.ts'
import { attributeOf, childrenNamed, ns } from '../xml/walk.ts'

/** Each attribute has a name; encrypted ones we cannot read, and to pass over them would hide a claim. */
export const attributesNamed: Check<VerifiedSubject> = {
  name: 'attributes-named',
  run: ({ assertion }) => {
    const statements = childrenNamed(assertion, [ns.assertion, 'AttributeStatement'])
    const encrypted = statements.flatMap((statement) =>
      childrenNamed(statement, [ns.assertion, 'EncryptedAttribute']),
    ).length
    const unnamed = statements
      .flatMap((statement) => childrenNamed(statement, [ns.assertion, 'Attribute']))
      .filter((attribute) => !attributeOf(attribute, 'Name')).length
    return encrypted + unnamed === 0
      ? undefined
      : { reason: 'saml.attributes_malformed', observed: { encrypted, unnamed } }
  },
}
