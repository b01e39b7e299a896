import { decodePercent, decodeUtf8, fromBase64, isPlaceholder, isWordy } from '@clew/redact'
import { cleanChallenge } from './challenge.ts'
import type { Cleaner } from './cleaner.ts'
import { cleanCookieHeader, cleanSetCookie } from './cookies.ts'
import { cleanErrorWords, cleanRoute, cleanServerTiming, cleanVia } from './header-texts.ts'
import { type HeaderTreatment, headerTreatment } from './header-treatments.ts'
import { cleanLink } from './link-header.ts'
import { isIdName, isIdValue, isOrganisationName, isPlainToken, kindOfName } from './names.ts'
import { ruledValue } from './operator-rule.ts'
import { cleanAddressesWithin } from './policy-addresses.ts'
import { isObject, type JsonValue } from './types.ts'
import { cleanRefresh, cleanUrl } from './url.ts'

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
  const ruled = treatment !== undefined && HOLDERS.has(treatment) ? undefined : ruledValue({ name }, value, cleaner)
  if (ruled !== undefined) return ruled
  return treatment === undefined ? cleanUnknown(plain, value, cleaner) : WALKERS[treatment](value, cleaner)
}

/** Headers that hold several values, each with a name of its own, or a credential and nothing else. */
const HOLDERS: ReadonlySet<HeaderTreatment> = new Set(['cookie', 'set-cookie', 'authorization'])

const WALKERS: Readonly<Record<HeaderTreatment, (value: string, cleaner: Cleaner) => string>> = {
  keep: keepDisposition,
  challenge: cleanChallenge,
  'keep-raw': keepRaw,
  policy: (value, cleaner) =>
    cleaner.recall(`policy ${value}`, () => cleaner.netForId(cleanAddressesWithin(value, cleaner))),
  cookie: cleanCookieHeader,
  'set-cookie': cleanSetCookie,
  authorization: cleanAuthorization,
  url: (value, cleaner) => cleanUrl(value, cleaner),
  link: cleanLink,
  refresh: cleanRefresh,
  words: cleanErrorWords,
  page: (value, cleaner) => (/^\d{1,12}$/.test(value) ? value : cleanUrl(value, cleaner)),
  route: cleanRoute,
  via: cleanVia,
  'server-timing': cleanServerTiming,
  address: (value, cleaner) => cleaner.secret('personal', 'address', value),
  protocols: (value, cleaner) =>
    value.replace(/\[[^\]\s]{1,80}\]|[^\s,]+/g, (word) =>
      word.length <= 40 && isWordy(word) ? word : cleaner.secretInUrl('token', 'protocol', word),
    ),
}

/** Most of these are words of a protocol. What is escaped in one, and what an address in one carries, is looked at. */
function keepRaw(value: string, cleaner: Cleaner): string {
  const plain = value.includes('%') ? decodePercent(value) : value
  if (plain !== value && cleaner.netForId(plain) !== plain) return cleaner.secret('other', 'header', value)
  const hasKeys = value.includes('/') && (value.includes('?') || value.includes('@'))
  return cleaner.netForId(hasKeys ? cleanAddressesWithin(value, cleaner) : value)
}

/** `attachment; filename*=UTF-8''…`: the name may be percent-encoded, which hides what is in it from patterns. */
function keepDisposition(value: string, cleaner: Cleaner): string {
  const decoded = value.includes('%') ? decodePercent(value) : value
  if (decoded !== value && cleaner.net(decoded) !== decoded) return cleaner.deny('personal', 'header', value)
  if (/filename/i.test(value)) cleaner.kept('file_name')
  return cleaner.net(value)
}

function cleanUnknown(name: string, value: string, cleaner: Cleaner): string {
  const kind = kindOfName(name)
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  if (isIdName(name) && isIdValue(value)) return keepId(name, value, cleaner)
  if (/^(?:true|false|on|off|yes|no|none|null|hit|miss|bypass|dynamic|enabled|disabled|\*|\d{1,3})$/i.test(value))
    return value
  // A path of an asset is no secret to look for elsewhere.
  if (/^(?:https?:\/)?\/[^\s?#]{1,400}\.(?:js|css|map|png|svg|html?)$/i.test(value))
    return cleaner.deny('other', 'header', value)
  return cleaner.secret('other', 'header', value)
}

function keepId(name: string, value: string, cleaner: Cleaner): string {
  const clean = cleaner.netForId(value)
  if (clean === value) cleaner.kept(isOrganisationName(name) ? 'organisation_id' : 'request_or_trace_id')
  return clean
}

/** The scheme stays: which one was used is a diagnosis, the rest is the key. */
function cleanAuthorization(value: string, cleaner: Cleaner): string {
  const match = /^([A-Za-z][A-Za-z0-9-]{1,30})[ ]+(.+)$/s.exec(value)
  if (match === null) return cleaner.secret('token', 'token', value)
  const [, scheme = '', rest = ''] = match
  if (scheme.toLowerCase() === 'basic') learnBasic(rest, cleaner)
  return `${scheme} ${cleaner.secret('token', 'token', rest)}`
}

const MAX_BASIC = 4_096

/** `user:password` in base64. A user has no colon; a password may have anything. */
function learnBasic(value: string, cleaner: Cleaner): void {
  const bytes = value.length > MAX_BASIC ? undefined : fromBase64(value)
  if (bytes === undefined) return
  const utf8 = decodeUtf8(bytes)
  const text = utf8.includes('\ufffd') ? String.fromCharCode(...bytes) : utf8
  const colon = text.indexOf(':')
  if (colon < 0) return
  cleaner.learn('personal', text.slice(0, colon))
  cleaner.learn('password', text.slice(colon + 1))
}
