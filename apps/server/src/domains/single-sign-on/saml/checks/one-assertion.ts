import type { Check } from '../refusal.ts'
import type { Message } from '../subjects.ts'

const names = new Set(['Assertion', 'EncryptedAssertion'])

/** Counted by local name anywhere in the document: a look-alike of another namespace is one too many. */
export const oneAssertion: Check<Message> = {
  name: 'one-assertion',
  run: ({ tree }) => {
    const assertions = tree.elements.filter(({ local }) => names.has(local)).length
    if (assertions === 1) return undefined
    return { reason: assertions === 0 ? 'saml.no_assertion' : 'saml.several_assertions', observed: { assertions } }
  },
}
