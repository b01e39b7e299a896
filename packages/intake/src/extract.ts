import { type Locale, tokenise } from '@clew/text'
import { readAccount } from './extract/account.ts'
import { readEnvironment } from './extract/environment.ts'
import { readIds } from './extract/ids.ts'
import { readPolicyMessage } from './extract/policy.ts'
import { type Extractor, type Finding, readSource } from './extract/source.ts'
import { readSteps } from './extract/steps.ts'
import { readTimestamps } from './extract/timestamps.ts'
import type { Fact } from './facts.ts'

export type ExtractOptions = {
  locale: Locale
  now: Date
  /** The person's time zone (IANA), if the browser or the account told it. */
  zone?: string
}

const extractors: readonly Extractor[] = [
  readProblem,
  readSteps,
  readTimestamps,
  readAccount,
  readIds,
  readEnvironment,
  readPolicyMessage,
]

/**
 * Reads the ten categories from what a person wrote. Each fact quotes the words it was read from, exactly.
 * Secrets must be masked before: this reads what is there and keeps it.
 */
export function extractFacts(text: string, options: ExtractOptions): Fact[] {
  const source = readSource(text, options)
  const at = options.now.toISOString()
  return extractors.flatMap((read) => read(source)).map((found) => ({ ...found, source: 'contact', at }))
}

const fewestWords = 4
const longestProblem = 600

/** A message that says something is the problem in the person's own words; a greeting or a "yes" is not. */
function readProblem({ text }: { text: string }): Finding[] {
  const content = tokenise(text).filter(({ isStop }) => !isStop)
  const said = text.trim().slice(0, longestProblem)
  if (content.length < 2 || tokenise(text).length < fewestWords) return []
  return [{ field: 'problem', value: { text: said }, quote: said }]
}
