import { detectLanguage, type LanguageModel, trainLanguageModel } from './language.ts'
import { languageSeed } from './language-seed.ts'
import { createLocaleIndex, type LocaleIndex, type SearchDocument, type SearchHit } from './locale-index.ts'
import { plainText } from './plain-text.ts'
import type { Locale } from './tokenise.ts'

export type SearchIndex = {
  search: (query: string, options: { locale: Locale; limit?: number }) => SearchHit[]
  /** Trained on the indexed documents of both languages when it is first needed. */
  languageModel: () => LanguageModel
}

/** Below this coverage the best article is more likely a coincidence than an answer. Set on questions about other things. */
export const answerCoverage = 0.25

const defaultLimit = 10
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
