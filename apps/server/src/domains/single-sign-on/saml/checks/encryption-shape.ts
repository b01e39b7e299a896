import type { Check } from '../refusal.ts'
import type { EncryptionSubject } from '../subjects.ts'
import { descendants, isNamed, ns, onlyChild } from '../xml/walk.ts'

/** One EncryptedData under one EncryptedKey, and no pointer to data elsewhere. */
export const encryptionShape: Check<EncryptionSubject> = {
  name: 'encryption-shape',
  run: ({ encrypted }) => {
    const inside = descendants(encrypted)
    const count = (local: string) => inside.filter((element) => isNamed(element, [ns.encryption, local])).length
    const observed = { data: count('EncryptedData'), keys: count('EncryptedKey'), references: count('CipherReference') }
    const isPlain = observed.data === 1 && observed.keys === 1 && observed.references === 0
    const isDirect = onlyChild(encrypted, [ns.encryption, 'EncryptedData']) !== undefined
    return isPlain && isDirect && count('CipherValue') === 2
      ? undefined
      : { reason: 'saml.encryption_malformed', observed }
  },
}
