import { findPlaceholders } from '@clew/redact'

export interface TextPart {
  readonly text: string
  /** Stands where the sanitiser took something away. */
  readonly isPlaceholder: boolean
}

/** A text in the order of its parts, for showing apart what was removed. */
export function splitAtPlaceholders(text: string): TextPart[] {
  const parts: TextPart[] = []
  let at = 0
  for (const { start, end } of findPlaceholders(text)) {
    if (start > at) parts.push({ text: text.slice(at, start), isPlaceholder: false })
    parts.push({ text: text.slice(start, end), isPlaceholder: true })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), isPlaceholder: false })
  return parts
}
