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

/** Finds among passages the one that answers a question best. */
export type PassageFinder<P extends Passage> = (query: string) => BestPassage<P> | undefined

/**
 * The passage that answers the question best, to be quoted word for word; undefined if none shares a word with it.
 * A broad question is answered by the introduction: the passage without a heading.
 */
export function bestPassage<P extends Passage>(query: string, passages: readonly P[]): BestPassage<P> | undefined {
  return passageFinder(passages)(query)
}

/** The same for many questions about the same passages, which are read once. */
export function passageFinder<P extends Passage>(passages: readonly P[]): PassageFinder<P> {
  const isGreek = passages.some(({ text }) => isInGreekLetters(plainText(text)))
  const parts = passages.map(({ heading = '', text }) => [
    { tokens: tokenise(heading), weight: headingWeight },
    { tokens: tokenise(plainText(text)), weight: 1 },
  ])
  const asWritten = once(() => scorer(parts, { ...writtenFields, read: readAsWritten }))
  const asGreeklish = once(() => scorer(parts, { ...phoneticFields, read: readAsGreeklish }))
  return (query) => {
    const isPhonetic = isGreek && detectLanguage(query).greeklish
    const scoreOf = (isPhonetic ? asGreeklish : asWritten)()(query)
    return choose(passages.map((passage, index) => ({ passage, score: scoreOf(index) })))
  }
}

const writtenFields = { stems: bagFields.stems, grams: bagFields.grams, key: (folded: string) => folded }
const phoneticFields = { stems: bagFields.skeletonStems, grams: bagFields.skeletonGrams, key: skeletonKey }

type Parts = Parameters<typeof bagsOf>[0]
type Fields = typeof writtenFields & { read: typeof readAsWritten }

function scorer(parts: Parts, { stems, grams, key, read }: Fields): (query: string) => (index: number) => number {
  const words = createBm25(bagsOf(parts, stems))
  const letters = createBm25(bagsOf(parts, grams))
  const tokens = parts.flat().flatMap((part) => part.tokens)
  const vocabulary = createVocabulary(tokens.map(({ folded, surface }) => ({ key: key(folded), surface })))
  return (query) => {
    const reading = read(query, words, vocabulary)
    const byWords = words.coverage(reading.words)
    const byLetters = letters.coverage(reading.grams)
    return (index) => 0.5 * (byWords.get(index) ?? 0) + 0.5 * (byLetters.get(index) ?? 0)
  }
}

function choose<P extends Passage>(scored: readonly BestPassage<P>[]): BestPassage<P> | undefined {
  const best = scored.reduce<BestPassage<P> | undefined>(
    (top, next) => (next.score > (top?.score ?? 0) ? next : top),
    undefined,
  )
  const introduction = scored.find(({ passage }) => passage.heading === undefined)
  if (!best || !introduction) return best
  const isClear = best.score >= clearAnswer && best.score >= introduction.score + clearLead
  return isClear ? best : introduction
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
