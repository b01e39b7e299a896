import type { Locale } from '@clew/text'
import type { CaseField, Fact, FactValues } from '../facts.ts'
import { readAsSpelt } from './spelling.ts'

/** A question that the message may be the answer to. */
export type Expectation = { field: CaseField; part?: string }

/** A message, ready for rules: they match on folded, well-spelt text and quote the original. */
export type Source = {
  text: string
  /** No accents, final sigma written σ, typos mended, Greeklish in Greek letters. */
  folded: string
  original: (start: number, end: number) => string
  isRespelt: (start: number, end: number) => boolean
  /** In Greek, in whichever letters. */
  isGreek: boolean
  locale: Locale
  now: Date
  /** IANA name of the reader's zone, if it is known. */
  zone: string | undefined
  expecting: readonly Expectation[]
  /** What the contact has told before. */
  known: readonly Fact[]
  /** "No, I meant …": what is said takes the place of what was said before. */
  isCorrection: boolean
}

/** What a rule read, before it becomes a fact with source and time. */
export type Finding = {
  [F in CaseField]: { field: F; value: FactValues[F]; quote: string; confidence: number; corrects?: true }
}[CaseField]

export type Extractor = (source: Source) => Finding[]

export type Hit = { groups: readonly (string | undefined)[]; start: number; end: number; quote: string }

export type SourceOptions = {
  locale: Locale
  now: Date
  zone?: string
  expecting?: readonly Expectation[]
  known?: readonly Fact[]
}

/** Long messages are logs or pasted files; what a person says about the problem is near the start. */
const maxLength = 20_000

const correction =
  /^[\s,.]*(?:(?:no|nope|οχι)[\s,.!-]+(?:sorry|wait|actually|it|i|that|the|not|συγγνωμη|ηταν|ειναι|στον?|σε|το)?|sorry|correction|actually|oops|συγγνωμη|διορθωνω|διορθωση|λαθοσ)(?!\p{L})|(?<!\p{L})(?:i meant|my mistake|wrong (?:address|e-?mail|one|id|plan|browser|time)|i was wrong|i got (?:it|that) wrong|should (?:be|have been)|(?:the )?(?:correct|right) (?:one|address|email|plan|id|browser) is|εννοουσα|ηθελα να πω|εκανα λαθοσ|λαθοσ μου|το σωστο ειναι|σωστο ειναι)(?!\p{L})/u

export function readSource(text: string, options: SourceOptions): Source {
  const { read, original, isRespelt, isGreek } = readAsSpelt(text.slice(0, maxLength))
  return {
    text: text.slice(0, maxLength),
    folded: read,
    original,
    isRespelt,
    isGreek,
    locale: options.locale,
    now: options.now,
    zone: options.zone,
    expecting: options.expecting ?? [],
    known: options.known ?? [],
    isCorrection: correction.test(read),
  }
}

export const expects = (source: Source, field: CaseField): boolean =>
  source.expecting.some((expected) => expected.field === field)

/** Nobody names a thing more often than this; a log may. */
const mostHits = 60

/** The places where a pattern matches the folded text, the first of very many. The pattern must be global. */
export function hits(source: Source, pattern: RegExp): Hit[] {
  const found: Hit[] = []
  for (const match of source.folded.matchAll(pattern)) {
    const start = match.index
    const end = start + match[0].length
    found.push({ groups: match.slice(1), start, end, quote: source.original(start, end) })
    if (found.length >= mostHits) break
  }
  return found
}

export function firstHit(source: Source, pattern: RegExp): Hit | undefined {
  return hits(source, pattern)[0]
}

/** A little less sure of a word that had to be spelt anew. */
export const sureness = (source: Source, { start, end }: { start: number; end: number }, sure: number): number =>
  source.isRespelt(start, end) ? Math.round((sure - 0.1) * 100) / 100 : sure

/** An ending of a sentence: not the point of "p.m." or of "6.5". */
const sentenceEnd = /[!?;·\n]|(?<=[\p{L}\p{N})»”"']{2})\.(?=\s|$)/gu
const reach = 240

/** The start and end of the sentence around a place, as far as it matters. */
export function sentenceAround(source: Source, start: number, end: number): { start: number; end: number } {
  const from = Math.max(0, start - reach)
  const before = [...source.folded.slice(from, start).matchAll(sentenceEnd)].at(-1)
  const after = source.folded.slice(end, end + reach).search(sentenceEnd)
  return {
    start: before ? from + before.index + 1 : from,
    end: after < 0 ? Math.min(source.folded.length, end + reach) : end + after,
  }
}

/** The folded words before a place, nearest last, within the same sentence. */
export const wordsBefore = (source: Source, place: number, count: number): string[] =>
  words(clauseBefore(source, place)).slice(-count)

/** The same, but only since the last comma or bracket. */
export const nearBefore = (source: Source, place: number, count: number): string[] =>
  words(clauseBefore(source, place).split(/[,(–]/).at(-1) ?? '').slice(-count)

export const wordsAfter = (source: Source, place: number, count: number): string[] =>
  words(clauseAfter(source, place)).slice(0, count)

/** The same, but only until the next comma behind a word. */
export const nearAfter = (source: Source, place: number, count: number): string[] =>
  words(clauseAfter(source, place).split(/(?<=\p{L}), /u)[0] ?? '').slice(0, count)

const clauseLength = 120
const clauseEnd = /[.!?;·\n](?:\s|$)/

const clauseBefore = ({ folded }: Source, place: number): string =>
  folded
    .slice(Math.max(0, place - clauseLength), place)
    .split(clauseEnd)
    .at(-1) ?? ''

const clauseAfter = ({ folded }: Source, place: number): string =>
  folded.slice(place, place + clauseLength).split(clauseEnd)[0] ?? ''

function words(text: string): string[] {
  return text.replace(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? []
}
