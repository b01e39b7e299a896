import type { FoundConversations } from '@clew/contract/conversations'
import type { ConversationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { listContactsAt } from '../../contacts/index.ts'
import { authorizeAgent } from '../policy.ts'
import { getListed, listListed } from '../repository.inbox.ts'
import { findByWords, findNumbered, findOfContacts } from '../repository.search.ts'
import { teamConversationView } from '../views.ts'

const most = 30

/** The conversations that an agent means by a number, an address, or words of a subject or a name. */
export async function findConversations(ctx: Ctx, q: string): Promise<FoundConversations> {
  return ctx.transaction(async (tx) => {
    authorizeAgent(tx.actor)
    const ids = await findIds(tx, q)
    const listed = await listListed(tx, ids)
    return { conversations: ids.flatMap((id) => listed.get(id) ?? []).map(teamConversationView) }
  })
}

/** What else the contact of this one has asked, latest first. */
export async function listOthersOfContact(ctx: Ctx, conversationId: ConversationId): Promise<FoundConversations> {
  return ctx.transaction(async (tx) => {
    authorizeAgent(tx.actor)
    const conversation = await getListed(tx, conversationId)
    if (!conversation) throw new AppError('conversation.not_found')
    const ids = await findOfContacts(tx, [conversation.contactId], most + 1)
    const listed = await listListed(tx, ids)
    const others = ids.flatMap((id) => (id === conversationId ? [] : (listed.get(id) ?? [])))
    return { conversations: others.slice(0, most).map(teamConversationView) }
  })
}

async function findIds(tx: TxCtx, q: string): Promise<ConversationId[]> {
  const number = /^(?:c-?)?(\d{1,15})$/i.exec(q)?.[1]
  const exact =
    number !== undefined
      ? await findNumbered(tx, Number(number))
      : q.includes('@')
        ? await findOfContacts(tx, await listContactsAt(tx, [q]), most)
        : []
  const like = await findByWords(tx, q, most)
  return [...new Set([...exact, ...like])].slice(0, most)
}
