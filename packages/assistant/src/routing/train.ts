import { transliterate } from '@clew/text'
import { acts, type TrainingPhrase } from '../training-phrases.ts'
import { type Example, trainWeights } from './classifier.ts'
import { featuresOf, rootsOf } from './features.ts'
import {
  type Guarded,
  guarded,
  type NamedTopic,
  namedTopics,
  type Trained,
  vocabularyBit,
  vocabularyBytes,
} from './router.ts'

/**
 * Trains what tells acts and topics apart, and what tells whether something is tried at all. Greek phrases are learnt as they are and as people type them in Latin
 * letters.
 */
export function trainRouter(phrases: readonly TrainingPhrase[]): Trained {
  const spelt = phrases.flatMap((phrase) => spellings(phrase.text).map((each) => ({ ...phrase, ...each })))
  const uses = countUses(spelt)
  const seen = spelt.map((one) => {
    // A phrase must not vouch for its own words, or every word would seem known.
    const own = isOurs(one) ? 1 : 0
    const { plain, wary } = featuresOf(one.text, (root) => (uses.get(root) ?? 0) > own)
    return { ...one, features: plain, wary }
  })
  const examples = <L extends string>(labelOf: (one: (typeof seen)[number]) => L): Example<L>[] =>
    seen.map((one) => ({ features: one.features, label: labelOf(one), weight: one.weight }))

  const wary = seen.map((one) => ({ features: one.wary, label: guardedAs(one.act), weight: one.weight }))
  const about = seen.filter((one) => one.topic !== '-')
  return {
    acts: trainWeights(acts, balanced(examples(({ act }) => act))),
    topics: trainWeights(
      namedTopics,
      balanced(about.map(({ features, topic, weight }) => ({ features, label: topic as NamedTopic, weight }))),
    ),
    guard: trainWeights(guarded, wary),
    vocabulary: vocabularyOf(uses),
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

function spellings(text: string): { text: string; weight: number }[] {
  if (!hasGreek.test(text)) return [{ text, weight: 1 }]
  return [
    { text, weight: 1 },
    { text: transliterate(text, 'visual'), weight: 0.5 },
  ]
}

const isOurs = ({ act }: TrainingPhrase): boolean => act === 'problem' || act === 'question'

function countUses(phrases: readonly TrainingPhrase[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const phrase of phrases.filter(isOurs)) {
    for (const root of new Set(rootsOf(phrase.text))) uses.set(root, (uses.get(root) ?? 0) + 1)
  }
  return uses
}

function vocabularyOf(uses: ReadonlyMap<string, number>): Uint8Array {
  const bits = new Uint8Array(vocabularyBytes)
  for (const root of uses.keys()) {
    const bit = vocabularyBit(root)
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7))
  }
  return bits
}
