import { isAfm, isAmka, isCardNumber, isIban, isIpv4, isIpv6 } from './checksums.ts'
import { looksRandom } from './entropy.ts'
import { isKnownId, isLabelledAsId } from './known-ids.ts'
import { SERVICE_KEY } from './service-keys.ts'
import type { Span } from './spans.ts'

/** A detector finds one kind of thing in time linear in the text: no nested or unbounded overlapping repetition. */
export type Detector<Kind extends string> = (text: string) => Span<Kind>[]

export function detectPrivateKeys(text: string): Span<'private_key'>[] {
  const spans: Span<'private_key'>[] = []
  for (let start = text.indexOf('-----BEGIN'); start >= 0; ) {
    const header = text.slice(start, start + 80)
    const isPrivate = header.slice(5).split('-----', 1)[0]?.includes('PRIVATE KEY') ?? false
    const end = isPrivate ? endOfPem(text, start) : start + 10
    if (isPrivate) spans.push({ start, end, kind: 'private_key' })
    start = text.indexOf('-----BEGIN', end)
  }
  return spans
}

function endOfPem(text: string, start: number): number {
  const end = text.indexOf('-----END', start)
  if (end < 0) return text.length
  const close = text.indexOf('-----', end + 8)
  return close < 0 ? text.length : close + 5
}

export function detectServiceKeys(text: string): Span<'api_key'>[] {
  return spansOf(text, SERVICE_KEY, 'api_key')
}

const JWT = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*){0,3}/g

export function detectJwts(text: string): Span<'jwt'>[] {
  return text.includes('eyJ') ? spansOf(text, JWT, 'jwt') : []
}

const SCHEME = /(?<![A-Za-z0-9])(?:bearer|basic|token|negotiate|apikey|ntlm|digest)[ \t]{1,4}([A-Za-z0-9._~+/=-]{8,})/gi

export function detectBearers(text: string): Span<'bearer'>[] {
  const spans: Span<'bearer'>[] = []
  for (const match of text.matchAll(SCHEME)) {
    const value = match[1] ?? ''
    const end = match.index + match[0].length
    if (/\d/.test(value) || value.length >= 24) spans.push({ start: end - value.length, end, kind: 'bearer' })
  }
  return spans
}

const LOCAL_PART = /[\p{L}\p{N}._%+'!#$&*/=?^{|}~-]/u
const DOMAIN = /^(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/u

export function detectEmails(text: string): Span<'email'>[] {
  const spans: Span<'email'>[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const domain = DOMAIN.exec(text.slice(at + 1, at + 256))
    if (domain === null) continue
    let start = at
    while (start > 0 && at - start < 128 && LOCAL_PART.test(text.charAt(start - 1))) start -= 1
    start = afterSeparator(text, start, at)
    if (start < at) spans.push({ start, end: at + 1 + domain[0].length, kind: 'email' })
  }
  return spans
}

/** `?user=jane@…` and `/users/jane@…`: legal in an address, but in practice the start of it. */
function afterSeparator(text: string, start: number, end: number): number {
  for (let i = end - 1; i >= start; i -= 1) if ("=&/?#{|}'*!$^".includes(text.charAt(i))) return i + 1
  return start
}

const CARD = /(?<![\dA-Za-z.])\d(?:[ -]?\d){12,18}(?![\dA-Za-z])/g

export function detectCards(text: string): Span<'card'>[] {
  return spansOf(text, CARD, 'card').filter(({ start, end }) => isCardNumber(text.slice(start, end)))
}

const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])/g

export function detectIbans(text: string): Span<'iban'>[] {
  const spans: Span<'iban'>[] = []
  for (const { start, end } of spansOf(text, IBAN, 'iban')) {
    // An IBAN may be followed by capital words: take the longest prefix that checks out.
    for (let stop = end; stop - start >= 15; stop -= 1) {
      if (!isIban(text.slice(start, stop))) continue
      spans.push({ start, end: stop, kind: 'iban' })
      break
    }
  }
  return spans
}

