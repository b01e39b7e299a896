import { type Act, acts, type Topic, topics } from '../training-phrases.ts'
import { type Classifier, classifierOf, type Probabilities } from './classifier.ts'
import { buckets, featuresOf } from './features.ts'
import { lexiconBytes, readLexicon } from './lexicon.ts'

export type NamedTopic = Exclude<Topic, '-'>
export const namedTopics = topics.filter((topic): topic is NamedTopic => topic !== '-')

/** What a message does and what it is about, as far as its words tell. */
export type Route = { acts: Probabilities<Act>; topics: Probabilities<NamedTopic> }

export type Router = { route: (message: string) => Route }

export type Trained = { acts: Float32Array; topics: Float32Array; guard: Float32Array; lexicon: Uint8Array }

/** What the guard tells apart: the acts that are tried with the assistant itself or about others, and all the rest. */
export const guarded = ['injection', 'foreign-data', 'fair'] as const
export type Guarded = (typeof guarded)[number]

/** The trained weights in one file: a scale and one byte for each weight of both classifiers, then the words. */
export function packRouter({ acts: byAct, topics: byTopic, guard, lexicon }: Trained): Uint8Array {
  const parts = [pack(byAct), pack(byTopic), pack(guard), lexicon]
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

const scaleBytes = 4
const sizeOf = (labels: readonly string[]): number => (buckets + 1) * labels.length

function pack(weights: Float32Array): Uint8Array {
  const most = weights.reduce((top, weight) => Math.max(top, Math.abs(weight)), 1e-9)
  const packed = new Uint8Array(scaleBytes + weights.length)
  new DataView(packed.buffer).setFloat32(0, most / 127)
  const bytes = new Int8Array(packed.buffer, scaleBytes)
  for (const [place, weight] of weights.entries()) bytes[place] = Math.round((weight / most) * 127)
  return packed
}

/** @throws when the bytes were made for other labels: the product was updated and not built. */
export function createRouter(packed: Uint8Array): Router {
  const topicsAt = scaleBytes + sizeOf(acts)
  const guardAt = topicsAt + scaleBytes + sizeOf(namedTopics)
  const lexiconAt = guardAt + scaleBytes + sizeOf(guarded)
  const expected = lexiconAt + lexiconBytes
  if (packed.length !== expected) throw new Error(`the trained router has ${packed.length} bytes, expected ${expected}`)
  const byAct = unpack(acts, packed, 0)
  const byTopic = unpack(namedTopics, packed, topicsAt)
  const guard = unpack(guarded, packed, guardAt)
  const known = readLexicon(packed.subarray(lexiconAt))
  return {
    route: (message) => {
      const { plain, wary } = featuresOf(message, known)
      const acts = guardedBy(guard.probabilities(wary), byAct.probabilities(plain))
      return { acts, topics: byTopic.probabilities(plain) }
    },
  }
}

/**
 * The guard sees other things than the classifier of acts and errs elsewhere, so the mean of both is likelier right than
 * either. What the other acts have is scaled to what is left.
 */
function guardedBy(guard: Probabilities<Guarded>, acts: Probabilities<Act>): Probabilities<Act> {
  const injection = mix(acts.injection, guard.injection)
  const foreign = mix(acts['foreign-data'], guard['foreign-data'])
  const left = Math.max(1e-9, 1 - acts.injection - acts['foreign-data'])
  const scale = (1 - injection - foreign) / left
  const entries = (Object.entries(acts) as [Act, number][]).map(([act, probability]) => [act, probability * scale])
  return { ...Object.fromEntries(entries), injection, 'foreign-data': foreign } as Probabilities<Act>
}

const mix = (own: number, other: number): number => (own + other) / 2

function unpack<L extends string>(labels: readonly L[], packed: Uint8Array, offset: number): Classifier<L> {
  const scale = new DataView(packed.buffer, packed.byteOffset + offset).getFloat32(0)
  const bytes = new Int8Array(packed.buffer, packed.byteOffset + offset + scaleBytes, sizeOf(labels))
  return classifierOf(labels, bytes, scale)
}

export function likeliest<L extends string>(probabilities: Probabilities<L>): { label: L; probability: number } {
  const entries = Object.entries(probabilities) as [L, number][]
  return entries.reduce(
    (best, [label, probability]) => (probability > best.probability ? { label, probability } : best),
    {
      label: entries[0]?.[0] as L,
      probability: 0,
    },
  )
}
