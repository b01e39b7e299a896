import { digestAlgorithms } from '../algorithms.ts'
import { type Check, shown } from '../refusal.ts'
import type { SignatureSubject } from '../subjects.ts'
import { attributeOf, descendants } from '../xml/walk.ts'

export const allowedDigestAlgorithm: Check<SignatureSubject> = {
  name: 'allowed-digest-algorithm',
  run: ({ signature }) => {
    const method = descendants(signature).find(({ local }) => local === 'DigestMethod')
    const algorithm = attributeOf(method, 'Algorithm')
    if (algorithm !== undefined && digestAlgorithms.has(algorithm)) return undefined
    const observed = { algorithm: shown(algorithm) }
    return { reason: 'saml.digest_algorithm_refused', observed, expected: { algorithms: [...digestAlgorithms.keys()] } }
  },
}
