import { type Bm25, createBm25 } from './bm25.ts'
import { detectLanguage, type LanguageModel, trainLanguageModel } from './language.ts'
import { languageSeed } from './language-seed.ts'
import { plainText } from './plain-text.ts'
import { type Reading, readAsGreeklish, readAsWritten } from './readings.ts'
import { splitSections } from './sections.ts'
import { bagFields, bagOf, skeletonKey, type WeightedText } from './terms.ts'
import { type Locale, type Token, tokenise } from './tokenise.ts'
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

export type SearchIndex = {
  search: (query: string, options: { locale: Locale; limit?: number }) => SearchHit[]
  /** Trained on the indexed documents of both languages when it is first needed. */
  languageModel: () => LanguageModel
}

/** Below this coverage the best article is more likely a coincidence than an answer. Set on questions about other things. */
export const answerCoverage = 0.25

const defaultLimit = 10
const titleWeight = 4
const keywordWeight = 3
const descriptionWeight = 2
const maxQueryLength = 600

/** Full-text index in memory: word stems and character n-grams at equal weight, with a phonetic pair for Greeklish. */
export function createIndex(documents: readonly SearchDocument[]): SearchIndex {
  const bodies = (locale: Locale): string[] =>
    documents.filter((document) => document.locale === locale).map((document) => plainText(document.body))
  let trained: LanguageModel | undefined
  const languageModel = (): LanguageModel => {
    trained ??= trainLanguageModel({
      en: [...languageSeed.en, ...bodies('en')],
      el: [...languageSeed.el, ...bodies('el')],
    })
    return trained
  }
  const indexes: Record<Locale, LocaleIndex> = {
    en: createLocaleIndex(documents.filter(({ locale }) => locale === 'en')),
    el: createLocaleIndex(documents.filter(({ locale }) => locale === 'el')),
  }

  const search: SearchIndex['search'] = (query, { locale, limit = defaultLimit }) => {
    const text = query.slice(0, maxQueryLength).trim()
    const index = indexes[locale]
    if (locale === 'en') return index.search('written', text).slice(0, limit)
    const { greeklish, script } = detectLanguage(text, languageModel())
    if (script === 'greek') return index.search('written', text).slice(0, limit)
    const [preferred, other] = greeklish ? (['greeklish', 'written'] as const) : (['written', 'greeklish'] as const)
    const hits = index.search(preferred, text)
    const rivals = index.search(other, text)
    return (isClearlyBetter(rivals, hits) ? rivals : hits).slice(0, limit)
  }
  return { search, languageModel }
}

/** The detector is right far more often than the scores are comparable, so it is overruled only by a wide margin. */
function isClearlyBetter(rivals: readonly SearchHit[], hits: readonly SearchHit[]): boolean {
  return (rivals[0]?.coverage ?? 0) > 1.5 * (hits[0]?.coverage ?? 0)
}

type LocaleIndex = { search: (reading: 'written' | 'greeklish', query: string) => SearchHit[] }

/** Whole documents and their sections: a long article may answer a question in one place only. */
type Pair = { words: Bm25; grams: Bm25 }
type Fields = { documents: Pair; sections: Pair; vocabulary: Vocabulary }
type TermsOf = (token: Token) => string[]

const documentShare = 0.6

function createLocaleIndex(documents: readonly SearchDocument[]): LocaleIndex {
  const wholes = documents.map(weightedParts)
  const sections = documents.flatMap((document, owner) => sectionParts(document).map((parts) => ({ owner, parts })))
  const owners = sections.map(({ owner }) => owner)
  const tokens = wholes.flat().flatMap(({ text }) => tokenise(text))
  const field = (all: readonly WeightedText[][], termsOf: TermsOf): Bm25 =>
    createBm25(all.map((parts) => bagOf(parts, termsOf)))
  const pair = (all: readonly WeightedText[][], words: TermsOf, grams: TermsOf): Pair => ({
    words: field(all, words),
    grams: field(all, grams),
  })
  const fields = (words: TermsOf, grams: TermsOf, vocabulary: Vocabulary): Fields => ({
    documents: pair(wholes, words, grams),
    sections: pair(
      sections.map(({ parts }) => parts),
      words,
      grams,
    ),
    vocabulary,
  })
  const content = tokens.filter(({ isStop }) => !isStop)
  const folded = createVocabulary(content.map((token) => ({ key: token.folded, surface: token.surface })))
  const phonetic = createVocabulary(tokens.map((token) => ({ key: skeletonKey(token.folded), surface: token.surface })))
  const written = fields(bagFields.stems, bagFields.grams, folded)
  const spoken = fields(bagFields.skeletonStems, bagFields.skeletonGrams, phonetic)

  const search: LocaleIndex['search'] = (as, query) => {
    const own = as === 'written' ? written : spoken
    const read = as === 'written' ? readAsWritten : readAsGreeklish
    return rank({ documents, owners, fields: own, reading: read(query, own.documents.words, own.vocabulary) })
  }
  return { search }
}

function weightedParts({ title, body, description = '', keywords = [] }: SearchDocument): WeightedText[] {
  return [
    { text: title, weight: titleWeight },
    { text: keywords.join('. '), weight: keywordWeight },
    { text: description, weight: descriptionWeight },
    { text: plainText(body), weight: 1 },
  ]
}

function sectionParts({ title, body, description = '', keywords = [] }: SearchDocument): WeightedText[][] {
  const about = [
    { text: title, weight: titleWeight },
    { text: `${description} ${keywords.join('. ')}`, weight: 1 },
  ]
  const sections = splitSections(body).map(({ heading = '', text }) => [
    { text: title, weight: 1 },
    { text: heading, weight: titleWeight },
    { text: plainText(text), weight: 1 },
  ])
  return [about, ...sections]
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
