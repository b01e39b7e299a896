import { type Check, shown } from '../refusal.ts'
import type { SignatureSubject } from '../subjects.ts'
import { attributeOf, descendants } from '../xml/walk.ts'

/** The signature speaks of the element that it stands in, by its ID: not of the whole document, not of another. */
export const referenceToOwner: Check<SignatureSubject> = {
  name: 'reference-to-owner',
  run: ({ signature, owner }) => {
    const reference = descendants(signature).find(({ local }) => local === 'Reference')
    const uri = attributeOf(reference, 'URI')
    const id = attributeOf(owner, 'ID')
    if (id && uri === `#${id}`) return undefined
    const observed = { reference: shown(uri) }
    return { reason: 'saml.reference_elsewhere', observed, expected: { reference: shown(`#${id ?? ''}`) } }
  },
}
