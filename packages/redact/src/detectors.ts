import { isAfm, isAmka, isCardNumber, isIban, isIpv4, isIpv6 } from './checksums.ts'
import { looksRandom } from './entropy.ts'
import { isKnownId, isLabelledAsId } from './known-ids.ts'
import { Marks } from './marks.ts'
import { SERVICE_KEY } from './service-keys.ts'
import type { Span } from './spans.ts'

/** A detector finds one kind of thing in time linear in the text: no nested or unbounded overlapping repetition. */
export type Detector<Kind extends string> = (text: string, marks?: Marks) => Span<Kind>[]

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

const API_KEY = { pattern: SERVICE_KEY, kind: 'api_key' } as const

/** Every key of a service is one long run of token characters; the patterns look at those only. */
export function detectServiceKeys(text: string, marks = new Marks(text)): Span<'api_key'>[] {
  const spans: Span<'api_key'>[] = []
  forEachPair(marks.runs, (start, end) => addMatches(spans, { text, start, end }, API_KEY))
  return spans
}

const JWT = {
  pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*){0,3}/g,
  kind: 'jwt',
} as const

export function detectJwts(text: string): Span<'jwt'>[] {
  return text.includes('eyJ') ? spansOf(text, JWT) : []
}

const SCHEME = /(?<![A-Za-z0-9])(?:bearer|basic|token|negotiate|apikey|ntlm|digest)[ \t]{1,4}([A-Za-z0-9._~+/=-]{8,})/iy
const LONGEST_SCHEME = 9

/** Looks at the blanks: a scheme ends before one, and of its last letters there are few. */
export function detectBearers(text: string): Span<'bearer'>[] {
  const spans: Span<'bearer'>[] = []
  for (const blank of text.includes('\t') ? [' ', '\t'] : [' ']) {
    for (let at = text.indexOf(blank); at >= 0; at = text.indexOf(blank, at + 1)) {
      if (isEndOfScheme(text.charCodeAt(at - 1) | 0x20)) spans.push(...bearerAt(text, at))
    }
  }
  return spans
}

function isEndOfScheme(lower: number): boolean {
  switch (lower) {
    case 0x72: // bearer
    case 0x63: // basic
    case 0x6e: // token
    case 0x65: // negotiate
    case 0x79: // apikey
    case 0x6d: // ntlm
    case 0x74: // digest
      return true
    default:
      return false
  }
}

function bearerAt(text: string, blank: number): Span<'bearer'>[] {
  let start = blank
  while (blank - start < LONGEST_SCHEME && isLetter(text.charCodeAt(start - 1))) start -= 1
  if (blank - start < 4) return NONE
  SCHEME.lastIndex = start
  const value = SCHEME.exec(text)?.[1] ?? ''
  if (value === '' || (value.length < 24 && !/\d/.test(value))) return NONE
  return [{ start: SCHEME.lastIndex - value.length, end: SCHEME.lastIndex, kind: 'bearer' }]
}

const NONE: Span<'bearer'>[] = []

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
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
    const isPassword =
      text.charCodeAt(start - 1) === COLON && PASSWORD_NEXT.test(text.slice(Math.max(0, start - 84), start))
    if (start < at) spans.push({ start, end: isPassword ? at : at + 1 + domain[0].length, kind: 'email' })
  }
  return spans
}

/** In `postgres://app:secret@host` what stands before the host is a password, and the host stays. */
const PASSWORD_NEXT = /:\/\/[^\s:@/]{0,80}:$/

/** `?user=jane@…` and `/users/jane@…`: legal in an address, but in practice the start of it. */
function afterSeparator(text: string, start: number, end: number): number {
  for (let i = end - 1; i >= start; i -= 1) if ("=&/?#{|}'*!$^".includes(text.charAt(i))) return i + 1
  return start
}

const CARD = { pattern: /(?<![\dA-Za-z.])\d(?:[ -]?\d){12,18}(?![\dA-Za-z])/g, kind: 'card' } as const

export function detectCards(text: string, marks = new Marks(text)): Span<'card'>[] {
  return spansInNumbers(text, marks, CARD).filter(({ start, end }) => isCardNumber(text.slice(start, end)))
}

const IBAN = { pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])/g, kind: 'iban' } as const

