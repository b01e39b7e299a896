import { isPlaceholder } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanCookieHeader, cleanSetCookie } from './cookies.ts'
import { headerTreatment } from './header-treatments.ts'
import { isIdName, isIdValue, isPlainName, kindOfName, removalFor } from './names.ts'
import { isObject, type JsonValue } from './types.ts'
import { cleanUrl } from './url.ts'

/** `[{ name, value }]`; anything else in the list is dropped. */
export function cleanHeaders(headers: JsonValue, cleaner: Cleaner): JsonValue {
  if (!Array.isArray(headers)) return []
  const clean: JsonValue[] = []
  for (const header of headers) {
    if (!isObject(header)) continue
    const name = String(header['name'] ?? '')
    cleaner.path.push(isPlainName(name) ? name.toLowerCase() : 'header')
    const value = header['value']
    const kept: JsonValue = {
      name: isPlainName(name) ? name : cleaner.secret('other', 'name', name),
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
  return `${isPlainName(name) ? name : cleaner.secret('other', 'name', name)}:${gap}${cleanHeader(name, value.slice(gap.length), cleaner)}`
}

export function cleanHeader(name: string, value: string, cleaner: Cleaner): string {
  if (value === '' || isPlaceholder(value)) return value
  const plain = name.toLowerCase()
  switch (headerTreatment(plain)) {
    case 'keep':
      return cleaner.net(value)
    case 'keep-raw':
      return cleaner.netForId(value)
    case 'cookie':
      return cleanCookieHeader(value, cleaner)
    case 'set-cookie':
      return cleanSetCookie(value, cleaner)
    case 'authorization':
      return cleanAuthorization(value, cleaner)
    case 'url':
      return cleanUrl(value, cleaner)
    case 'link':
      return value.replace(/<([^<>]{0,4096})>/g, (_, url: string) => `<${cleanUrl(url, cleaner)}>`)
    case 'refresh':
      return value.replace(/(url=)(.*)$/i, (_, start: string, url: string) => start + cleanUrl(url, cleaner))
    case 'address':
      return cleaner.secret('personal', 'address', value)
    case undefined:
      return cleanUnknown(plain, value, cleaner)
  }
}

function cleanUnknown(name: string, value: string, cleaner: Cleaner): string {
  const kind = kindOfName(name)
  if (kind !== undefined) return cleaner.secret(removalFor(kind), kind, value)
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
