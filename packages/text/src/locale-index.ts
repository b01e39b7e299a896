import { type Bm25, createBm25 } from './bm25.ts'
import { plainText } from './plain-text.ts'
import { type Reading, readAsGreeklish, readAsWritten } from './readings.ts'
import { splitSections } from './sections.ts'
import { bagFields, bagsOf, skeletonKey, type TermsOf, type WeightedTokens } from './terms.ts'
import { createTokeniser, type Locale, type Token } from './tokenise.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

export type SearchDocument = {
  id: string
  locale: Locale
  title: string
  /** Plain text or Markdown. */
  body: string
  description?: string
  keywords?: readonly string[]
}

export type SearchHit = {
  id: string
  score: number
  /** 0–1: how much of what the question could ask for this document covers. Below `answerCoverage`, do not answer. */
  coverage: number
  matched: { readAs?: 'greeklish' | 'typo'; query: string }
}

export type LocaleIndex = { search: (reading: 'written' | 'greeklish', query: string) => SearchHit[] }

/** Whole documents and their sections: a long article may answer a question in one place only. */
type Pair = { words: Bm25; grams: Bm25 }
type Fields = { documents: Pair; sections: Pair; vocabulary: Vocabulary }

const weights = { title: 4, heading: 4, keywords: 3, description: 2 }
const documentShare = 0.6

/** Searches the documents of one language in either reading of a query. */
export function createLocaleIndex(documents: readonly SearchDocument[]): LocaleIndex {
  const read = createTokeniser()
  const analysed = documents.map((document) => analyse(document, read))
  const owners = analysed.flatMap(({ sections }, owner) => sections.map(() => owner))
  const wholes = analysed.map(({ whole }) => whole)
  const sections = analysed.flatMap((document) => document.sections)
  const tokens = wholes.flat().flatMap((part) => part.tokens)
  const pair = (parts: readonly WeightedTokens[][], words: TermsOf, grams: TermsOf): Pair => ({
    words: createBm25(bagsOf(parts, words)),
    grams: createBm25(bagsOf(parts, grams)),
  })
  const written = once((): Fields => {
    const content = tokens.filter(({ isStop }) => !isStop)
    return {
      documents: pair(wholes, bagFields.stems, bagFields.grams),
      sections: pair(sections, bagFields.stems, bagFields.grams),
      vocabulary: createVocabulary(content.map(({ folded, surface }) => ({ key: folded, surface }))),
    }
  })
  const phonetic = once((): Fields => {
    const key = remember(skeletonKey)
    return {
      documents: pair(wholes, bagFields.skeletonStems, bagFields.skeletonGrams),
      sections: pair(sections, bagFields.skeletonStems, bagFields.skeletonGrams),
      vocabulary: createVocabulary(tokens.map(({ folded, surface }) => ({ key: key(folded), surface }))),
    }
  })

  const search: LocaleIndex['search'] = (as, query) => {
    const fields = as === 'written' ? written() : phonetic()
    const understand = as === 'written' ? readAsWritten : readAsGreeklish
    const reading = understand(query, fields.documents.words, fields.vocabulary)
    return reading.isKnown ? rank({ documents, owners, fields, reading }) : []
  }
  return { search }
}

type Analysed = { whole: WeightedTokens[]; sections: WeightedTokens[][] }

function analyse(document: SearchDocument, read: (text: string) => Token[]): Analysed {
  const title = read(document.title)
  const keywords = read((document.keywords ?? []).join('. '))
  const description = read(document.description ?? '')
  const sections = splitSections(document.body).map(({ heading = '', text }) => ({
    heading: read(heading),
    text: read(plainText(text)),
  }))
  const about = [
    { tokens: title, weight: weights.title },
    { tokens: [...description, ...keywords], weight: 1 },
  ]
  return {
    whole: [
      { tokens: title, weight: weights.title },
      { tokens: keywords, weight: weights.keywords },
      { tokens: description, weight: weights.description },
      ...sections.flatMap(({ heading, text }) => [
        { tokens: heading, weight: 1 },
        { tokens: text, weight: 1 },
      ]),
    ],
    sections: [
      about,
      ...sections.map(({ heading, text }) => [
        { tokens: title, weight: 1 },
        { tokens: heading, weight: weights.heading },
        { tokens: text, weight: 1 },
      ]),
    ],
  }
}

/** Fields are built when they are first searched: English is never read phonetically. */
function once<T>(build: () => T): () => T {
  let built: { value: T } | undefined
  return () => {
    built ??= { value: build() }
    return built.value
  }
}

function remember(compute: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}

type Ranking = { documents: readonly SearchDocument[]; owners: readonly number[]; fields: Fields; reading: Reading }

function rank({ documents, owners, fields, reading }: Ranking): SearchHit[] {
  const whole = fused(fields.documents, reading)
  const best = new Map<number, number>()
  for (const [section, coverage] of fused(fields.sections, reading)) {
    const owner = owners[section] ?? -1
    best.set(owner, Math.max(best.get(owner) ?? 0, coverage))
  }
  const matched = reading.readAs ? { readAs: reading.readAs, query: reading.query } : { query: reading.query }
  return documents
    .map(({ id }, document) => {
      const coverage = documentShare * (whole.get(document) ?? 0) + (1 - documentShare) * (best.get(document) ?? 0)
      return { id, score: coverage, coverage, matched }
    })
    .filter(({ coverage }) => coverage > 0)
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id))
}

/** Stems and character n-grams at equal weight. */
function fused({ words, grams }: Pair, reading: Reading): Map<number, number> {
  const total = new Map<number, number>()
  for (const part of [words.coverage(reading.words), grams.coverage(reading.grams)]) {
    for (const [document, coverage] of part) total.set(document, (total.get(document) ?? 0) + 0.5 * coverage)
  }
  return total
}
