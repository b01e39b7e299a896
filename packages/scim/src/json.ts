import { badRequest, ScimError } from './errors.ts'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [name: string]: Json }

export type BodyLimits = { readonly maxBytes?: number; readonly maxDepth?: number }

/**
 * Reads the body of a request as a JSON object, in time linear in its length.
 *
 * Refused with `invalidSyntax`: what is not JSON, not an object, nested deeper than `maxDepth` (32), the key `__proto__`,
 * and the same key twice in one object. SCIM names are case-insensitive (RFC 7643 §2.1), so `active` and `Active` are
 * the same key; which of them counts would be a guess. Refused with 413: more than `maxBytes` (1 MiB).
 */
export function parseBody(text: string, limits: BodyLimits = {}): JsonObject {
  const { maxBytes = 1_048_576, maxDepth = 32 } = limits
  if (text.length > maxBytes || utf8Length(text) > maxBytes) {
    throw new ScimError(413, `The body is larger than ${maxBytes} bytes.`)
  }
  refuseAmbiguous(text, maxDepth)
  const body = parseJson(text)
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The body must be a JSON object.')
  return body
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `Array.isArray` that keeps the element type of a read-only array. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

/** The own property, never one of the prototype's. */
export function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** The values of an object by their names in lower case. Two names that differ only in case are `invalidSyntax`. */
export function byFoldedName(object: JsonObject): Map<string, Json> {
  const found = new Map<string, Json>()
  for (const [name, value] of Object.entries(object)) {
    const folded = name.toLowerCase()
    if (found.has(folded)) throw badRequest('invalidSyntax', 'The same attribute is given twice.')
    found.set(folded, value)
  }
  return found
}

/** Equality of JSON values; the order of names does not count, the order of elements does. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (isList(a)) return isList(b) && a.length === b.length && a.every((value, i) => sameJson(value, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((n) => Object.hasOwn(b, n) && sameJson(a[n], b[n]))
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    // The parser's own message quotes the body.
    throw badRequest('invalidSyntax', 'The body is not valid JSON.')
  }
}

/** Looks only at brackets and keys; whether it is JSON at all, `JSON.parse` says afterwards. */
function refuseAmbiguous(text: string, maxDepth: number): void {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : undefined)
      if (open.length > maxDepth) throw badRequest('invalidSyntax', `The body is nested deeper than ${maxDepth}.`)
    } else if (char === '}' || char === ']') {
      open.pop()
    } else if (char === '"') {
      const end = endOfString(text, at)
      noteKey(open.at(-1), text, { start: at, end })
      at = end
    }
  }
}

function noteKey(keys: Set<string> | undefined, text: string, at: { start: number; end: number }): void {
  if (keys === undefined) return
  let next = at.end + 1
  while (isSpace(text[next])) next++
  if (text[next] !== ':') return
  const key = String(parseJson(text.slice(at.start, at.end + 1))).toLowerCase()
  if (key === '__proto__') throw badRequest('invalidSyntax', 'The key __proto__ is not an attribute.')
  if (keys.has(key)) throw badRequest('invalidSyntax', 'The same attribute is given twice.')
  keys.add(key)
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t'
}

/** The index of the closing quote, or the end of the text. */
export function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
