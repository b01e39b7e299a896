import { transliterate } from '@clew/text'
import { acts, type TrainingPhrase } from '../training-phrases.ts'
import { type Example, trainWeights } from './classifier.ts'
import { featuresOf, wordsOf } from './features.ts'
import { packLexicon } from './lexicon.ts'
import { type Guarded, guarded, type NamedTopic, namedTopics, type Trained } from './router.ts'

/**
 * Trains what tells acts and topics apart, and what tells whether something is tried at all. Greek phrases are learnt as they are and as people type them in Latin
 * letters.
 */
export function trainRouter(phrases: readonly TrainingPhrase[], forGuard: readonly TrainingPhrase[] = []): Trained {
  const spelt = phrases.flatMap(spellings)
  const uses = countRoots(spelt)
  const words = wordsIn(phrases)
  const read = (one: Spelt) => {
    // A phrase must not vouch for its own words, or every word would seem known.
    const own = isOurs(one) ? 1 : 0
    const known = { root: (root: string) => (uses.get(root) ?? 0) > own, word: (word: string) => words.has(word) }
    const { plain, wary } = featuresOf(one.text, known)
    return { ...one, features: plain, wary }
  }
  const seen = spelt.map(read)
  const seenByGuard = [...seen, ...forGuard.flatMap(spellings).map(read)]
  const examples = <L extends string>(labelOf: (one: (typeof seen)[number]) => L): Example<L>[] =>
    seen.map((one) => ({ features: one.features, label: labelOf(one), weight: one.weight }))

  const wary = seenByGuard.map((one) => ({ features: one.wary, label: guardedAs(one.act), weight: one.weight }))
  const about = seen.filter((one) => one.topic !== '-')
  return {
    acts: trainWeights(acts, balanced(examples(({ act }) => act))),
    topics: trainWeights(
      namedTopics,
      balanced(about.map(({ features, topic, weight }) => ({ features, label: topic as NamedTopic, weight }))),
    ),
    guard: trainWeights(guarded, wary),
    lexicon: packLexicon({ roots: uses.keys(), words }),
  }
}

const guardedAs = (act: TrainingPhrase['act']): Guarded =>
  act === 'injection' || act === 'foreign-data' ? act : 'fair'

/** Labels with few phrases count for more, though not for as much as those with many. */
function balanced<L extends string>(examples: readonly Example<L>[]): Example<L>[] {
  const counts = new Map<L, number>()
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1)
  const mean = examples.length / Math.max(1, counts.size)
  return examples.map((example) => ({
    ...example,
    weight: example.weight * Math.sqrt(mean / (counts.get(example.label) ?? mean)),
  }))
}

const hasGreek = /\p{Script=Greek}/u

type Spelt = TrainingPhrase & { weight: number }

function spellings(phrase: TrainingPhrase): Spelt[] {
  const asTyped = { ...phrase, weight: 1 }
  if (!hasGreek.test(phrase.text)) return [asTyped]
  return [asTyped, { ...phrase, text: transliterate(phrase.text, 'visual'), weight: 0.5 }]
}

const isOurs = ({ act }: TrainingPhrase): boolean => act === 'problem' || act === 'question'

function countRoots(phrases: readonly TrainingPhrase[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const phrase of phrases.filter(isOurs)) {
    for (const root of new Set(wordsOf(phrase.text).roots)) uses.set(root, (uses.get(root) ?? 0) + 1)
  }
  return uses
}

/** Words that stand in several phrases; what stands in one may be a slip itself. */
function wordsIn(phrases: readonly TrainingPhrase[]): Set<string> {
  const once = new Set<string>()
  const often = new Set<string>()
  for (const { text } of phrases)
    for (const word of new Set(wordsOf(text).words)) (once.has(word) ? often : once).add(word)
  return often
}
