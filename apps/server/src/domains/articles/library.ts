import type { Locale } from '@clew/contract/primitives'
import { createIndex, detectLanguage, type SearchDocument, type SearchHit } from '@clew/text'
import {
  type ArticleRow,
  fillIn,
  type Library,
  type LibraryHit,
  type LibrarySettings,
  otherLocale,
  type SectionRow,
} from './model.ts'
import { parseArticle, type ReadableArticle } from './parse-article.ts'

/** What the library is made of. `version` differs whenever any of it does. */
export type LibraryContent = { version: string; sections: readonly SectionRow[]; articles: readonly ArticleRow[] }

export type LibrarySection = { id: string; title: string; articles: readonly ReadableArticle[] }

/** The library with what is needed to show it. */
export type HelpCentre = Library & {
  version: string
  /** Reads and indexes everything now, so that nobody waits for it later. */
  ready(): void
  read(locale: Locale, slug: string): ReadableArticle | undefined
  /** In the order of the help centre, each with its articles in theirs. */
  sections(locale: Locale): readonly LibrarySection[]
}

export const emptyContent: LibraryContent = { version: '', sections: [], articles: [] }

/** The library of a content, whose articles are read and indexed when they are first needed, or by `ready`. */
export function createLibrary(content: LibraryContent, settings: LibrarySettings): HelpCentre {
  const made = once(() => readAll(content, settings))
  const read = (locale: Locale, slug: string): ReadableArticle | undefined => made().byPath.get(`${locale}/${slug}`)

  const searchIn = (query: string, locale: Locale, limit: number): LibraryHit[] =>
    made()
      .index.search(query, { locale, limit })
      .flatMap((hit) => {
        const article = read(locale, hit.id)
        return article ? [hitOf(article, hit)] : []
      })

  return {
    version: content.version,
    ready: () => void made(),
    read,
    find: read,
    list: (locale) => made().byLocale[locale],
    sections: (locale) => made().sections[locale],
    detect: (text) => detectLanguage(text, made().index.languageModel()),
    search: (query, { locale, limit }) => {
      const own = searchIn(query, locale, limit)
      const other = otherLocale(locale)
      if (made().byLocale[other].every(({ slug }) => read(locale, slug))) return worthShowing(own)
      const untranslated = searchIn(query, other, limit).filter(({ article }) => !read(locale, article.slug))
      return worthShowing([...own, ...untranslated].sort((a, b) => b.coverage - a.coverage)).slice(0, limit)
    },
  }
}

function readAll(content: LibraryContent, settings: LibrarySettings) {
  const slugs = new Set(content.articles.map(({ slug }) => slug))
  const exists = (slug: string): boolean => slugs.has(slug)
  const articles = content.articles.map((row) => parseArticle(row, { settings, exists }))
  const byLocale = {
    en: articles.filter(({ locale }) => locale === 'en'),
    el: articles.filter(({ locale }) => locale === 'el'),
  }
  return {
    byPath: new Map(articles.map((article) => [`${article.locale}/${article.slug}`, article])),
    byLocale,
    sections: { en: sectionsOf(content, byLocale.en, 'en'), el: sectionsOf(content, byLocale.el, 'el') },
    index: createIndex(content.articles.map((row) => documentOf(row, settings))),
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** An article that shares a syllable with the question is no result, nor is one far behind the best. */
function worthShowing(hits: readonly LibraryHit[]): LibraryHit[] {
  const best = hits[0]?.coverage ?? 0
  return hits.filter(({ coverage }) => coverage >= Math.max(leastCoverage, best * leastShare))
}

const leastCoverage = 0.06
const leastShare = 0.25

const hitOf = (article: ReadableArticle, { coverage, matched }: SearchHit): LibraryHit => ({
  article,
  coverage,
  readAs: matched.readAs,
  query: matched.query,
})

const documentOf = (row: ArticleRow, settings: LibrarySettings): SearchDocument => ({
  id: row.slug,
  locale: row.locale,
  title: fillIn(row.title, settings),
  description: fillIn(row.description, settings),
  keywords: row.keywords.map((word) => fillIn(word, settings)),
  body: fillIn(row.body, settings),
})

function sectionsOf(
  { sections }: LibraryContent,
  articles: readonly ReadableArticle[],
  locale: Locale,
): LibrarySection[] {
  return [...sections]
    .sort((a, b) => a.place - b.place)
    .map(({ id, names }) => ({
      id,
      title: names[locale],
      articles: articles
        .filter(({ sectionId }) => sectionId === id)
        .sort((a, b) => a.place - b.place || a.title.localeCompare(b.title, locale)),
    }))
}
