import { keyTransports, oaepHash } from '../algorithms.ts'
import { type Check, shown } from '../refusal.ts'
import type { EncryptionSubject } from '../subjects.ts'
import { keyTransportOf } from '../xml/encryption.ts'

/** RSA-OAEP. RSA 1.5 tells an attacker, message by message, what was encrypted. */
export const allowedKeyTransport: Check<EncryptionSubject> = {
  name: 'allowed-key-transport',
  run: ({ encrypted }) => {
    const transport = keyTransportOf(encrypted)
    if (oaepHash(transport)) return undefined
    const { algorithm, digest, mask } = transport
    const observed = { algorithm: shown(algorithm), digest: shown(digest), mask: shown(mask) }
    return { reason: 'saml.key_transport_refused', observed, expected: { algorithms: keyTransports } }
  },
}
