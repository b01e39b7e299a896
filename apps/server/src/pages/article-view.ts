import type { Locale } from '@clew/contract/primitives'
import { locales } from '@clew/i18n'
import type { ArticleView, SectionView, SitePaths, Translations } from '@clew/site'
import type { HelpCentre, LibrarySection, ReadableArticle } from '../domains/articles/index.ts'
import { linkTo } from './home-view.ts'
import { atNoon } from './words.ts'

const readNext = 3

type About = { locale: Locale; paths: SitePaths; given?: 'yes' | 'no' | undefined }

/** An article as its page shows it, in the language of the page or, untranslated, in its own. */
export function articleView(library: HelpCentre, article: ReadableArticle, about: About): ArticleView {
  const section = library.sections(about.locale).find(({ id }) => id === article.sectionId)
  const { introHtml, restHtml, steps } = article
  return {
    slug: article.slug,
    title: article.title,
    description: article.description,
    section: { slug: article.sectionId, title: section?.title ?? article.sectionId },
    updatedOn: atNoon(article.updatedOn),
    minutes: article.minutes,
    ...(introHtml === undefined ? {} : { introHtml }),
    ...(steps.length > 0 ? { steps } : {}),
    ...(restHtml === undefined ? {} : { html: restHtml }),
    toc: article.toc,
    ...(article.flowId === undefined ? {} : { flowId: article.flowId }),
    translations: translationsOf(library, article.slug, about.paths),
    ...(article.locale === about.locale ? {} : { fallbackFrom: article.locale }),
    readNext: nextOf(section, article),
    feedback: about.given === undefined ? {} : { given: about.given },
  }
}

export function translationsOf(library: HelpCentre, slug: string, paths: SitePaths): Translations {
  const known = locales.filter((locale) => library.read(locale, slug))
  return Object.fromEntries(known.map((locale) => [locale, paths.article(locale, slug)]))
}

const nextOf = (section: LibrarySection | undefined, article: ReadableArticle) =>
  (section?.articles ?? [])
    .filter(({ slug }) => slug !== article.slug)
    .slice(0, readNext)
    .map(linkTo)

export const sectionView = ({ id, title, articles }: LibrarySection): SectionView => ({
  slug: id,
  title,
  articles: articles.map((article) => ({
    ...linkTo(article),
    description: article.description,
    updatedOn: atNoon(article.updatedOn),
  })),
})
