import { type Check, shown } from '../refusal.ts'
import type { Message } from '../subjects.ts'
import { isNamed, ns } from '../xml/walk.ts'

/** What came out of the encryption is one assertion, with nothing of the kind inside and no signature but its own. */
export const decryptedAssertion: Check<Message> = {
  name: 'decrypted-assertion',
  run: ({ root, tree }) => {
    const assertions = tree.elements.filter(({ local }) => /^(Encrypted)?Assertion$/.test(local)).length
    if (!isNamed(root, [ns.assertion, 'Assertion']) || assertions !== 1)
      return { reason: 'saml.not_an_assertion', observed: { root: shown(root.local), assertions } }
    const signatures = tree.elements.filter(({ local }) => local === 'Signature')
    if (
      signatures.length > 1 ||
      signatures.some(({ parent, namespace }) => parent !== root || namespace !== ns.signature)
    )
      return { reason: 'saml.signature_misplaced', observed: { signatures: signatures.length } }
    return undefined
  },
}
