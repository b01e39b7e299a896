import type { Check } from '../refusal.ts'
import type { SignatureSubject } from '../subjects.ts'
import { descendants } from '../xml/walk.ts'

export const oneReference: Check<SignatureSubject> = {
  name: 'one-reference',
  run: ({ signature }) => {
    const references = descendants(signature).filter(({ local }) => local === 'Reference').length
    if (references === 1) return undefined
    return { reason: 'saml.reference_count', observed: { references }, expected: { references: 1 } }
  },
}
