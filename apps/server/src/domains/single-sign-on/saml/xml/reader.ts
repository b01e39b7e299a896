/**
 * A reader for the small part of XML that SAML needs. What it does not know it refuses: no document type,
 * no processing instruction, no CDATA, no entity but the five of the standard, names in ASCII.
 * Two parsers that read one document differently are how signatures were got round, so ours guesses nothing.
 */
export type XmlAttribute = Readonly<{ name: string; prefix: string; local: string; namespace: string; value: string }>

export type XmlElement = Readonly<{
  name: string
  prefix: string
  local: string
  namespace: string
  attributes: readonly XmlAttribute[]
  children: readonly (XmlElement | string)[]
  parent: XmlElement | undefined
  scope: Scope
  start: number
  end: number
}>

/** The namespaces declared on an element, and behind them those of its ancestors. */
export type Scope = Readonly<{ own: ReadonlyMap<string, string>; outer: Scope | undefined }>

export type XmlTree = Readonly<{
  roots: readonly XmlElement[]
  /** Every element, in document order. */
  elements: readonly XmlElement[]
  /** Whether anything but white space stands outside the roots. */
  strayText: boolean
}>

export class XmlProblem extends Error {}

type Growing = Omit<XmlElement, 'children' | 'end'> & { children: (XmlElement | string)[]; end: number }
type Opened = Readonly<{ element: Growing; isEmpty: boolean }>
type Grown = { roots: XmlElement[]; elements: XmlElement[]; open: Growing[]; strayText: boolean }
type Cursor = { at: number; readonly source: string }

const namePattern = '[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?'
const openTag = new RegExp(`<(${namePattern})`, 'y')
const closeTag = new RegExp(`</(${namePattern})[ \\t\\n\\r]*>`, 'y')
const attributePattern = new RegExp(
  `[ \\t\\n\\r]+(${namePattern})[ \\t\\n\\r]*=[ \\t\\n\\r]*(?:"([^<"]*)"|'([^<']*)')`,
  'y',
)
const tagEnd = /[ \t\n\r]*(\/?)>/y
const declaration = /^<\?xml[ \t\n\r][^<>]*\?>/
const comment = /<!--(?:(?!--)[\s\S])*-->/y
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** Reads a text whose line ends are `\n` already; throws XmlProblem for what is not well-formed. */
export function readXml(source: string): XmlTree {
  const cursor: Cursor = { at: declaration.exec(source)?.[0].length ?? 0, source }
  const grown: Grown = { roots: [], elements: [], open: [], strayText: false }
  while (cursor.at < source.length) {
    const text = readText(cursor)
    if (text !== undefined) addText(grown, text)
    else if (source.startsWith('</', cursor.at)) closeElement(cursor, grown.open.pop())
    else if (!take(cursor, comment)) addElement(grown, openElement(cursor, grown.open.at(-1)))
  }
  const { roots, elements, open, strayText } = grown
  if (open.length > 0) throw new XmlProblem('An element is not closed.')
  if (roots.length === 0) throw new XmlProblem('There is no element.')
  return { roots, elements, strayText }
}

export function namespaceOf(scope: Scope | undefined, prefix: string): string | undefined {
  for (let here = scope; here; here = here.outer) {
    const found = here.own.get(prefix)
    if (found !== undefined) return found
  }
  return undefined
}

function addText(grown: Grown, text: string): void {
  const inside = grown.open.at(-1)
  if (inside) inside.children.push(text)
  else grown.strayText ||= text.trim() !== ''
}

function addElement(grown: Grown, { element, isEmpty }: Opened): void {
  const inside = grown.open.at(-1)
  grown.elements.push(element)
  if (inside) inside.children.push(element)
  else grown.roots.push(element)
  if (!isEmpty) grown.open.push(element)
}

function readText(cursor: Cursor): string | undefined {
  const end = cursor.source.indexOf('<', cursor.at)
  const raw = cursor.source.slice(cursor.at, end === -1 ? undefined : end)
  if (raw === '') return undefined
  if (raw.includes(']]>')) throw new XmlProblem('Text holds "]]>".')
  cursor.at += raw.length
  return decodeEntities(raw)
}

