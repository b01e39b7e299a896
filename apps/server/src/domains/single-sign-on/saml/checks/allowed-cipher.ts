import { contentCiphers } from '../algorithms.ts'
import { type Check, shown } from '../refusal.ts'
import type { EncryptionSubject } from '../subjects.ts'
import { cipherAlgorithmOf } from '../xml/encryption.ts'

export const allowedCipher: Check<EncryptionSubject> = {
  name: 'allowed-cipher',
  run: ({ encrypted }) => {
    const algorithm = cipherAlgorithmOf(encrypted)
    if (contentCiphers.has(algorithm)) return undefined
    const observed = { algorithm: shown(algorithm) }
    return { reason: 'saml.cipher_refused', observed, expected: { algorithms: [...contentCiphers.keys()] } }
  },
}
