import type { Check } from '../refusal.ts'
import type { SignatureSubject } from '../subjects.ts'
import type { XmlElement } from '../xml/reader.ts'
import { childElements, ns, textOf } from '../xml/walk.ts'

const shapes: ReadonlyMap<string, RegExp> = new Map([
  ['Signature', /^SignedInfo SignatureValue( KeyInfo)?$/],
  ['SignedInfo', /^CanonicalizationMethod SignatureMethod( Reference)+$/],
  ['Reference', /^Transforms DigestMethod DigestValue$/],
  ['Transforms', /^Transform( Transform)*$/],
  ['SignatureMethod', /^$/],
  ['DigestMethod', /^$/],
])
const values = new Set(['SignatureValue', 'DigestValue'])

/**
 * Exactly the elements of a plain signature in their order, once each. A second SignedInfo, an Object that
 * carries something, markup inside a value: each has at one time let a verifier check one thing and use another.
 */
export const signatureShape: Check<SignatureSubject> = {
  name: 'signature-shape',
  run: ({ signature }) => {
    const broken = firstBroken(signature)
    return broken && { reason: 'saml.signature_malformed', observed: { element: broken.local } }
  },
}

function firstBroken(element: XmlElement): XmlElement | undefined {
  const children = childElements(element)
  if (values.has(element.local)) return isValue(element) ? undefined : element
  const shape = shapes.get(element.local)
  const isForeign = children.some(({ namespace }) => namespace !== ns.signature)
  if (shape && (isForeign || !shape.test(children.map(({ local }) => local).join(' ')))) return element
  for (const child of children) {
    if (child.local === 'KeyInfo') continue
    const broken = shape && firstBroken(child)
    if (broken) return broken
  }
  return undefined
}

const isValue = (element: XmlElement) =>
  childElements(element).length === 0 && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(textOf(element))
