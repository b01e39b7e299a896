import { type Check, shown } from '../refusal.ts'
import type { Message } from '../subjects.ts'
import { isNamed, ns } from '../xml/walk.ts'

const local = new Set(['Assertion', 'EncryptedAssertion'])

/** Directly inside the response, and of SAML's own namespace. */
export const assertionInPlace: Check<Message> = {
  name: 'assertion-in-place',
  run: ({ root, tree }) => {
    const found = tree.elements.find((element) => local.has(element.local))
    const isOurs =
      found && (isNamed(found, [ns.assertion, 'Assertion']) || isNamed(found, [ns.assertion, 'EncryptedAssertion']))
    if (isOurs && found.parent === root) return undefined
    return { reason: 'saml.assertion_misplaced', observed: { inside: shown(found?.parent?.local) } }
  },
}