export function detectIbans(text: string): Span<'iban'>[] {
  const spans: Span<'iban'>[] = []
  for (const { start, end } of spansOf(text, IBAN)) {
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

export function detectPhones(text: string, marks = new Marks(text)): Span<'phone'>[] {
  const spans: Span<'phone'>[] = []
  for (const pattern of PHONES) spans.push(...spansInNumbers(text, marks, { pattern, kind: 'phone' }))
  return spans
}

const IPV4 = { pattern: /(?<![\w.+/-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)/g, kind: 'ip' } as const
const IPV6 = /(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}(?![\w:])/y
const MAC = /(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])/y

export function detectAddresses(text: string, marks = new Marks(text)): Span<'ip'>[] {
  const spans: Span<'ip'>[] = []
  for (const span of spansInNumbers(text, marks, IPV4)) {
    if (isIpv4(text.slice(span.start, span.end)) && !isVersion(text, span.start)) spans.push(span)
  }
  addIpv6(spans, text, marks)
  for (const start of marks.pairs) {
    const end = endOfMatch(MAC, text, start)
    if (end > 0) spans.push({ start, end, kind: 'ip' })
  }
  return spans
}

/** Two colons with up to four hexadecimal digits between them may begin one; the pattern looks there only. */
function addIpv6(spans: Span<'ip'>[], text: string, { links }: Marks): void {
  let colon = Number.NEGATIVE_INFINITY
  for (const link of links) {
    if (text.charCodeAt(link) !== COLON) continue
    const before = colon
    colon = link
    if (link - before > 5 || hexFrom(text, before + 1) < link) continue
    const start = hexBefore(text, before)
    if (text.charCodeAt(start - 1) === COLON) continue
    const end = endOfMatch(IPV6, text, start)
    if (end > 0 && isIpv6(text.slice(start, end))) spans.push({ start, end, kind: 'ip' })
  }
}

const COLON = 0x3a

function hexFrom(text: string, from: number): number {
  let at = from
  while (isHex(text.charCodeAt(at))) at += 1
  return at
}

function hexBefore(text: string, end: number): number {
  let at = end
  while (end - at < 4 && isHex(text.charCodeAt(at - 1))) at -= 1
  return at
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)
}

/** 0 when the pattern does not fit here. */
function endOfMatch(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : 0
}

function isVersion(text: string, start: number): boolean {
  return /(?:version|release|build|έκδοση)[ :]{0,2}$/i.test(text.slice(Math.max(0, start - 12), start))
}

const AFM_LABEL = /(?:ΑΦΜ|Α\.Φ\.Μ\.?|AFM|VAT|ΦΠΑ|TIN|tax)\D{0,24}$/i
const GREEK_ID = { pattern: /(?<![\w.])(?:EL|GR)?\d{9}(?:\d{2})?(?![\w.]*\w)/g, kind: 'national_id' } as const

export function detectGreekIds(text: string, marks = new Marks(text)): Span<'national_id'>[] {
  const spans: Span<'national_id'>[] = []
  for (const { start, end } of spansInNumbers(text, marks, GREEK_ID)) {
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
  COOKIE_LINE.lastIndex = 0
  for (let match = COOKIE_LINE.exec(text); match !== null; match = COOKIE_LINE.exec(text)) {
    const value = match[1] ?? ''
    const end = match.index + match[0].length
    spans.push({ start: end - value.length, end, kind: 'cookie' })
  }
  return spans
}

/** A line of a stack trace as PHP writes it, with what the function was called with. */
const FRAME = /(?<![\w#])#\d{1,4} [^\n()#]{1,300}\(\d{1,7}\): [^\n(]{1,200}\(/g
const TEXT_ARGUMENT = /(?:'|&#0?39;|&apos;)([^\n]{0,300}?)(?:'|&#0?39;|&apos;)(?=[,)\]]|$)/g
const MAX_ARGUMENTS = 2_000

/** Texts that a function was called with: one of them is the password of the database. */
export function detectArguments(text: string): Span<'argument'>[] {
  const spans: Span<'argument'>[] = []
  let from = 0
  for (const frame of text.matchAll(FRAME)) {
    if (frame.index < from) continue
    const start = frame.index + frame[0].length
    const line = text.slice(start, start + MAX_ARGUMENTS).split(/\n|#\d{1,4} /, 1)[0] ?? ''
    from = start + line.length
    for (const argument of line.matchAll(TEXT_ARGUMENT)) {
      const value = argument[1] ?? ''
      const at = start + argument.index + argument[0].indexOf(value)
      if (value !== '') spans.push({ start: at, end: at + value.length, kind: 'argument' })
    }
  }
  return spans
}

const LONG_RUN = { pattern: /[A-Za-z0-9_+/=-]{20,}/g, kind: 'secret' } as const

export function detectRandomTokens(text: string, marks = new Marks(text)): Span<'secret'>[] {
  const runs: Span<'secret'>[] = []
  forEachPair(marks.runs, (start, end) => {
    if (end - start >= 20) addMatches(runs, { text, start, end }, LONG_RUN)
  })
  return runs.filter(({ start, end }) => {
    const value = text.slice(start, end)
    if (!looksRandom(value) || isKnownId(value) || isPathOfWords(value)) return false
    return !isLabelledAsId(text.slice(Math.max(0, start - 40), start))
  })
}

function isPathOfWords(value: string): boolean {
  return value.includes('/') && value.split('/').every((part) => !looksRandom(part))
}

/** How far before its first digit a number may begin, and how far behind its last one a pattern looks. */
const BEFORE_NUMBER = 4
const AFTER_NUMBER = 64

interface Wanted<Kind extends string> {
  /** Searches on from where it stopped. */
  pattern: RegExp
  kind: Kind
}

function spansInNumbers<Kind extends string>(text: string, marks: Marks, wanted: Wanted<Kind>): Span<Kind>[] {
  const spans: Span<Kind>[] = []
  forEachPair(marks.numbers, (first, last) => {
    const start = Math.max(0, first - BEFORE_NUMBER)
    addMatches(spans, { text, start, end: Math.min(text.length, last + AFTER_NUMBER), last }, wanted)
  })
  return spans
}

interface Stretch {
  text: string
  start: number
  end: number
  /** Behind here no match may begin. */
  last?: number
}

function addMatches<Kind extends string>(spans: Span<Kind>[], stretch: Stretch, wanted: Wanted<Kind>): void {
  const { text, start, end, last = end } = stretch
  const { pattern, kind } = wanted
  const part = start === 0 && end === text.length ? text : text.slice(start, end)
  pattern.lastIndex = 0
  for (let match = pattern.exec(part); match !== null && start + match.index < last; match = pattern.exec(part)) {
    spans.push({ start: start + match.index, end: start + match.index + match[0].length, kind })
  }
}

function spansOf<Kind extends string>(text: string, wanted: Wanted<Kind>): Span<Kind>[] {
  const spans: Span<Kind>[] = []
  addMatches(spans, { text, start: 0, end: text.length }, wanted)
  return spans
}

function forEachPair(list: readonly number[], use: (start: number, end: number) => void): void {
  for (let i = 0; i < list.length; i += 2) use(list[i] ?? 0, list[i + 1] ?? 0)
}
