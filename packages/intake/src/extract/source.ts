import { foldMapped, type Locale } from '@clew/text'
import type { CaseField, FactValues } from '../facts.ts'

/** A message, ready for rules: they match on folded text (no accents, final sigma written σ) and quote the original. */
export type Source = {
  text: string
  folded: string
  original: (start: number, end: number) => string
  locale: Locale
  now: Date
  /** IANA name of the reader's zone, if it is known. */
  zone: string | undefined
}

/** What a rule read, before it becomes a fact with source and time. */
export type Finding = { [F in CaseField]: { field: F; value: FactValues[F]; quote: string } }[CaseField]

export type Extractor = (source: Source) => Finding[]

export type Hit = { groups: readonly (string | undefined)[]; start: number; end: number; quote: string }

/** Long messages are logs or pasted files; what a person says about the problem is near the start. */
const maxLength = 20_000

export function readSource(text: string, options: { locale: Locale; now: Date; zone?: string }): Source {
  const { folded, original } = foldMapped(text.slice(0, maxLength))
  return {
    text: text.slice(0, maxLength),
    folded,
    original,
    locale: options.locale,
    now: options.now,
    zone: options.zone,
  }
}

/** All places where a pattern matches the folded text. The pattern must be global. */
export function hits(source: Source, pattern: RegExp): Hit[] {
  return [...source.folded.matchAll(pattern)].map((match) => {
    const start = match.index
    const end = start + match[0].length
    return { groups: match.slice(1), start, end, quote: source.original(start, end) }
  })
}

export function firstHit(source: Source, pattern: RegExp): Hit | undefined {
  return hits(source, pattern)[0]
}

/** The folded words before a place, nearest last, within the same sentence. */
export function wordsBefore(source: Source, place: number, count: number): string[] {
  const clause =
    source.folded
      .slice(Math.max(0, place - 120), place)
      .split(/[.!?;\n](?:\s|$)/)
      .at(-1) ?? ''
  return words(clause).slice(-count)
}

export function wordsAfter(source: Source, place: number, count: number): string[] {
  const clause = source.folded.slice(place, place + 120).split(/[.!?;\n](?:\s|$)/)[0] ?? ''
  return words(clause).slice(0, count)
}

function words(text: string): string[] {
  return text.replace(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? []
}
