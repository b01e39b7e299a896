/** A document as weighted term counts. */
export type Bag = ReadonlyMap<string, number>

/** One word of a query: any of its readings may match, the best one counts. */
export type TermGroup = readonly { term: string; weight: number }[]

export type Bm25 = {
  has: (term: string) => boolean
  terms: () => IterableIterator<string>
  /** Per document: score divided by the score a perfect document would get. Documents without a match are absent. */
  coverage: (query: readonly TermGroup[]) => Map<number, number>
}

const k1 = 1.2
const b = 0.6
/** Readings below this weight (synonyms) do not change what a perfect answer would contain. */
const nearlyCertain = 0.7

/** Okapi BM25 whose scores are normalised by the query's own ideal: raw scores say little about whether an answer exists. */
export function createBm25(bags: readonly Bag[]): Bm25 {
  const lengths = bags.map((bag) => [...bag.values()].reduce((sum, count) => sum + count, 0))
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, bags.length)
  const saturation = (count: number, document: number): number => {
    const length = (lengths[document] ?? 0) / (averageLength || 1)
    return (count * (k1 + 1)) / (count + k1 * (1 - b + b * length))
  }
  const postings = invert(bags, saturation)
  const idf = (term: string): number => {
    const documents = postings.get(term)?.size ?? 0
    return Math.log(1 + (bags.length - documents + 0.5) / (documents + 0.5))
  }

  const scoreGroup = (group: TermGroup): Map<number, number> => {
    const best = new Map<number, number>()
    for (const { term, weight } of group) {
      const value = weight * idf(term)
      for (const [document, saturated] of postings.get(term) ?? []) {
        best.set(document, Math.max(best.get(document) ?? 0, value * saturated))
      }
    }
    return best
  }

  /** What is not known at all weighs most: a question about other things must not look well covered. */
  const idealIdf = (group: TermGroup): number => {
    const known = group.filter(({ term, weight }) => postings.has(term) && weight >= nearlyCertain)
    return Math.max(0, ...(known.length > 0 ? known : group.slice(0, 1)).map(({ term }) => idf(term)))
  }

  const coverage = (query: readonly TermGroup[]): Map<number, number> => {
    const totals = new Map<number, number>()
    let ideal = 0
    for (const group of query) {
      ideal += (k1 + 1) * idealIdf(group)
      for (const [document, score] of scoreGroup(group)) totals.set(document, (totals.get(document) ?? 0) + score)
    }
    if (ideal === 0) return new Map()
    return new Map([...totals].map(([document, score]) => [document, Math.min(1, score / ideal)]))
  }

  return { has: (term) => postings.has(term), terms: () => postings.keys(), coverage }
}

/** By term, each document that has it with what that counts there. */
function invert(
  bags: readonly Bag[],
  saturation: (count: number, document: number) => number,
): Map<string, Map<number, number>> {
  const postings = new Map<string, Map<number, number>>()
  for (const [document, bag] of bags.entries()) {
    for (const [term, count] of bag) {
      const list = postings.get(term) ?? new Map<number, number>()
      list.set(document, saturation(count, document))
      postings.set(term, list)
    }
  }
  return postings
}