const PHONES: readonly RegExp[] = [
  /(?<![\w.+-])(?:\+|00)[1-9](?:[ ().-]{0,2}\d){7,14}(?![\w.]*[\w])/g,
  /(?<![\w.+-])(?:2[1-8]\d{8}|69\d{8}|2[1-8]\d{1,2}[ .-]\d{3}[ .-]?\d{3,4}|69\d[ .-]\d{3}[ .-]?\d{4})(?![\w-])/g,
  /(?<![\w.+-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])/g,
]

export function detectPhones(text: string): Span<'phone'>[] {
  return PHONES.flatMap((pattern) => spansOf(text, pattern, 'phone'))
}

const IPV4 = /(?<![\w.+/-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)/g
const IPV6 = /(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?![\w:])/g
const MAC = /(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])/g

export function detectAddresses(text: string): Span<'ip'>[] {
  return [
    ...spansOf(text, IPV4, 'ip').filter(({ start, end }) => isIpv4(text.slice(start, end)) && !isVersion(text, start)),
    ...spansOf(text, IPV6, 'ip').filter(({ start, end }) => isIpv6(text.slice(start, end))),
    ...spansOf(text, MAC, 'ip'),
  ]
}

function isVersion(text: string, start: number): boolean {
  return /(?:version|release|build|έκδοση)[ :]{0,2}$/i.test(text.slice(Math.max(0, start - 12), start))
}

const AFM_LABEL = /(?:ΑΦΜ|Α\.Φ\.Μ\.?|AFM|VAT|ΦΠΑ|TIN|tax)\D{0,24}$/i

export function detectGreekIds(text: string): Span<'national_id'>[] {
  const spans: Span<'national_id'>[] = []
  for (const { start, end } of spansOf(text, /(?<![\w.])(?:EL|GR)?\d{9}(?:\d{2})?(?![\w.]*\w)/g, 'national_id')) {
    const value = text.slice(start, end)
    const digits = value.replace(/^\D+/, '')
    const isLabelled = digits !== value || AFM_LABEL.test(text.slice(Math.max(0, start - 32), start))
    if (isAmka(digits) || (isLabelled && isAfm(digits))) spans.push({ start, end, kind: 'national_id' })
  }
  return spans
}

const COOKIE_LINE = /(?<![\w-])(?:set-)?cookie2?["']?[ \t]{0,3}:[ \t]{0,3}["']?([^\s="';]{1,128}=[^\r\n"']{1,16384})/gi

export function detectCookieLines(text: string): Span<'cookie'>[] {
  const spans: Span<'cookie'>[] = []
  for (const match of text.matchAll(COOKIE_LINE)) {
    const value = match[1] ?? ''
    const end = match.index + match[0].length
    spans.push({ start: end - value.length, end, kind: 'cookie' })
  }
  return spans
}

const LONG_RUN = /[A-Za-z0-9_+/=-]{20,}/g

export function detectRandomTokens(text: string): Span<'secret'>[] {
  const spans: Span<'secret'>[] = []
  for (const { start, end } of spansOf(text, LONG_RUN, 'secret')) {
    const value = text.slice(start, end)
    if (isKnownId(value) || isPathOfWords(value) || !looksRandom(value)) continue
    if (isLabelledAsId(text.slice(Math.max(0, start - 40), start))) continue
    spans.push({ start, end, kind: 'secret' })
  }
  return spans
}

function isPathOfWords(value: string): boolean {
  return value.includes('/') && value.split('/').every((part) => !looksRandom(part))
}

function spansOf<Kind extends string>(text: string, pattern: RegExp, kind: Kind): Span<Kind>[] {
  const spans: Span<Kind>[] = []
  for (const match of text.matchAll(pattern))
    spans.push({ start: match.index, end: match.index + match[0].length, kind })
  return spans
}
