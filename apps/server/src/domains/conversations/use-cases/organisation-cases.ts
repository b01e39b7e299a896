import type { ListOrganisationCases, OrganisationCase, OrganisationCaseList } from '@clew/contract/organisation-cases'
import type { ConversationId } from '@clew/contract/primitives'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { authorizeOrganisationCases } from '../policy.ts'
import { countOfOrganisation, getListed, listOfOrganisation } from '../repository.inbox.ts'
import { listLatestMessages } from '../repository.messages.ts'
import { conversationView, messageView } from '../views.ts'

/** A page of what the people of an organisation have asked. */
export async function listOrganisationCases(
  ctx: Ctx,
  input: z.output<typeof ListOrganisationCases>,
): Promise<OrganisationCaseList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeOrganisationCases(actor)
    const after = input.cursor === undefined ? undefined : readCursor(input.cursor)
    const [rows, counts] = await Promise.all([
      listOfOrganisation(tx, actor.organisationId, { state: input.state, after, limit: input.limit + 1 }),
      countOfOrganisation(tx, actor.organisationId),
    ])
    const page = rows.slice(0, input.limit)
    const last = page.at(-1)
    return {
      cases: page.map(conversationView),
      counts,
      ...(rows.length > input.limit && last ? { nextCursor: cursorOf({ at: last.lastMessageAt, id: last.id }) } : {}),
    }
  })
}

const mostMessages = 500

/** One of them with what was said to its contact. That it was read is on record. */
export async function readOrganisationCase(ctx: Ctx, conversationId: ConversationId): Promise<OrganisationCase> {
  return ctx.transaction(async (tx) => {
    authorizeOrganisationCases(tx.actor)
    const [listed, messages] = await Promise.all([
      getListed(tx, conversationId),
      listLatestMessages(tx, conversationId, mostMessages),
    ])
    if (!listed) throw new AppError('conversation.not_found')
    recordAudit(tx, {
      action: 'case.viewed_by_admin',
      targets: [{ type: 'conversation', id: conversationId, name: `#${listed.number}` }],
    })
    return {
      conversation: conversationView(listed),
      messages: messages.map(messageView),
      isWhole: messages[0] === undefined || messages[0].seq === 1,
    }
  })
}
