import { buckets, type Features } from './features.ts'

/** How likely each label is; the numbers add up to 1. */
export type Probabilities<L extends string> = Record<L, number>

/** Multinomial logistic regression over hashed features. */
export type Classifier<L extends string> = {
  labels: readonly L[]
  probabilities: (features: Features) => Probabilities<L>
}

export type Example<L extends string> = { features: Features; label: L; weight: number }

export type Training = { epochs: number; rate: number; decay: number }

const training: Training = { epochs: 7, rate: 0.4, decay: 6e-5 }

/** Weights by bucket, then by label, and one bias for each label at the end. */
export type Weights = Float32Array

/**
 * Fits the weights by AdaGrad and gives the mean of how they stood after the later epochs, which wavers less than where
 * they happen to end. The order of examples is shuffled by a fixed generator, so the result repeats.
 */
export function trainWeights<L extends string>(
  labels: readonly L[],
  examples: readonly Example<L>[],
  { epochs, rate, decay }: Training = training,
): Weights {
  const size = labels.length
  const weights = new Float32Array((buckets + 1) * size)
  const mean = new Float32Array(weights.length)
  const seen = new Float32Array(weights.length).fill(1e-3)
  const wanted = examples.map(({ label }) => labels.indexOf(label))
  const order = examples.map((_, place) => place)
  const random = generator()
  const scores = new Float64Array(size)
  const settled = Math.ceil(epochs / 3)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const place of order) {
      const example = examples[place]
      if (!example) continue
      score(weights, example.features, scores)
      softmax(scores)
      scores[wanted[place] ?? 0] = (scores[wanted[place] ?? 0] ?? 0) - 1
      step({ weights, seen, size, scores, example, rate, decay })
    }
    if (epoch >= settled) addTo(mean, weights, 1 / (epochs - settled))
  }
  return mean
}

function addTo(mean: Float32Array, weights: Float32Array, share: number): void {
  for (const [place, weight] of weights.entries()) mean[place] = (mean[place] ?? 0) + share * weight
}

type Step = {
  weights: Weights
  seen: Float32Array
  size: number
  scores: Float64Array
  example: Example<string>
  rate: number
  decay: number
}

/** A label that is wrong by less than this teaches nothing any more. */
const leastError = 0.002
/** The value of the feature that every example has. */
const bias = 0.2

function step({ weights, seen, size, scores, example, rate, decay }: Step): void {
  const { at, value } = example.features
  const wrong = labelsWrong(scores)
  // The bias is one more feature, at the end.
  const places = [...at, buckets]
  for (const [place, bucket] of places.entries()) {
    const input = (value[place] ?? bias) * example.weight
    const offset = bucket * size
    for (const label of wrong) {
      const here = offset + label
      const gradient = (scores[label] ?? 0) * input + decay * (weights[here] ?? 0)
      const total = (seen[here] ?? 0) + gradient * gradient
      seen[here] = total
      weights[here] = (weights[here] ?? 0) - (rate * gradient) / Math.sqrt(total)
    }
  }
}

function labelsWrong(errors: Float64Array): number[] {
  const wrong: number[] = []
  for (const [label, error] of errors.entries()) if (Math.abs(error) > leastError) wrong.push(label)
  return wrong
}

export function classifierOf<L extends string>(
  labels: readonly L[],
  weights: Float32Array | Int8Array,
  scale = 1,
): Classifier<L> {
  const scores = new Float64Array(labels.length)
  return {
    labels,
    probabilities: (features) => {
      score(weights, features, scores)
      if (scale !== 1) for (let label = 0; label < scores.length; label++) scores[label] = (scores[label] ?? 0) * scale
      softmax(scores)
      return Object.fromEntries(labels.map((label, place) => [label, scores[place] ?? 0])) as Probabilities<L>
    },
  }
}

function score(weights: Float32Array | Int8Array, { at, value }: Features, scores: Float64Array): void {
  const size = scores.length
  const common = buckets * size
  for (let label = 0; label < size; label++) scores[label] = bias * (weights[common + label] ?? 0)
  for (let place = 0; place < at.length; place++) {
    const offset = (at[place] ?? 0) * size
    const input = value[place] ?? 0
    for (let label = 0; label < size; label++) {
      scores[label] = (scores[label] ?? 0) + input * (weights[offset + label] ?? 0)
    }
  }
}

function softmax(scores: Float64Array): void {
  const top = scores.reduce((most, next) => Math.max(most, next), Number.NEGATIVE_INFINITY)
  let total = 0
  for (let label = 0; label < scores.length; label++) {
    const grown = Math.exp((scores[label] ?? 0) - top)
    scores[label] = grown
    total += grown
  }
  for (let label = 0; label < scores.length; label++) scores[label] = (scores[label] ?? 0) / total
}

/** The same sequence each time: what is trained twice from the same phrases is the same to the bit. */
function generator(): () => number {
  let state = 42
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let place = order.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1))
    ;[order[place], order[other]] = [order[other] ?? 0, order[place] ?? 0]
  }
}
