import { type Check, shown } from '../refusal.ts'
import type { Message } from '../subjects.ts'
import { isNamed, ns } from '../xml/walk.ts'

export const isResponse: Check<Message> = {
  name: 'is-response',
  run: ({ root, tree }) => {
    const responses = tree.elements.filter(({ local }) => local === 'Response').length
    if (isNamed(root, [ns.protocol, 'Response']) && responses === 1) return undefined
    return { reason: 'saml.not_a_response', observed: { root: shown(root.local), responses } }
  },
}
