import type { ArticleId, Locale } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Articles } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { ArticleRow, SectionRow, StarterArticle } from './model.ts'

const articleOf = (row: Selectable<Articles>): ArticleRow => ({
  id: row.id as ArticleId,
  slug: row.slug,
  locale: row.locale as Locale,
  sectionId: row.section_id,
  place: row.place,
  title: row.title,
  description: row.description,
  keywords: row.keywords,
  body: row.body,
  flowId: row.flow_id ?? undefined,
  updatedOn: row.updated_on,
})

/** A few bytes that differ whenever an article or a section does. */
export async function libraryVersion(tx: TxCtx): Promise<string> {
  const db = sqlOf(tx)
  const { articles } = await db
    .selectFrom('articles')
    .select(
      sql<
        string | null
      >`md5(string_agg(id::text || content_hash || updated_on::text || md5(body), ',' ORDER BY id))`.as('articles'),
    )
    .executeTakeFirstOrThrow()
  const { sections } = await db
    .selectFrom('sections')
    .select(sql<string | null>`md5(string_agg(id || place::text || names::text, ',' ORDER BY id))`.as('sections'))
    .executeTakeFirstOrThrow()
  return `${articles ?? ''}-${sections ?? ''}`
}

export async function listArticles(tx: TxCtx): Promise<ArticleRow[]> {
  const rows = await sqlOf(tx).selectFrom('articles').selectAll().orderBy('slug').execute()
  return rows.map(articleOf)
}

export async function listSections(tx: TxCtx): Promise<SectionRow[]> {
  const rows = await sqlOf(tx).selectFrom('sections').selectAll().orderBy('place').execute()
  return rows.map(({ id, place, names }) => ({ id, place, names: names as SectionRow['names'] }))
}

/** Puts a section in place; answers whether that changed anything. */
export async function saveSection(tx: TxCtx, { id, place, names }: SectionRow): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('sections')
    .values({ id, place, names: JSON.stringify(names) })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((set) => ({ place: set.ref('excluded.place'), names: set.ref('excluded.names') }))
        .where(sql<boolean>`(sections.place, sections.names) IS DISTINCT FROM (excluded.place, excluded.names)`),
    )
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/**
 * Puts an article that comes with the product in place, unless it says what it said before or the team has made it
 * theirs. Answers whether anything changed. One statement, so that several processes may start at once.
 */
export async function saveStarterArticle(tx: TxCtx, article: StarterArticle): Promise<boolean> {
  const content = {
    section_id: article.sectionId,
    place: article.place,
    title: article.title,
    description: article.description,
    keywords: [...article.keywords],
    body: article.body,
    flow_id: article.flowId ?? null,
    content_hash: article.contentHash,
    updated_on: article.updatedOn,
  }
  const result = await sqlOf(tx)
    .insertInto('articles')
    .values({
      ...content,
      id: tx.ids.next(),
      slug: article.slug,
      locale: article.locale,
      origin: 'starter',
      created_at: tx.clock.now(),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['slug', 'locale'])
        .doUpdateSet(content)
        .where('articles.origin', '=', 'starter')
        .where('articles.content_hash', '<>', article.contentHash),
    )
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function findArticleId(tx: TxCtx, locale: Locale, slug: string): Promise<ArticleId | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('articles')
    .select('id')
    .where('slug', '=', slug)
    .where('locale', '=', locale)
    .executeTakeFirst()
  return row?.id as ArticleId | undefined
}

export async function insertFeedback(
  tx: TxCtx,
  feedback: { articleId: ArticleId; helpful: boolean; comment: string | undefined },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('article_feedback')
    .values({
      id: tx.ids.next(),
      article_id: feedback.articleId,
      helpful: feedback.helpful,
      comment: feedback.comment ?? null,
      at: tx.clock.now(),
    })
    .execute()
}
