import { createBm25 } from './bm25.ts'
import { detectLanguage, isInGreekLetters } from './language.ts'
import { plainText } from './plain-text.ts'
import { readAsGreeklish, readAsWritten } from './readings.ts'
import { bagFields, bagsOf, skeletonKey } from './terms.ts'
import { tokenise } from './tokenise.ts'
import { createVocabulary } from './vocabulary.ts'

export type Passage = { heading?: string; text: string }

export type BestPassage<P extends Passage> = { passage: P; score: number }

const headingWeight = 3
/** A part has to answer clearly better than the introduction, which gives the verdict on the article's subject as a whole. */
const clearAnswer = 0.2
const clearLead = 0.1

/**
 * The passage that answers the question best, to be quoted word for word; undefined if none shares a word with it.
 * A broad question is answered by the introduction: the passage without a heading.
 */
export function bestPassage<P extends Passage>(query: string, passages: readonly P[]): BestPassage<P> | undefined {
  const isGreek = passages.some(({ text }) => isInGreekLetters(plainText(text)))
  const isPhonetic = isGreek && detectLanguage(query).greeklish
  const fields = isPhonetic
    ? { stems: bagFields.skeletonStems, grams: bagFields.skeletonGrams, key: skeletonKey }
    : { stems: bagFields.stems, grams: bagFields.grams, key: (folded: string) => folded }
  const parts = passages.map(({ heading = '', text }) => [
    { tokens: tokenise(heading), weight: headingWeight },
    { tokens: tokenise(plainText(text)), weight: 1 },
  ])
  const words = createBm25(bagsOf(parts, fields.stems))
  const grams = createBm25(bagsOf(parts, fields.grams))
  const tokens = parts.flat().flatMap((part) => part.tokens)
  const vocabulary = createVocabulary(tokens.map(({ folded, surface }) => ({ key: fields.key(folded), surface })))
  const reading = (isPhonetic ? readAsGreeklish : readAsWritten)(query, words, vocabulary)
  const byWords = words.coverage(reading.words)
  const byGrams = grams.coverage(reading.grams)
  const scored = passages.map((passage, index) => ({
    passage,
    score: 0.5 * (byWords.get(index) ?? 0) + 0.5 * (byGrams.get(index) ?? 0),
  }))
  const best = scored.reduce<BestPassage<P> | undefined>(
    (top, next) => (next.score > (top?.score ?? 0) ? next : top),
    undefined,
  )
  const introduction = scored.find(({ passage }) => passage.heading === undefined)
  if (!best || !introduction) return best
  const isClear = best.score >= clearAnswer && best.score >= introduction.score + clearLead
  return isClear ? best : introduction
}
