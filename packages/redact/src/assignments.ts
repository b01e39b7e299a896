import { Marks } from './marks.ts'
import { classifyName, type NameKind } from './names.ts'
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
  let from = 0
  for (const link of marks.links) {
    const kind = link < from - LONGEST_LINK ? undefined : kindBefore(text, link)
    const start = kind === undefined ? undefined : afterLink(text, link)
    if (kind === undefined || start === undefined || start < from) continue
    const value = readValue(text, start)
    if (value === undefined || isHarmless(text.slice(value.start, value.end), kind)) continue
    spans.push({ ...value, kind })
    from = value.end
  }
  return spans
}

/** What the name says that stands before a `=` or `:`, in quotes, in escaped quotes or bare. */
function kindBefore(text: string, link: number): NameKind | undefined {
  let end = link
  while (link - end < 3 && isBlank(text.charCodeAt(end - 1))) end -= 1
  const quote = text.charCodeAt(end - 1)
  if (quote === 0x22 || quote === 0x27) end -= 1
  if (text.charCodeAt(end - 1) === 0x5c) end -= 1
  const start = startOfName(text, end)
  return end - start < MIN_NAME ? undefined : recalled(text, start, end)
}

/** Behind `=>`, `=` or `:` and the blanks after it; undefined in `https://`. */
function afterLink(text: string, link: number): number | undefined {
  let at = link + 1
  if (text.charCodeAt(link) === 0x3d && text.charCodeAt(at) === 0x3e) at += 1
  if (text.startsWith('//', at)) return undefined
  for (let blanks = 0; blanks < 3 && isBlank(text.charCodeAt(at)); blanks += 1) at += 1
  return at
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** A name longer than names are has no start, unless a bracket gives it one. */
function startOfName(text: string, end: number): number {
  let start = end
  let bracket = end
  while (start > 0) {
    const code = text.charCodeAt(start - 1)
    if (code < 128 ? NAME_CODES[code] !== 1 : !isLetterBeyondAscii(code)) return start
    if (code === 0x5b || code === 0x5d) bracket = start
    if (end - start === MAX_NAME) return bracket
    start -= 1
  }
  return start
}

const NAME_CODES = nameCodes()

function nameCodes(): Uint8Array {
  const table = new Uint8Array(128)
  for (let code = 0; code < 128; code += 1) if (/[A-Za-z0-9_.[\]-]/.test(String.fromCharCode(code))) table[code] = 1
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
  const isEscaped = text.startsWith('\\"', at)
  const open = isEscaped ? at + 1 : at
  const quote = text.charAt(open)
  if (quote === '"' || quote === "'") {
    const end = isEscaped ? endOfEscaped(text, open + 1) : endOfQuoted(text, open + 1, quote)
    return end > open + 1 ? { start: open + 1, end } : undefined
  }
  let end = at
  while (end < text.length && end - at < MAX_VALUE && !/[\s&;,"'<>{}[\]]/.test(text.charAt(end))) end += 1
  return end > at ? { start: at, end } : undefined
}

/** A backslash takes the next character with it, a quote too. */
function endOfQuoted(text: string, from: number, quote: string): number {
  let end = from
  while (end < text.length && end - from < MAX_VALUE && text.charAt(end) !== quote && text.charAt(end) !== '\n') {
    end += text.charAt(end) === '\\' ? 2 : 1
  }
  return Math.min(end, text.length)
}

/** JSON inside a JSON string: the quotes themselves are escaped. */
function endOfEscaped(text: string, from: number): number {
  const end = text.slice(from, from + MAX_VALUE).indexOf('\\"')
  return end < 0 ? Math.min(text.length, from + MAX_VALUE) : from + end
}

function isHarmless(value: string, kind: NameKind): boolean {
  if (/^(?:true|false|null|undefined|none|required|invalid|missing|\d{1,3}|\*+|•+)$/i.test(value)) return true
  if (value.startsWith('[')) return true
  return kind === 'token' && /^(?:bearer|basic|negotiate|token)$/i.test(value)
}
