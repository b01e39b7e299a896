import { exclusiveC14n } from '../algorithms.ts'
import { type Check, shown } from '../refusal.ts'
import type { SignatureSubject } from '../subjects.ts'
import { takesPrefixesOnly } from '../xml/inclusive-namespaces.ts'
import { attributeOf, descendants } from '../xml/walk.ts'

export const allowedCanonicalization: Check<SignatureSubject> = {
  name: 'allowed-canonicalization',
  run: ({ signature }) => {
    const method = descendants(signature).find(({ local }) => local === 'CanonicalizationMethod')
    const algorithm = attributeOf(method, 'Algorithm')
    if (method && takesPrefixesOnly(method) && algorithm === exclusiveC14n) return undefined
    const observed = { algorithm: shown(algorithm) }
    return { reason: 'saml.canonicalization_refused', observed, expected: { algorithm: exclusiveC14n } }
  },
}
