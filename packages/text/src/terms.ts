import type { Bag, TermGroup } from './bm25.ts'
import { skeletonVariants } from './skeleton.ts'
import { stemSkeleton } from './stem.ts'
import { type Token, tokenise } from './tokenise.ts'

const shortestGram = 3
const longestGram = 4

/** Words that carry meaning; if a text is nothing but stop words, all of them. */
export function contentTokens(text: string): Token[] {
  const tokens = tokenise(text)
  const content = tokens.filter((token) => !token.isStop)
  return content.length > 0 ? content : tokens
}

/** Character n-grams of one word with its borders marked: what survives typos and inflection. */
export function gramsOf(word: string): string[] {
  const padded = `_${word}_`
  const grams: string[] = []
  for (let size = shortestGram; size <= longestGram; size++) {
    for (let i = 0; i + size <= padded.length; i++) grams.push(padded.slice(i, i + size))
  }
  return grams
}

export function skeletonKey(folded: string): string {
  return skeletonVariants(folded)[0] ?? folded
}

export const bagFields = {
  stems: (token: Token): string[] => [token.stem],
  grams: (token: Token): string[] => gramsOf(token.folded),
  skeletonStems: (token: Token): string[] => [stemSkeleton(skeletonKey(token.folded))],
  skeletonGrams: (token: Token): string[] => gramsOf(skeletonKey(token.folded)),
} as const

export type TermsOf = (token: Token) => string[]

export type WeightedTokens = { tokens: readonly Token[]; weight: number }

/** Counts the terms of documents, each made of parts; a part's weight multiplies its counts. */
export function bagsOf(documents: readonly (readonly WeightedTokens[])[], termsOf: TermsOf): Bag[] {
  const known = new Map<string, string[]>()
  const remembered = (token: Token): string[] => {
    const terms = known.get(token.folded) ?? termsOf(token)
    known.set(token.folded, terms)
    return terms
  }
  return documents.map((parts) => {
    const bag = new Map<string, number>()
    for (const { tokens, weight } of parts) {
      for (const token of tokens) {
        if (token.isStop) continue
        for (const term of remembered(token)) bag.set(term, (bag.get(term) ?? 0) + weight)
      }
    }
    return bag
  })
}

export function exactly(terms: readonly string[]): TermGroup[] {
  return terms.map((term) => [{ term, weight: 1 }])
}
