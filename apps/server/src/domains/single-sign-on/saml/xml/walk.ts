import { namespaceOf, type Scope, type XmlElement } from './reader.ts'

export const ns = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
  encryption11: 'http://www.w3.org/2009/xmlenc11#',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
} as const

/** A name together with its namespace: `saml:Issuer` of SAML, whatever prefix the document gave it. */
export type QName = readonly [namespace: string, local: string]

export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string')
}

export function isNamed(element: XmlElement, [namespace, local]: QName): boolean {
  return element.local === local && element.namespace === namespace
}

export function childrenNamed(element: XmlElement, name: QName): XmlElement[] {
  return childElements(element).filter((child) => isNamed(child, name))
}

/** The child of that name where there is exactly one. */
export function onlyChild(element: XmlElement | undefined, name: QName): XmlElement | undefined {
  const [first, second] = element ? childrenNamed(element, name) : []
  return second ? undefined : first
}

export function descendants(element: XmlElement): XmlElement[] {
  return childElements(element).flatMap((child) => [child, ...descendants(child)])
}

export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find((attribute) => attribute.name === name)?.value
}

/** All the text below, joined: a comment between two parts must not cut a name in two. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}

export function trimmedText(element: XmlElement | undefined): string | undefined {
  return element && textOf(element).replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')
}

/** The source of one element, with the namespaces it inherits declared on it, so that it stands alone. */
export function standaloneSource(element: XmlElement, source: string): string {
  const nameEnd = element.start + 1 + element.name.length
  const declared = new Set(element.attributes.map(({ name }) => name))
  const inherited = [...prefixesIn(element.scope)]
    .map((prefix) => ({
      name: prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
      uri: namespaceOf(element.scope, prefix) ?? '',
    }))
    .filter(({ name }) => !declared.has(name))
    .map(({ name, uri }) => ` ${name}="${escapeXml(uri)}"`)
  return source.slice(element.start, nameEnd) + inherited.join('') + source.slice(nameEnd, element.end)
}

export function escapeXml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}

function prefixesIn(scope: Scope | undefined): Set<string> {
  const prefixes = new Set<string>()
  for (let here = scope; here; here = here.outer) for (const prefix of here.own.keys()) prefixes.add(prefix)
  return prefixes
}
