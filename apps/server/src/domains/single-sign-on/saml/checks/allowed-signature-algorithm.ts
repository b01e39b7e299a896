import { signatureAlgorithms } from '../algorithms.ts'
import { type Check, shown } from '../refusal.ts'
import type { SignatureSubject } from '../subjects.ts'
import { attributeOf, descendants } from '../xml/walk.ts'

/** RSA or ECDSA with SHA-2. An HMAC whose key is our copy of the public certificate is anybody's signature. */
export const allowedSignatureAlgorithm: Check<SignatureSubject> = {
  name: 'allowed-signature-algorithm',
  run: ({ signature }) => {
    const method = descendants(signature).find(({ local }) => local === 'SignatureMethod')
    const algorithm = attributeOf(method, 'Algorithm')
    if (algorithm !== undefined && signatureAlgorithms.has(algorithm)) return undefined
    const observed = { algorithm: shown(algorithm) }
    return {
      reason: 'saml.signature_algorithm_refused',
      observed,
      expected: { algorithms: [...signatureAlgorithms.keys()] },
    }
  },
}
