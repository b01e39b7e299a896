import { type Check, shown } from '../refusal.ts'
import type { Message } from '../subjects.ts'
import type { XmlElement } from '../xml/reader.ts'
import { isNamed, ns } from '../xml/walk.ts'

/** At most one signature in the response and one in its assertion, each a direct child, and none elsewhere. */
export const signaturesInPlace: Check<Message> = {
  name: 'signatures-in-place',
  run: ({ root, tree }) => {
    const owners = new Set<XmlElement>()
    for (const { local, namespace, parent } of tree.elements) {
      // The library looks for SignedInfo by this name alone, anywhere.
      const isStray = local === 'SignedInfo' && parent?.local !== 'Signature'
      if (!isStray && local !== 'Signature') continue
      if (isStray || !parent || !isOwner(parent, root) || owners.has(parent) || namespace !== ns.signature)
        return { reason: 'saml.signature_misplaced', observed: { element: local, inside: shown(parent?.local) } }
      owners.add(parent)
    }
    return undefined
  },
}

const isOwner = (element: XmlElement, root: XmlElement) =>
  element === root || (element.parent === root && isNamed(element, [ns.assertion, 'Assertion']))
