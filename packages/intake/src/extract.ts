import { maskSecretsInMessage } from '@clew/redact'
import { type Locale, tokenise } from '@clew/text'
import { readAccount } from './extract/account.ts'
import { readEnvironment } from './extract/environment.ts'
import { readIds } from './extract/ids.ts'
import { saysNoProblem } from './extract/no-problem.ts'
import { readPolicyMessage } from './extract/policy.ts'
import { readSnippets } from './extract/snippets.ts'
import { type Expectation, type Extractor, type Finding, readSource } from './extract/source.ts'
import { readSteps } from './extract/steps.ts'
import { readTimestamps } from './extract/timestamps.ts'
import { readZone } from './extract/zone-words.ts'
import type { Fact, TimestampValue } from './facts.ts'

export type ExtractOptions = {
  locale: Locale
  now: Date
  /** The person's time zone (IANA), if the browser or the account told it. */
  zone?: string
  /** What the question before asked for: "Firefox" or "plus" alone is then an answer. See `expectationsOf`. */
  expecting?: readonly Expectation[]
  /** What the person has told before, for "half an hour later than I said" and for a zone that was asked. */
  known?: readonly Fact[]
}

const extractors: readonly Extractor[] = [
  readProblem,
  readSteps,
  readTimestamps,
  readAccount,
  readIds,
  readEnvironment,
  readPolicyMessage,
  readSnippets,
]

/**
 * Reads the ten categories from what a person wrote. Each fact quotes the words it was read from, exactly; only a
 * secret among them is masked, even if the caller forgot to.
 */
export function extractFacts(text: string, options: ExtractOptions): Fact[] {
  const source = readSource(text, options)
  const at = options.now.toISOString()
  return extractors
    .flatMap((read) => read(source))
    .map((found) => ({ ...withoutSecrets(found), source: 'contact', at }))
}

/** What is left has to be so many words to say what a message is about. */
const fewestLeft = 6

/** A message without the moments that it tells: what it is about, not when. */
export function withoutMoments(text: string, options: ExtractOptions): string {
  // A clock has a digit; reading for moments is the dear part.
  if (!/\d/.test(text) || text.trim().split(/\s+/).length <= fewestLeft) return text
  const quotes = readTimestamps(readSource(text, options)).map(({ quote }) => quote)
  return enough(
    quotes.reduce((left, quote) => left.replaceAll(quote, ' '), text),
    text,
  )
}

const enough = (rest: string, whole: string): string => (rest.trim().split(/\s+/).length >= fewestLeft ? rest : whole)

/** Ids and names are read by their shape; a secret can only hide in free text. */
function withoutSecrets(found: Finding): Finding {
  const quote = mask(found.quote)
  if (found.field === 'problem') return { ...found, value: { text: mask(found.value.text) }, quote }
  if (found.field === 'steps') return { ...found, value: { items: found.value.items.map(mask) }, quote }
  if (found.field === 'policy_message')
    return { ...found, value: { ...found.value, message: mask(found.value.message) }, quote }
  if (found.field === 'visuals')
    return { ...found, value: { ...found.value, snippets: found.value.snippets.map(mask) }, quote }
  return found
}

function mask(text: string): string {
  return maskSecretsInMessage(text).text
}

/** The zone that a reply such as "Athens time" or "ώρα Ελλάδας" names, for a moment that lacked one. */
export function extractZone(text: string, options: ExtractOptions): string | undefined {
  const said = readZone(readSource(text, options))
  return said && 'zone' in said ? said.zone : undefined
}

/** What was typed where a moment is asked for, with how sure the reading is. */
export type ReadMoment = { value: TimestampValue; confidence?: number; corrects?: true }

/**
 * Reads what was typed into a field for a moment, as an answer to "when did it happen?" would be; the words stay as they
 * were typed. Of several moments the first is the one. Undefined when there is none that can be understood.
 */
export function readTypedMoment(said: string, options: ExtractOptions): ReadMoment | undefined {
  const expecting = [{ field: 'timestamps', part: 'time' }] as const
  const [first] = readTimestamps(readSource(said, { ...options, expecting }))
  if (first?.field !== 'timestamps') return undefined
  const { value, confidence, corrects } = first
  return { value: { ...value, said }, confidence, ...(corrects === undefined ? {} : { corrects }) }
}

/** Reads a moment again now that its zone is known. `options.now` is when the words were said, not when they were cleared up. */
export function clarifyTimestamp(value: TimestampValue, options: ExtractOptions & { zone: string }): TimestampValue {
  const [again] = readTimestamps(readSource(value.said, options))
  return again?.field === 'timestamps' ? again.value : value
}

const fewestWords = 4
const longestProblem = 600

/**
 * A message that says something is the problem in the person's own words; a greeting, a "yes" and the wish for a person
 * are not.
 */
function readProblem({ text }: { text: string }): Finding[] {
  const whole = text.trim()
  const said = beginningOf(whole)
  const words = tokenise(said)
  if (words.length < fewestWords || words.filter(({ isStop }) => !isStop).length < 2 || saysNoProblem(whole)) return []
  return [{ field: 'problem', value: { text: said === whole ? said : `${said} …` }, quote: said, confidence: 0.6 }]
}

/** Whole words. */
function beginningOf(text: string): string {
  if (text.length <= longestProblem) return text
  const cut = text.slice(0, longestProblem)
  const end = cut.search(/\s+\S*$/)
  return end > 0 ? cut.slice(0, end) : cut
}
