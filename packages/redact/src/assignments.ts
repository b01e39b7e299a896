import { classifyName, type NameKind } from './names.ts'
import type { Span } from './spans.ts'

export type AssignmentKind = 'password' | 'token' | 'cookie' | 'email' | 'personal'

const MAX_VALUE = 4_096
const SEPARATOR = /(?<![\p{L}\p{N}_.-])([\p{L}\p{N}_.[\]-]{2,64})\\?["']?[ \t]{0,3}(?:=>|=|:)(?!\/\/)[ \t]{0,3}/gu

/** `password=…`, `"api_key": "…"`, `Token: …`: the value of every assignment whose name says that it is a secret. */
export function detectAssignments(text: string): Span<AssignmentKind>[] {
  const spans: Span<AssignmentKind>[] = []
  let from = 0
  for (const match of text.matchAll(SEPARATOR)) {
    const start = match.index + match[0].length
    if (start < from) continue
    const kind = classifyName(match[1] ?? '')
    if (kind === undefined) continue
    const value = readValue(text, start)
    if (value === undefined || isHarmless(text.slice(value.start, value.end), kind)) continue
    spans.push({ ...value, kind })
    from = value.end
  }
  return spans
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
  const end = text.indexOf('\\"', from)
  return end < 0 || end - from > MAX_VALUE ? Math.min(text.length, from + MAX_VALUE) : end
}

function isHarmless(value: string, kind: NameKind): boolean {
  if (/^(?:true|false|null|undefined|none|required|invalid|missing|\d{1,3}|\*+|•+)$/i.test(value)) return true
  if (value.startsWith('[')) return true
  return kind === 'token' && /^(?:bearer|basic|negotiate|token)$/i.test(value)
}
