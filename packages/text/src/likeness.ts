import { contentTokens, gramsOf, skeletonKey } from './terms.ts'
import type { Locale } from './tokenise.ts'

/** A text as counts of its character n-grams, of length 1. Greek and Greek in Latin letters come out alike. */
export type GramVector = ReadonlyMap<string, number>

export function gramVectors(texts: readonly string[], locale: Locale): GramVector[] {
  const bags = texts.map((text) => {
    const bag = new Map<string, number>()
    for (const { folded } of contentTokens(text))
      for (const gram of gramsOf(locale === 'el' ? skeletonKey(folded) : folded))
        bag.set(gram, (bag.get(gram) ?? 0) + 1)
    return bag
  })
  const documents = new Map<string, number>()
  for (const bag of bags) for (const gram of bag.keys()) documents.set(gram, (documents.get(gram) ?? 0) + 1)
  // What half of all texts say tells them apart less; in a handful of texts it must still weigh something.
  const rarity = (gram: string): number => 1 + Math.log((1 + texts.length) / (1 + (documents.get(gram) ?? 0)))
  return bags.map((bag) =>
    normalised(new Map([...bag].map(([gram, count]) => [gram, (1 + Math.log(count)) * rarity(gram)]))),
  )
}

function normalised(vector: Map<string, number>): GramVector {
  let squares = 0
  for (const weight of vector.values()) squares += weight * weight
  const length = Math.sqrt(squares) || 1
  return new Map([...vector].map(([gram, weight]) => [gram, weight / length]))
}

type Group = { places: number[]; squares: number }

/**
 * Groups vectors that point the same way, in one pass: each joins the group whose middle is nearest, if it is near
 * enough, or begins its own. Answers with their places, the largest group first, in each the most typical first.
 */
export function groupAlike(vectors: readonly GramVector[], atLeast: number): number[][] {
  const groups: Group[] = []
  /** For each n-gram how much of it each group holds: the sums of their vectors, turned on their side. */
  const held = new Map<string, Map<number, number>>()
  const likeness = (vector: GramVector, group: number): number => {
    let dot = 0
    for (const [gram, weight] of vector) dot += weight * (held.get(gram)?.get(group) ?? 0)
    return cosine(dot, groups[group])
  }
  // Long texts first: a short one says too little to draw others to it.
  const order = vectors.map((_, place) => place).sort((a, b) => sizeAt(vectors, b) - sizeAt(vectors, a) || a - b)
  for (const place of order) {
    const vector: GramVector = vectors[place] ?? new Map()
    const { number, dot } = nearest(vector, { groups, held, atLeast })
    const group = groups[number] ?? { places: [], squares: 0 }
    groups[number] = group
    group.places.push(place)
    group.squares += 2 * dot + 1
    for (const [gram, weight] of vector) {
      const holders = held.get(gram) ?? new Map<number, number>()
      held.set(gram, holders.set(number, (holders.get(number) ?? 0) + weight))
    }
  }
  return groups
    .map(({ places }, number) =>
      places
        .map((place) => ({ place, likeness: likeness(vectors[place] ?? new Map(), number) }))
        .sort((a, b) => b.likeness - a.likeness || a.place - b.place)
        .map(({ place }) => place),
    )
    .sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
}

type Standing = { groups: readonly Group[]; held: ReadonlyMap<string, ReadonlyMap<number, number>>; atLeast: number }

/** The group that is nearest, or the number of a new one. */
function nearest(vector: GramVector, { groups, held, atLeast }: Standing): { number: number; dot: number } {
  const dots = new Map<number, number>()
  for (const [gram, weight] of vector)
    for (const [number, sum] of held.get(gram) ?? []) dots.set(number, (dots.get(number) ?? 0) + weight * sum)
  let best = { number: groups.length, dot: 0, likeness: atLeast }
  for (const [number, dot] of dots) {
    const likeness = cosine(dot, groups[number])
    if (likeness >= best.likeness) best = { number, dot, likeness }
  }
  return best
}

/** Of a vector of length 1 and the sum of a group. */
const cosine = (dot: number, group: Group | undefined): number =>
  group === undefined || group.squares <= 0 ? 0 : dot / Math.sqrt(group.squares)

const sizeAt = (vectors: readonly GramVector[], place: number): number => vectors[place]?.size ?? 0
