import { z } from 'zod'
import { Locale } from './primitives.ts'

export const ArticleHit = z
  .object({ slug: z.string(), locale: Locale, title: z.string(), description: z.string(), section: z.string() })
  .meta({ id: 'ArticleHit' })
export type ArticleHit = z.infer<typeof ArticleHit>

export const SearchArticles = z.object({
  q: z.string().max(500).default(''),
  locale: Locale.default('en'),
  limit: z.coerce.number().int().min(1).max(20).default(8),
})
export const ArticleSearch = z
  .object({
    hits: z.array(ArticleHit),
    readAs: z.enum(['greeklish', 'typo']).optional(),
  })
  .meta({ id: 'ArticleSearch' })
export type ArticleSearch = z.infer<typeof ArticleSearch>

/** An article for reading inside the bubble. `html` is sanitised: allow-listed tags, no attributes but `href` and `id`. */
export const Article = z
  .object({
    slug: z.string(),
    locale: Locale,
    title: z.string(),
    description: z.string(),
    html: z.string(),
    url: z.string(),
    updatedOn: z.string(),
  })
  .meta({ id: 'Article' })
export type Article = z.infer<typeof Article>

export const ArticleFeedback = z.strictObject({
  helpful: z.boolean(),
  locale: Locale,
  comment: z.string().max(2000).optional(),
})
