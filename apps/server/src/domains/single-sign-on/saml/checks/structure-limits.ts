import type { Check } from '../refusal.ts'
import type { XmlTree } from '../xml/reader.ts'

const limits = { elements: 3000, attributes: 6000, prefixes: 32 }

/** Above what a provider sends with a thousand groups, below what makes canonicalisation slow. */
export const structureLimits: Check<XmlTree> = {
  name: 'structure-limits',
  run: ({ elements }) => {
    const scopes = new Set(elements.map(({ scope }) => scope))
    const prefixes = new Set([...scopes].flatMap(({ own }) => [...own.keys()])).size
    const attributes = elements.reduce((sum, element) => sum + element.attributes.length, 0)
    const observed = { elements: elements.length, attributes, prefixes }
    const isWithin =
      observed.elements <= limits.elements && attributes <= limits.attributes && prefixes <= limits.prefixes
    return isWithin ? undefined : { reason: 'saml.too_complex', observed, expected: limits }
  },
}
