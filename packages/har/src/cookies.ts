import { isKnownId } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { isPlainToken } from './names.ts'
import { ruledValue } from './operator-rule.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'
import { cleanUrl } from './url.ts'

/** `a=1; b=2` → names stay, values go. */
export function cleanCookieHeader(value: string, cleaner: Cleaner): string {
  return value
    .split(';')
    .map((pair) => cleanPair(pair, cleaner))
    .join(';')
}

const ATTRIBUTE =
  /^\s*(?:expires|max-age|domain|path|secure|httponly|samesite|priority|partitioned|version|comment)\s*(?:=|$)/i

export function cleanSetCookie(value: string, cleaner: Cleaner): string {
  // Several cookies may be joined by line breaks, as one browser writes them.
  return value
    .split('\n')
    .map((line) =>
      line
        .split(';')
        .map((part, i) => (i > 0 && ATTRIBUTE.test(part) ? cleanAttribute(part, cleaner) : cleanPair(part, cleaner)))
        .join(';'),
    )
    .join('\n')
}

function cleanAttribute(part: string, cleaner: Cleaner): string {
  const equals = part.indexOf('=')
  if (equals < 0) return part
  const value = part.slice(equals + 1)
  if (/^\s*path\s*=/i.test(part)) return `${part.slice(0, equals + 1)}${cleanUrl(value, cleaner)}`
  if (/^\s*comment\s*=/i.test(part)) return `${part.slice(0, equals + 1)}${cleaner.deny('other', 'comment', value)}`
  // An expiry date may be followed by a second cookie, folded in with a comma.
  const folded = /^(.{0,40}? GMT),\s*(.+)$/is.exec(value)
  if (folded !== null) return `${part.slice(0, equals + 1)}${folded[1]}, ${cleanPair(folded[2] ?? '', cleaner)}`
  return /^[\w ,:.+-]{0,64}$/.test(value)
    ? cleaner.netForId(part)
    : `${part.slice(0, equals + 1)}${cleaner.secret('cookie', 'cookie', value)}`
}

function cleanPair(pair: string, cleaner: Cleaner): string {
  const gap = /^[ \t]{0,8}/.exec(pair)?.[0] ?? ''
  const rest = pair.slice(gap.length)
  if (rest === '') return pair
  const equals = rest.indexOf('=')
  if (equals < 0) return gap + cleanValue('', rest, cleaner)
  const name = rest.slice(0, equals)
  return `${gap}${isPlainToken(name) ? name : cleaner.secret('cookie', 'name', name)}=${cleanValue(name, rest.slice(equals + 1), cleaner)}`
}

function cleanValue(name: string, value: string, cleaner: Cleaner): string {
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"')
  return isQuoted ? `"${cleanPlainValue(name, value.slice(1, -1), cleaner)}"` : cleanPlainValue(name, value, cleaner)
}

function cleanPlainValue(name: string, value: string, cleaner: Cleaner): string {
  const ruled = ruledValue({ name }, value, cleaner)
  if (ruled !== undefined) return ruled
  const opensNothing = value.length <= MAX_TRACE && TRACE_NAME.test(name) && isTrace(value)
  return opensNothing ? cleaner.reference('cookie', 'cookie', value) : cleaner.secret('cookie', 'cookie', value)
}

const MAX_TRACE = 64
const TRACE_NAME = /^(?:x[-_])?(?:last[-_])?(?:request|trace|correlation|span)(?:[-_]?id|parent)?$/i

/** A page that keeps the id of a trace in a cookie sends it in `traceparent` as well, where it stays. */
function isTrace(value: string): boolean {
  return /^[0-9a-f]{16}(?:[0-9a-f]{16})?$/i.test(value) || isKnownId(value)
}

/** The `cookies` list of a request or a response. */
export function cleanCookies(cookies: JsonValue, cleaner: Cleaner): JsonValue {
  if (!Array.isArray(cookies)) return []
  const clean: JsonValue[] = []
  for (const cookie of cookies) {
    if (!isObject(cookie)) continue
    const name = String(cookie['name'] ?? '')
    cleaner.path.push(isPlainToken(name) ? name : 'cookie')
    clean.push(cleanCookie(cookie, name, cleaner))
    cleaner.path.pop()
  }
  return clean
}

/** Changes the object itself; what goes is undefined. */
function cleanCookie(cookie: JsonObject, name: string, cleaner: Cleaner): JsonObject {
  const fields: Record<string, JsonValue | undefined> = cookie
  for (const key of Object.keys(cookie)) {
    const value = cookie[key] ?? null
    if (key !== 'name')
      fields[key] = key === 'value' ? cleanCookieValue(name, value, cleaner) : cleanCookieField(key, value, cleaner)
  }
  cookie['name'] = isPlainToken(name) ? name : cleaner.secret('cookie', 'name', name)
  return cookie
}

function cleanCookieValue(name: string, value: JsonValue, cleaner: Cleaner): string {
  return typeof value === 'string' ? cleanPlainValue(name, value, cleaner) : ''
}

function cleanCookieField(key: string, value: JsonValue, cleaner: Cleaner): JsonValue | undefined {
  if (typeof value === 'boolean' || value === null) return /^[A-Za-z-]{1,20}$/.test(key) ? value : undefined
  const isPlain = /^(?:expires|max-?age|domain|samesite|priority|size)$/i.test(key)
  if (typeof value === 'number') return isPlain ? value : undefined
  return typeof value === 'string' ? cleanCookieText(isPlain ? 'plain' : key, value, cleaner) : undefined
}

function cleanCookieText(key: string, value: string, cleaner: Cleaner): string | undefined {
  switch (key) {
    case 'plain':
      return /^[\w ,:.+-]{0,120}$/.test(value) ? cleaner.netForId(value) : undefined
    case 'path':
    case 'partitionKey':
      return cleanUrl(value, cleaner)
    case 'comment':
      return cleaner.deny('other', 'comment', value)
    default:
      return undefined
  }
}
