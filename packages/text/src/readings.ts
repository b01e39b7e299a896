import type { Bm25, TermGroup } from './bm25.ts'
import { skeletonVariants } from './skeleton.ts'
import { stem, stemSkeleton } from './stem.ts'
import { isGreeklishStopWord } from './stop-words.ts'
import { createSynonyms } from './synonyms.ts'
import { contentTokens, exactly, gramsOf, skeletonKey } from './terms.ts'
import { type Token, tokenise } from './tokenise.ts'
import type { NearWord, Vocabulary } from './vocabulary.ts'

/** One way of understanding a query, ready to be scored against a pair of fields. */
export type Reading = {
  readAs?: 'greeklish' | 'typo'
  /** The query as it was understood, for "showing results for …". */
  query: string
  words: TermGroup[]
  grams: TermGroup[]
  /** Whether any word of it is known, or the beginning of one that is. Without one its n-grams match by chance. */
  isKnown: boolean
}

/** A synonym is weaker evidence than the word itself. */
const synonymWeight = 0.5
const writtenSynonyms = createSynonyms(stem)
const spokenSynonyms = createSynonyms((folded) => stemSkeleton(skeletonKey(folded)))

const typoWeights = [1, 0.85, 0.7]

/** The query in its own letters; words that no document knows are replaced by their nearest known neighbours. */
export function readAsWritten(query: string, stems: Bm25, vocabulary: Vocabulary): Reading {
  const repairs = new Map<string, string>()
  const tokens = contentTokens(query)
  const words = tokens.map((token): TermGroup => {
    const synonyms = withSynonyms([token.stem], writtenSynonyms)
    if (stems.has(token.stem) || token.isStop || synonyms.length > 1) return synonyms
    const near = vocabulary.near(token.folded)
    const repaired = near[0] && vocabulary.surface(near[0].key)
    if (!repaired) return [{ term: token.stem, weight: 1 }]
    repairs.set(token.surface, repaired)
    return near.map((word) => weighted(word, stem))
  })
  const grams = exactly(tokens.flatMap((token) => gramsOf(token.folded)))
  const isKnown = holdsKnown(words, stems) || tokens.some(({ folded }) => vocabulary.begins(folded))
  const understood = { words, grams, isKnown }
  if (repairs.size === 0) return { query, ...understood }
  return { readAs: 'typo', query: rewrite(query, (surface) => repairs.get(surface) ?? surface), ...understood }
}

/** A query in Latin letters, understood as Greek through the phonetic skeleton. */
export function readAsGreeklish(query: string, skeletonStems: Bm25, vocabulary: Vocabulary): Reading {
  const tokens = greeklishContent(query)
  const words = tokens.map(({ folded }): TermGroup => {
    const variants = skeletonVariants(folded)
    const known = variants.map(stemSkeleton).filter((term) => skeletonStems.has(term))
    if (known.length > 0) return withSynonyms(known, spokenSynonyms)
    const near = variants.flatMap((variant) => vocabulary.near(variant))
    if (near.length === 0) return exactly(variants.map(stemSkeleton)).flat()
    return near.map((word) => weighted(word, stemSkeleton))
  })
  const variants = tokens.map(({ folded }) => skeletonVariants(folded))
  const grams = variants.flatMap(gramGroups)
  const isKnown = holdsKnown(words, skeletonStems) || variants.flat().some(vocabulary.begins)
  const greek = (surface: string): string => greekSurface(surface, vocabulary)
  return { readAs: 'greeklish', query: rewrite(query, greek), words, grams, isKnown }
}

const holdsKnown = (words: readonly TermGroup[], known: Bm25): boolean =>
  words.some((group) => group.some(({ term }) => known.has(term)))

function withSynonyms(terms: readonly string[], synonymsOf: (term: string) => readonly string[]): TermGroup {
  const synonyms = terms.flatMap(synonymsOf).filter((term) => !terms.includes(term))
  return [...exactly(terms).flat(), ...synonyms.map((term) => ({ term, weight: synonymWeight }))]
}

function weighted({ key, distance }: NearWord, toTerm: (key: string) => string): { term: string; weight: number } {
  return { term: toTerm(key), weight: typoWeights[distance] ?? 0.5 }
}

function greeklishContent(query: string): Token[] {
  const tokens = tokenise(query)
  const content = tokens.filter((token) => !isGreeklishStopWord(token.folded))
  return content.length > 0 ? content : tokens
}

/** Variants of one word share most n-grams; those at the same place are alternatives, not additional words. */
function gramGroups(variants: readonly string[]): TermGroup[] {
  const [first = '', ...others] = variants
  const alternatives = new Set(others.flatMap(gramsOf))
  const own = gramsOf(first)
  for (const gram of own) alternatives.delete(gram)
  return own.map((gram) => {
    const rivals = [...alternatives].filter((rival) => isRival(gram, rival))
    return [gram, ...rivals].map((term) => ({ term, weight: 1 }))
  })
}

function isRival(gram: string, other: string): boolean {
  return gram.length === other.length && editDistanceOne(gram, other)
}

function editDistanceOne(a: string, b: string): boolean {
  let differences = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) differences++
  return differences === 1
}

function greekSurface(surface: string, vocabulary: Vocabulary): string {
  const folded = tokenise(surface)[0]?.folded ?? surface
  const variants = skeletonVariants(folded)
  for (const variant of variants) {
    const known = vocabulary.surface(variant)
    if (known) return known
  }
  for (const variant of variants) {
    const nearest = vocabulary.near(variant)[0]
    const known = nearest && vocabulary.surface(nearest.key)
    if (known) return known
  }
  return surface
}

function rewrite(query: string, replace: (surface: string) => string): string {
  return query.replace(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu, replace)
}
