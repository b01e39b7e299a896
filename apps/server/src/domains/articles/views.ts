import type { Article, ArticleHit, ArticleSearch } from '@clew/contract/articles'
import type { Locale } from '@clew/contract/primitives'
import type { HelpCentre } from './library.ts'
import { articlePath } from './links.ts'
import type { LibraryHit } from './model.ts'
import type { ReadableArticle } from './parse-article.ts'

export function articleSearchView(library: HelpCentre, hits: readonly LibraryHit[], locale: Locale): ArticleSearch {
  const titles = new Map(library.sections(locale).map(({ id, title }) => [id, title]))
  const readAs = hits[0]?.readAs
  return {
    hits: hits.map(
      ({ article }): ArticleHit => ({
        slug: article.slug,
        locale: article.locale,
        title: article.title,
        description: article.description,
        section: titles.get(article.sectionId) ?? '',
      }),
    ),
    ...(readAs ? { readAs } : {}),
  }
}

/** @param origin of the help centre: links inside the article are relative to its address. */
export const articleView = (article: ReadableArticle, origin: string): Article => ({
  slug: article.slug,
  locale: article.locale,
  title: article.title,
  description: article.description,
  html: article.html,
  url: `${origin}${articlePath(article.locale, article.slug)}`,
  updatedOn: article.updatedOn,
})
