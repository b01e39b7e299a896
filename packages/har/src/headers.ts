import { isPlaceholder } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanCookieHeader, cleanSetCookie } from './cookies.ts'
import { type HeaderTreatment, headerTreatment } from './header-treatments.ts'
import { isIdName, isIdValue, isPlainToken, kindOfName } from './names.ts'
import { isObject, type JsonValue } from './types.ts'
import { cleanUrl } from './url.ts'

/** `[{ name, value }]`; anything else in the list is dropped. */
export function cleanHeaders(headers: JsonValue, cleaner: Cleaner): JsonValue {
  if (!Array.isArray(headers)) return []
  const clean: JsonValue[] = []
  for (const header of headers) {
    if (!isObject(header)) continue
    const name = String(header['name'] ?? '')
    cleaner.path.push(isPlainToken(name) ? name.toLowerCase() : 'header')
    const value = header['value']
    const kept: JsonValue = {
      name: isPlainToken(name) ? name : cleaner.secret('other', 'name', name),
      value:
        typeof value === 'string'
          ? cleanHeader(name, value, cleaner)
          : typeof value === 'number'
            ? cleanHeader(name, String(value), cleaner)
            : '',
    }
    clean.push(kept)
    cleaner.path.pop()
  }
  return clean
}

/** `Name: value` lines, as some exporters keep them beside the list. */
export function cleanHeaderLine(line: string, cleaner: Cleaner): string {
  const colon = line.indexOf(':', 1)
  if (colon < 0)
    return /^(?:HTTP\/[\d.]+ \d{3}[ \w-]{0,60})$/i.test(line) ? line : cleaner.deny('other', 'header', line)
  const name = line.slice(0, colon)
  const value = line.slice(colon + 1)
  const gap = /^ ?/.exec(value)?.[0] ?? ''
  return `${isPlainToken(name) ? name : cleaner.secret('other', 'name', name)}:${gap}${cleanHeader(name, value.slice(gap.length), cleaner)}`
}

export function cleanHeader(name: string, value: string, cleaner: Cleaner): string {
  if (value === '' || isPlaceholder(value)) return value
  const plain = name.toLowerCase()
  const treatment = headerTreatment(plain)
  return treatment === undefined ? cleanUnknown(plain, value, cleaner) : WALKERS[treatment](value, cleaner)
}

const WALKERS: Readonly<Record<HeaderTreatment, (value: string, cleaner: Cleaner) => string>> = {
  keep: (value, cleaner) => cleaner.net(value),
  'keep-raw': (value, cleaner) => cleaner.netForId(value),
  cookie: cleanCookieHeader,
  'set-cookie': cleanSetCookie,
  authorization: cleanAuthorization,
  url: (value, cleaner) => cleanUrl(value, cleaner),
  link: (value, cleaner) => value.replace(/<([^<>]{0,4096})>/g, (_, url: string) => `<${cleanUrl(url, cleaner)}>`),
  refresh: (value, cleaner) =>
    value.replace(/(url=)(.*)$/i, (_, start: string, url: string) => start + cleanUrl(url, cleaner)),
  address: (value, cleaner) => cleaner.secret('personal', 'address', value),
}

function cleanUnknown(name: string, value: string, cleaner: Cleaner): string {
  const kind = kindOfName(name)
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  if (isIdName(name) && isIdValue(value)) return cleaner.netForId(value)
  if (/^(?:true|false|on|off|yes|no|none|null|hit|miss|bypass|dynamic|enabled|disabled|\*|\d{1,3})$/i.test(value))
    return value
  return cleaner.secret('other', 'header', value)
}

/** The scheme stays: which one was used is a diagnosis, the rest is the key. */
function cleanAuthorization(value: string, cleaner: Cleaner): string {
  const match = /^([A-Za-z][A-Za-z0-9-]{1,30})[ ]+(.+)$/s.exec(value)
  if (match === null) return cleaner.secret('token', 'token', value)
  const [, scheme = '', rest = ''] = match
  return `${scheme} ${cleaner.secret('token', 'token', rest)}`
}
