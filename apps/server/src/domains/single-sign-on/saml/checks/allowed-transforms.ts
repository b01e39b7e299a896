import { envelopedSignature, exclusiveC14n } from '../algorithms.ts'
import { type Check, shown } from '../refusal.ts'
import type { SignatureSubject } from '../subjects.ts'
import { takesPrefixesOnly } from '../xml/inclusive-namespaces.ts'
import { attributeOf, descendants } from '../xml/walk.ts'

const allowed = [envelopedSignature, exclusiveC14n]

/** XPath and XSLT let the sender choose what is hashed; c14n with comments and inclusive c14n are not needed. */
export const allowedTransforms: Check<SignatureSubject> = {
  name: 'allowed-transforms',
  run: ({ signature }) => {
    const transforms = descendants(signature).filter(({ local }) => local === 'Transform')
    const found = transforms.map((transform) => attributeOf(transform, 'Algorithm') ?? '')
    if (transforms.every(takesPrefixesOnly) && found.join(' ') === allowed.join(' ')) return undefined
    const observed = { transforms: found.slice(0, 8).map(shown) }
    return { reason: 'saml.transform_refused', observed, expected: { transforms: allowed } }
  },
}
