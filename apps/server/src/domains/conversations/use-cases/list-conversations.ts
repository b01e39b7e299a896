import type { ConversationList, InboxView, ListConversations, OwnConversations } from '@clew/contract/conversations'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { logState } from '../../../platform/event-log.repository.ts'
import { positionOf } from '../../../platform/place.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import type { ConversationRow } from '../model.ts'
import { authorizeAgent, authorizeStart } from '../policy.ts'
import { countInbox, listInbox, listOwn } from '../repository.inbox.ts'
import { countUnread } from '../repository.messages.ts'
import { conversationView, teamConversationView } from '../views.ts'

/** A page of the inbox, the counts of all views, and the position from which changes follow. */
export async function listConversations(
  ctx: Ctx,
  input: z.output<typeof ListConversations>,
): Promise<ConversationList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeAgent(actor)
    const after = input.cursor === undefined ? undefined : readCursor(input.cursor)
    // In this order: what commits after the position was read is seen twice, never missed.
    const [{ settled }, rows, counts] = await tx.conclude(
      Promise.all([
        logState(tx),
        listInbox(tx, { view: input.view, me: actor.id, tag: input.tag, after, limit: input.limit + 1 }),
        countInbox(tx, actor.id),
      ]),
    )
    const page = rows.slice(0, input.limit)
    const last = page.at(-1)
    return {
      conversations: page.map(teamConversationView),
      ...(rows.length > input.limit && last
        ? { nextCursor: cursorOf({ at: timeIn(input.view, last), id: last.id }) }
        : {}),
      tags: Object.fromEntries(page.flatMap(({ id, tags }) => (tags.length > 0 ? [[id, tags]] : []))),
      counts,
      position: positionOf(settled),
    }
  })
}

/** By which a view is in order: what sleeps by when it wakes, the others by their latest message. */
const timeIn = (view: InboxView, { snoozed, lastMessageAt }: ConversationRow): Date =>
  view === 'snoozed' ? (snoozed?.until ?? lastMessageAt) : lastMessageAt

const ownLimit = 50

/** The conversations of the contact who asks. */
export async function listOwnConversations(ctx: Ctx): Promise<OwnConversations> {
  return ctx.transaction(async (tx) => {
    authorizeStart(tx.actor)
    const { actor } = tx
    const [{ settled }, rows, unread] = await tx.conclude(
      Promise.all([logState(tx), listOwn(tx, ownLimit), countUnread(tx, actor.id)]),
    )
    return {
      conversations: rows.map(conversationView),
      unread: Object.fromEntries(unread),
      position: positionOf(settled),
    }
  })
}
