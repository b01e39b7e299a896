import type { Codes } from './codes.ts'
import { Marks } from './marks.ts'
import { classifyName, type NameKind, TELLING_WORDS } from './names.ts'
import { ownCopy } from './own-copy.ts'
import type { Span } from './spans.ts'

export type AssignmentKind = 'password' | 'token' | 'cookie' | 'email' | 'personal'

const MAX_VALUE = 4_096
const MIN_NAME = 2
const MAX_NAME = 64
/** `=>` and three blanks. */
const LONGEST_LINK = 5

/** `password=…`, `"api_key": "…"`, `Token => …`: the value of every assignment whose name says that it is a secret. */
export function detectAssignments(text: string, marks = new Marks(text)): Span<AssignmentKind>[] {
  const spans: Span<AssignmentKind>[] = []
  const reader: NameReader = { end: -1 }
  const { codes } = marks
  let from = 0
  for (let link = nextLink(codes, 0, reader); link < text.length; link = nextLink(codes, link + 1, reader)) {
    const kind = link < from - LONGEST_LINK ? undefined : kindBefore(text, link, reader)
    const start = kind === undefined ? undefined : afterLink(text, link)
    if (kind === undefined || start === undefined || start < from) continue
    const value = readValue(text, start)
    if (value === undefined || isHarmless(text.slice(value.start, value.end), kind)) continue
    spans.push({ ...value, kind })
    from = value.end
  }
  return spans
}

const ELEMENT = /<([A-Za-z][A-Za-z0-9_.:-]{1,63})>([^<>\n]{1,4096})<\/\1>/g

/** `<password>…</password>`. A server signs its pages in an `<address>`, and that stays. */
export function detectElements(text: string): Span<AssignmentKind>[] {
  const spans: Span<AssignmentKind>[] = []
  for (const { 1: name = '', 2: value = '', index } of text.matchAll(ELEMENT)) {
    const kind = name.toLowerCase() === 'address' ? undefined : classifyName(name)
    const start = index + name.length + 2
    if (kind !== undefined && !isHarmless(value, kind)) spans.push({ start, end: start + value.length, kind })
  }
  return spans
}

const ENCODED_NAME = /(?:^|[^A-Za-z0-9_.%-]|%[0-9A-Fa-f]{2})([A-Za-z][A-Za-z0-9_.-]{1,63})(?:%22)?$/
const ENCODED_VALUE = /(?:%22)?((?:[A-Za-z0-9_.~+*!()-]|%(?!2[26C]|3[bB]|0[aAdD])[0-9A-Fa-f]{2}){1,4096})/y

/** `password%3D…`: an assignment in an address inside an address. */
export function detectEncodedAssignments(text: string): Span<AssignmentKind>[] {
  const spans: Span<AssignmentKind>[] = []
  let from = 0
  for (let at = text.indexOf('%3'); at >= 0; at = text.indexOf('%3', at + 2)) {
    if (at < from || (text.charCodeAt(at + 2) | 0x20) !== 0x64) continue
    const name = ENCODED_NAME.exec(text.slice(Math.max(0, at - 70), at))?.[1] ?? ''
    const kind = name === '' ? undefined : classifyName(name)
    if (kind === undefined) continue
    ENCODED_VALUE.lastIndex = at + 3
    const value = ENCODED_VALUE.exec(text)?.[1] ?? ''
    const end = ENCODED_VALUE.lastIndex
    from = end
    if (value !== '' && !isHarmless(value, kind)) spans.push({ start: end - value.length, end, kind })
  }
  return spans
}

interface NameReader {
  /** Where the last name ended that may say something. */
  end: number
}

/**
 * Where the next `=` or `:` stands. On the way there names are read: however one is put together, a word that tells something
 * stands in its letters, so three of them must be its beginning. This loop sees every character of every script.
 */
function nextLink(codes: Codes, from: number, reader: NameReader): number {
  let letters = 0
  let mayTell = false
  let at = from
  for (; at < codes.length; at += 1) {
    const code = codes[at] ?? 0
    const kind = kindOf(code)
    if (kind > IN_NAME) {
      letters = ((letters << 5) | (kind & 31)) & 0x7fff
      if (BEGINNINGS[letters] === 1 || kind === BEYOND_ASCII) mayTell = true
      continue
    }
    if (kind === IN_NAME) continue
    if (mayTell) reader.end = at
    if (code === 0x3d || code === 0x3a) break
    mayTell = false
    letters = 0
  }
  return at
}

function kindOf(code: number): number {
  if (code < 128) return NAME_CODES[code] ?? 0
  return isLetterBeyondAscii(code) ? BEYOND_ASCII : 0
}

/** What the name says that stands before a `=` or `:`, in quotes, in escaped quotes or bare. */
function kindBefore(text: string, link: number, reader: NameReader): NameKind | undefined {
  let end = link
  while (link - end < 3 && isBlank(text.charCodeAt(end - 1))) end -= 1
  // PHP shows `["password"]=>`.
  if (text.charCodeAt(end - 1) === 0x5d && isQuote(text.charCodeAt(end - 2))) end -= 1
  if (isQuote(text.charCodeAt(end - 1))) end -= 1
  if (text.charCodeAt(end - 1) === 0x5c) end -= 1
  if (reader.end !== end) return undefined
  const start = startOfName(text, end)
  return end - start < MIN_NAME ? undefined : recalled(text, start, end)
}

/** A name longer than names are has no start, unless a bracket gives it one. */
function startOfName(text: string, end: number): number {
  let start = end
  let bracket = end
  while (start > 0) {
    const code = text.charCodeAt(start - 1)
    if (kindOf(code) === 0) return start
    if (code === 0x5b || code === 0x5d) bracket = start
    if (end - start === MAX_NAME) return bracket
    start -= 1
  }
  return start
}

