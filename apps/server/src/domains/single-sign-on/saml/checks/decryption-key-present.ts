import type { Check } from '../refusal.ts'
import type { EncryptionSubject } from '../subjects.ts'

export const decryptionKeyPresent: Check<EncryptionSubject> = {
  name: 'decryption-key-present',
  run: ({ connection }) => (connection.decryptionKeys?.length ? undefined : { reason: 'saml.decryption_key_missing' }),
}
