import type { FoundNeedle, Sparing } from '@clew/redact'
import type { Ordinary } from './distinctive.ts'

/**
 * What stands somewhere in a cleaned capture, for the eraser.
 *
 * structure  a word of the protocol, an identifier, the name of something
 * url        an address: its host, its path and the names of its parameters are structure
 * body       a body: the names of its fields, elements and attributes are structure
 * text       words, or the value of something
 */
export type Place = 'structure' | 'url' | 'body' | 'text'

/** What may stay of a text in such a place; undefined when nothing may. */
export function sparingIn(
  text: string,
  place: Place,
  ordinaryOf: (needle: string) => Ordinary | undefined,
): Sparing | undefined {
  if (place === 'text') return undefined
  const isStructure = TESTS[place](text)
  return (found) => {
    const ordinary = ordinaryOf(found.needle)
    return ordinary !== undefined && isStructure(found, ordinary)
  }
}

type StructureTest = (found: FoundNeedle, ordinary: Ordinary) => boolean

const TESTS: Readonly<Record<Exclude<Place, 'text'>, (text: string) => StructureTest>> = {
  structure: () => () => true,
  url: (text) => {
    const host = /^(?:[a-z][a-z0-9+.-]{0,30}:)?\/\/[^/?#]*/i.exec(text)?.[0].length ?? 0
    const query = text.search(/[?#]/)
    const pathEnd = query < 0 ? text.length : query
    return (found, ordinary) => {
      if (found.end <= (ordinary === 'login' ? host : pathEnd)) return true
      return (ordinary === 'label' && isInAddress(text, found)) || isParameterName(text, found)
    }
  },
  body: (text) => (found, ordinary) => (ordinary === 'label' && isInAddress(text, found)) || isNameInBody(text, found),
}

const LONGEST_NAME = 64

function isParameterName(text: string, { start }: FoundNeedle): boolean {
  for (let i = start - 1; i >= Math.max(0, start - LONGEST_NAME); i -= 1) {
    const char = text.charAt(i)
    if (char === '=') return false
    if (char === '&' || char === ';' || char === '?' || char === '#') return true
  }
  return false
}

const QUOTED_NAME_BEFORE = /"[\w.:$-]*$/
const QUOTED_NAME_AFTER = /^[\w.:$-]*\\*"\s*:/
const ATTRIBUTE_BEFORE = /(?:^|[\s"'&])[\w.:$-]*$/
const ATTRIBUTE_AFTER = /^[\w.:$-]*=/
const ELEMENT_BEFORE = /<\/?[\w:-]*$/

/** `"content":`, `content=`, `<content`. */
function isNameInBody(text: string, { start, end }: FoundNeedle): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_NAME), start)
  if (ELEMENT_BEFORE.test(before)) return true
  const after = text.slice(end, end + LONGEST_NAME)
  if (QUOTED_NAME_AFTER.test(after)) return QUOTED_NAME_BEFORE.test(before)
  return ATTRIBUTE_AFTER.test(after) && ATTRIBUTE_BEFORE.test(before)
}

/** A part of a host or of a path: a slash beside it, or a dot on either side. */
function isInAddress(text: string, { start, end }: FoundNeedle): boolean {
  const before = text.slice(Math.max(0, start - 3), start).toLowerCase()
  const after = text.slice(end, end + 3).toLowerCase()
  if (before.endsWith('/') || before === '%2f') return true
  if (after.startsWith('/') || after.startsWith('\\/') || after === '%2f') return true
  return before.endsWith('.') && after.startsWith('.')
}
