import { decodePercent, decodeUtf8, fromBase64, isPlaceholder, isWordy } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanCookieHeader, cleanSetCookie } from './cookies.ts'
import { type HeaderTreatment, headerTreatment } from './header-treatments.ts'
import { isIdName, isIdValue, isOrganisationName, isPlainToken, kindOfName } from './names.ts'
import { ruledValue } from './operator-rule.ts'
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
  const ruled = treatment !== undefined && HOLDERS.has(treatment) ? undefined : ruledValue({ name }, value, cleaner)
  if (ruled !== undefined) return ruled
  return treatment === undefined ? cleanUnknown(plain, value, cleaner) : WALKERS[treatment](value, cleaner)
}

/** Headers that hold several values, each with a name of its own, or a credential and nothing else. */
const HOLDERS: ReadonlySet<HeaderTreatment> = new Set(['cookie', 'set-cookie', 'authorization'])

const WALKERS: Readonly<Record<HeaderTreatment, (value: string, cleaner: Cleaner) => string>> = {
  keep: keepDisposition,
  challenge: cleanChallenge,
  'keep-raw': (value, cleaner) => cleaner.netForId(value),
  policy: (value, cleaner) =>
    cleaner.recall(`policy ${value}`, () => cleaner.netForId(cleanAddressesWithin(value, cleaner))),
  cookie: cleanCookieHeader,
  'set-cookie': cleanSetCookie,
  authorization: cleanAuthorization,
  url: (value, cleaner) => cleanUrl(value, cleaner),
  link: (value, cleaner) => value.replace(/<([^<>]{0,4096})>/g, (_, url: string) => `<${cleanUrl(url, cleaner)}>`),
  refresh: (value, cleaner) =>
    value.replace(/(url=)(.*)$/i, (_, start: string, url: string) => start + cleanUrl(url, cleaner)),
  address: (value, cleaner) => cleaner.secret('personal', 'address', value),
  protocols: (value, cleaner) =>
    value.replace(/\[[^\]\s]{1,80}\]|[^\s,]+/g, (word) =>
      word.length <= 40 && isWordy(word) ? word : cleaner.secretInUrl('token', 'protocol', word),
    ),
}

/** `attachment; filename*=UTF-8''…`: the name may be percent-encoded, which hides what is in it from patterns. */
function keepDisposition(value: string, cleaner: Cleaner): string {
  const decoded = value.includes('%') ? decodePercent(value) : value
  if (decoded !== value && cleaner.net(decoded) !== decoded) return cleaner.deny('personal', 'header', value)
  if (/filename/i.test(value)) cleaner.kept('file_name')
  return cleaner.net(value)
}

/** A challenge carries a nonce, and with some schemes half of a handshake. */
function cleanChallenge(value: string, cleaner: Cleaner): string {
  const clean = value
    .replace(
      /((?:nonce|opaque|nextnonce|rspauth)\s{0,4}=\s{0,4}"?)(\[[^\]\s]{1,80}\]|[^",\s]{4,2000})/gi,
      (_, start: string, secret: string) => {
        return start + cleaner.secretInUrl('token', 'nonce', secret)
      },
    )
    .replace(
      /^(\s{0,4}[A-Za-z][\w-]{1,30}[ ]{1,4})([A-Za-z0-9+/._~-]{16,16384}={0,2})$/gm,
      (_, scheme: string, secret: string) => {
        return scheme + cleaner.secretInUrl('token', 'token', secret)
      },
    )
  return cleaner.netForId(clean)
}

/** Policies and reports name addresses, which may carry a key. Slashes may be escaped, as in JSON. */
function cleanAddressesWithin(value: string, cleaner: Cleaner): string {
  if (!/[?@]/.test(value)) return value
  return value.replace(ADDRESS_WITHIN, (address) => {
    if (!mayCarryKey(address)) return address
    if (!address.includes('\\/')) return cleanUrl(address, cleaner)
    return cleanUrl(address.replaceAll('\\/', '/'), cleaner).replaceAll('/', '\\/')
  })
}

/** Short and wordy parameters of an address for reports say which policy it was. */
function mayCarryKey(address: string): boolean {
  if (address.includes('@')) return true
  return address
    .slice(address.indexOf('?') + 1 || address.length)
    .split(/[&=]/)
    .some((part) => part.length >= 10 && !isWordy(part))
}

const ADDRESS_WITHIN = /(?:(?:https?|wss?):)?(?:\\?\/){1,2}(?:\[[^\]\s]{1,80}\]|[^\s"'<>;,)]){1,4096}/gi

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
