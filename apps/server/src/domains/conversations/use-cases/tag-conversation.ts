import { maxTags, type TagList } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { authorizeAgent, authorizeTag } from '../policy.ts'
import { countTags, deleteTag, insertTags, listTags } from '../repository.tags.ts'
import { lockConversation } from '../repository.ts'

/** Puts tags on a conversation. Those that it has already change nothing, and those beyond the limit are left out. */
export async function addTags(tx: TxCtx, conversationId: ConversationId, tags: readonly string[]): Promise<string[]> {
  authorizeTag(tx.actor)
  const { contactId } = await lockConversation(tx, conversationId)
  const before = await listTags(tx, conversationId)
  const fresh = [...new Set(tags)].filter((tag) => !before.includes(tag)).slice(0, maxTags - before.length)
  const added = await insertTags(tx, conversationId, fresh)
  if (added.length > 0) tx.emit('conversation.tagged', { conversationId, contactId, added, removed: [] })
  return [...before, ...added].sort()
}

/** An agent adds one. */
export async function tagConversation(ctx: Ctx, conversationId: ConversationId, tag: string): Promise<string[]> {
  return ctx.transaction(async (tx) => {
    authorizeAgent(tx.actor)
    const tags = await addTags(tx, conversationId, [tag])
    if (!tags.includes(tag)) throw new AppError('conversation.too_many_tags', { most: maxTags })
    return tags
  })
}

/** An agent takes one off. Taking it off again changes nothing. */
export async function untagConversation(ctx: Ctx, conversationId: ConversationId, tag: string): Promise<string[]> {
  return ctx.transaction(async (tx) => {
    authorizeAgent(tx.actor)
    const { contactId } = await lockConversation(tx, conversationId)
    if (await deleteTag(tx, conversationId, tag))
      tx.emit('conversation.tagged', { conversationId, contactId, added: [], removed: [tag] })
    return listTags(tx, conversationId)
  })
}

/** For choosing from, and for filtering by. */
export async function listTagsInUse(ctx: Ctx): Promise<TagList> {
  return ctx.transaction(async (tx) => {
    authorizeAgent(tx.actor)
    return { tags: await countTags(tx) }
  })
}