/** Behind `=>`, `=` or `:` and the blanks after it; undefined in `https://`. */
function afterLink(text: string, link: number): number | undefined {
  let at = link + 1
  if (text.charCodeAt(link) === 0x3d && text.charCodeAt(at) === 0x3e) {
    PHP_TEXT.lastIndex = at += 1
    if (PHP_TEXT.test(text)) return PHP_TEXT.lastIndex
  }
  if (text.startsWith('//', at)) return undefined
  for (let blanks = 0; blanks < 3 && isBlank(text.charCodeAt(at)); blanks += 1) at += 1
  return at
}

/** `string(10) ` before a text that PHP shows, on a line of its own or not. */
const PHP_TEXT = /\s{0,40}string\(\d{1,9}\) (?=")/y

function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** A character of a name that is no letter. Letters are 32 and their place in the alphabet. */
const IN_NAME = 1
const LETTER = 32
const BEYOND_ASCII = 64
const NAME_CODES = nameCodes()

function nameCodes(): Uint8Array {
  const table = new Uint8Array(128)
  for (let code = 0; code < 128; code += 1) {
    const char = String.fromCharCode(code)
    if (/[A-Za-z]/.test(char)) table[code] = LETTER | (code & 31)
    else if (/[0-9_.[\]-]/.test(char)) table[code] = IN_NAME
  }
  return table
}

/** Which three letters begin a telling word, or end with the two of a shorter one. */
const BEGINNINGS = beginnings()

function beginnings(): Uint8Array {
  const table = new Uint8Array(1 << 15)
  for (const word of [...TELLING_WORDS, 'key']) {
    const [first = 0, second = 0, third = 0] = Array.from(word.slice(0, 3), (char) => char.charCodeAt(0) & 31)
    if (word.length > 2) table[(first << 10) | (second << 5) | third] = 1
    else for (let any = 0; any < 32; any += 1) table[(any << 10) | (first << 5) | second] = 1
  }
  return table
}

function isLetterBeyondAscii(code: number): boolean {
  return (code >= 0xd800 && code <= 0xdfff) || /[\p{L}\p{N}]/u.test(String.fromCharCode(code))
}

/**
 * Names that were judged, by a hash of their letters: scripts repeat a few, and looking one up this way needs no copy of it.
 * Two names in the same place only push each other out.
 */
const PLACES = 1 << 14
const judgedHashes = new Int32Array(PLACES)
const judgedNames: string[] = Array<string>(PLACES).fill('')
const judgedKinds: (NameKind | undefined)[] = Array<NameKind | undefined>(PLACES).fill(undefined)

function recalled(text: string, start: number, end: number): NameKind | undefined {
  let hash = end - start
  for (let i = start; i < end; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  const place = (hash ^ (hash >>> 11)) & (PLACES - 1)
  if (judgedHashes[place] === hash && isNamed(judgedNames[place] ?? '', text, { start, end })) return judgedKinds[place]
  const name = ownCopy(text.slice(start, end))
  const kind = classifyName(name)
  judgedHashes[place] = hash
  judgedNames[place] = name
  judgedKinds[place] = kind
  return kind
}

function isNamed(name: string, text: string, { start, end }: { start: number; end: number }): boolean {
  return name.length === end - start && text.startsWith(name, start)
}

function readValue(text: string, at: number): { start: number; end: number } | undefined {
  const isEscaped = text.charCodeAt(at) === 0x5c && text.charCodeAt(at + 1) === 0x22
  const open = isEscaped ? at + 1 : at
  const quote = text.charCodeAt(open)
  if (quote === 0x22 || quote === 0x27) {
    const end = isEscaped ? endOfEscaped(text, open + 1) : endOfQuoted(text, open + 1, quote)
    return end > open + 1 ? { start: open + 1, end } : undefined
  }
  const limit = Math.min(text.length, at + MAX_VALUE)
  let end = at
  while (end < limit && !endsBare(text.charCodeAt(end))) end += 1
  return end > at ? { start: at, end } : undefined
}

const BARE_ENDS = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\s&;,"'<>{}[\]]/.test(String.fromCharCode(code)) ? 1 : 0,
)

function endsBare(code: number): boolean {
  return code < 128 ? BARE_ENDS[code] === 1 : /\s/.test(String.fromCharCode(code))
}

/** A backslash takes the next character with it, a quote too. */
function endOfQuoted(text: string, from: number, quote: number): number {
  const limit = Math.min(text.length, from + MAX_VALUE)
  let end = from
  while (end < limit) {
    const code = text.charCodeAt(end)
    if (code === quote || code === 0x0a) break
    end += code === 0x5c ? 2 : 1
  }
  return Math.min(end, text.length)
}

/** JSON inside a JSON string: the quotes themselves are escaped. */
function endOfEscaped(text: string, from: number): number {
  const end = text.slice(from, from + MAX_VALUE).indexOf('\\"')
  return end < 0 ? Math.min(text.length, from + MAX_VALUE) : from + end
}

const LONGEST_HARMLESS = 9

function isHarmless(value: string, kind: NameKind): boolean {
  if (value.length > LONGEST_HARMLESS) return value.startsWith('[') || /^(?:\*+|•+)$/.test(value)
  if (/^(?:true|false|null|undefined|none|required|invalid|missing|\d{1,3}|\*+|•+)$/i.test(value)) return true
  if (value.startsWith('[')) return true
  return kind === 'token' && /^(?:bearer|basic|negotiate|token)$/i.test(value)
}