function closeElement(cursor: Cursor, element: Growing | undefined): void {
  const name = take(cursor, closeTag)?.[1]
  if (!element || element.name !== name) throw new XmlProblem('An end tag does not fit its start tag.')
  element.end = cursor.at
}

function openElement(cursor: Cursor, parent: XmlElement | undefined): Opened {
  const start = cursor.at
  const name = take(cursor, openTag)?.[1]
  if (name === undefined) throw new XmlProblem('Markup that is not an element.')
  const raw = readAttributes(cursor)
  const end = take(cursor, tagEnd)
  if (!end) throw new XmlProblem('A start tag is not closed.')
  const scope = openScope(raw, parent?.scope)
  const attributes = [...raw].map(([attribute, value]) => resolveAttribute(attribute, value, scope))
  refuseTwins(attributes)
  const { prefix, local } = split(name)
  const namespace = namespaceOf(scope, prefix) ?? (prefix === '' ? '' : undefined)
  if (namespace === undefined) throw new XmlProblem(`The prefix ${prefix} is not declared.`)
  const element = { name, prefix, local, namespace, attributes, children: [], parent, scope, start, end: cursor.at }
  return { element, isEmpty: end[1] === '/' }
}

function readAttributes(cursor: Cursor): Map<string, string> {
  const attributes = new Map<string, string>()
  for (let found = take(cursor, attributePattern); found; found = take(cursor, attributePattern)) {
    const [, name = '', double, single] = found
    if (attributes.has(name)) throw new XmlProblem(`The attribute ${name} stands twice.`)
    attributes.set(name, decodeEntities((double ?? single ?? '').replace(/[\t\n\r]/g, ' ')))
  }
  return attributes
}

function openScope(attributes: Map<string, string>, outer: Scope | undefined): Scope {
  const own = new Map<string, string>()
  for (const [name, value] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    const prefix = name.slice('xmlns:'.length)
    if (/^xml/i.test(prefix)) throw new XmlProblem(`The prefix ${prefix} is reserved.`)
    if (prefix !== '' && value === '') throw new XmlProblem(`The prefix ${prefix} is undeclared.`)
    own.set(prefix, value)
  }
  if (own.size === 0 && outer) return outer
  return { own, outer }
}

function resolveAttribute(name: string, value: string, scope: Scope): XmlAttribute {
  const { prefix, local } = split(name)
  if (name === 'xmlns' || prefix === 'xmlns') return { name, prefix, local, namespace: 'xmlns', value }
  const namespace = prefix === '' ? '' : prefix === 'xml' ? xmlNamespace : namespaceOf(scope, prefix)
  if (namespace === undefined) throw new XmlProblem(`The prefix ${prefix} is not declared.`)
  return { name, prefix, local, namespace, value }
}

function refuseTwins(attributes: readonly XmlAttribute[]): void {
  const names = new Set(
    attributes.map(({ namespace, local, name }) => (namespace === '' ? name : `${namespace} ${local}`)),
  )
  if (names.size < attributes.length) throw new XmlProblem('An attribute stands twice under two prefixes.')
}

function split(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(':')
  return colon === -1 ? { prefix: '', local: name } : { prefix: name.slice(0, colon), local: name.slice(colon + 1) }
}

const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function decodeEntities(raw: string): string {
  return raw.replace(/&([^;&]{0,12};)?/g, (_, reference?: string) => {
    const name = reference?.slice(0, -1) ?? ''
    const found = predefined.get(name) ?? characterOf(name)
    if (found === undefined) throw new XmlProblem('An entity that is not one of the standard.')
    return found
  })
}

function characterOf(reference: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(reference) ?? []
  const code = hex ? Number.parseInt(hex, 16) : decimal ? Number.parseInt(decimal, 10) : undefined
  return code !== undefined && isXmlCharacter(code) ? String.fromCodePoint(code) : undefined
}

/** XML 1.0, production 2. */
export function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.source)
  if (!found) return undefined
  cursor.at = pattern.lastIndex
  return found
}
