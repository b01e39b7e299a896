import type { Check } from '../refusal.ts'
import type { Message } from '../subjects.ts'
import { isNamed, ns } from '../xml/walk.ts'

/** Without any signature there is nothing to examine, unless one may be inside what is encrypted. */
export const signedOrEncrypted: Check<Message> = {
  name: 'signed-or-encrypted',
  run: ({ tree }) => {
    const promises = tree.elements.some(
      (element) =>
        isNamed(element, [ns.signature, 'Signature']) || isNamed(element, [ns.assertion, 'EncryptedAssertion']),
    )
    return promises ? undefined : { reason: 'saml.signature_missing' }
  },
}
