import type { ArticleId, Locale } from '@clew/contract/primitives'
import type { DetectedLanguage } from '@clew/text'

/** An article as it is stored: Markdown with placeholders. */
export type ArticleRow = {
  id: ArticleId
  slug: string
  locale: Locale
  sectionId: string
  place: number
  title: string
  description: string
  keywords: readonly string[]
  body: string
  flowId: string | undefined
  /** A calendar day, `2026-11-24`. */
  updatedOn: string
}

export type SectionRow = { id: string; place: number; names: Readonly<Record<Locale, string>> }

/** What comes with the product. `contentHash` tells whether a later version of it says something else. */
export type StarterArticle = Omit<ArticleRow, 'id'> & { contentHash: string }

/** What the operator's settings put into the articles. */
export type LibrarySettings = {
  brand: string
  appHost: string
  supportEmail: string
  uploadLimitMb: number
  captureRetentionDays: number
}

/** One part of an article, as plain text to quote word for word. */
export type Passage = {
  heading: string | undefined
  anchor: string | undefined
  /** The sentences of the part, as many as can be quoted; a list or a table is one line for each row. */
  text: string
  /** The items of its ordered lists. */
  steps: string[]
}

export type LibraryArticle = {
  slug: string
  locale: Locale
  title: string
  description: string
  sectionId: string
  updatedOn: string
  flowId: string | undefined
  passages: readonly Passage[]
}

export type LibraryHit = {
  article: LibraryArticle
  coverage: number
  readAs: 'greeklish' | 'typo' | undefined
  /** The words as they were understood. */
  query: string
}

/** What there is to read, and how to find it. Everything in it is in memory. */
export type Library = {
  /** The best articles first. One that has no translation is found in the language it has. */
  search(query: string, options: { locale: Locale; limit: number }): LibraryHit[]
  find(locale: Locale, slug: string): LibraryArticle | undefined
  list(locale: Locale): readonly LibraryArticle[]
  detect(text: string): DetectedLanguage
}

/** Differs whenever what is filled in does. */
export const markOf = (settings: LibrarySettings): string => Object.values(settings).join('\n')

export const otherLocale = (locale: Locale): Locale => (locale === 'en' ? 'el' : 'en')

/** Fills in the settings. A name that is not one of them stays as it was written. */
export function fillIn(text: string, settings: LibrarySettings): string {
  const values: Record<string, string> = {
    brand: settings.brand,
    app_host: settings.appHost,
    support_email: settings.supportEmail,
    upload_limit_mb: String(settings.uploadLimitMb),
    capture_retention_days: String(settings.captureRetentionDays),
  }
  return text.replaceAll(/\{\{([a-z_]{1,40})\}\}/g, (whole, name: string) => values[name] ?? whole)
}
