import type { ConversationId } from '@clew/contract/primitives'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

/** The tags of a conversation, for a query of the team. */
export const tagsOf = (conversationId: Expression<string>): RawBuilder<string[]> =>
  sql`ARRAY(SELECT t.tag FROM conversation_tags t WHERE t.conversation_id = ${conversationId} ORDER BY t.tag)`

export const hasTag = (conversationId: Expression<string>, tag: string | undefined): RawBuilder<SqlBool> =>
  sql`EXISTS (SELECT FROM conversation_tags t WHERE t.tag = ${tag} AND t.conversation_id = ${conversationId})`

export async function listTagsOf(
  tx: TxCtx,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, string[]>> {
  const tags = new Map<ConversationId, string[]>()
  if (ids.length === 0) return tags
  const rows = await sqlOf(tx)
    .selectFrom('conversation_tags')
    .select(['conversation_id', 'tag'])
    .where('conversation_id', 'in', [...new Set(ids)])
    .orderBy('tag')
    .execute()
  for (const { conversation_id, tag } of rows) {
    const id = conversation_id as ConversationId
    tags.set(id, [...(tags.get(id) ?? []), tag])
  }
  return tags
}

export const listTags = async (tx: TxCtx, id: ConversationId): Promise<string[]> =>
  (await listTagsOf(tx, [id])).get(id) ?? []

/** Answers which of them are new. */
export async function insertTags(tx: TxCtx, id: ConversationId, tags: readonly string[]): Promise<string[]> {
  if (tags.length === 0) return []
  const rows = await sqlOf(tx)
    .insertInto('conversation_tags')
    .values(tags.map((tag) => ({ conversation_id: id, tag, added_at: tx.clock.now() })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('tag')
    .execute()
  return rows.map(({ tag }) => tag)
}

/** Answers whether it was there. */
export async function deleteTag(tx: TxCtx, id: ConversationId, tag: string): Promise<boolean> {
  const result = await sqlOf(tx)
    .deleteFrom('conversation_tags')
    .where('conversation_id', '=', id)
    .where('tag', '=', tag)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

const mostTags = 200

/** The tags of all conversations and how many open ones have each, the most used first. */
export async function countTags(tx: TxCtx): Promise<{ tag: string; open: number }[]> {
  const rows = await sqlOf(tx)
    .selectFrom('conversation_tags')
    .innerJoin('conversations', 'conversations.id', 'conversation_tags.conversation_id')
    .select(['tag', sql<string>`count(*) FILTER (WHERE status = 'open')`.as('open')])
    .groupBy('tag')
    .orderBy('open', 'desc')
    .orderBy('tag')
    .limit(mostTags)
    .execute()
  return rows.map(({ tag, open }) => ({ tag, open: Number(open) }))
}
