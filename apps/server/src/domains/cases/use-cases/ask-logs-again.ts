import type { RequestLookupList } from '@clew/contract/connectors'
import type { ConversationId } from '@clew/contract/primitives'
import { currentValues } from '@clew/intake'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { findConversation } from '../../conversations/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { type ConnectorParts, isConnected } from '../consult-logs.ts'
import { lookupViews, mayAskAgain } from '../model.connector.ts'
import { authorizeReadLogs } from '../policy.ts'
import { beginLookup, listLookups } from '../repository.lookups.ts'
import { readCase } from '../repository.ts'
import { lookupWork } from './look-up-request.ts'

/** The ids of a case, each with what the logs know of it. */
export function readLookups(
  ctx: Ctx,
  conversationId: ConversationId,
  parts: ConnectorParts,
): Promise<RequestLookupList> {
  return forAgent(ctx, parts, async (tx) => {
    await getConversation(tx, conversationId)
    return lookupsOf(tx, conversationId, parts)
  })
}

type Again = { conversationId: ConversationId; requestId: string }

/** An agent has an id of the case looked up now, whatever was learnt before. One that is in line already stays there. */
export function askLogsAgain(
  ctx: Ctx,
  { conversationId, requestId }: Again,
  parts: ConnectorParts,
): Promise<RequestLookupList> {
  return forAgent(ctx, parts, async (tx, askedByName) => {
    const { contactId } = await getConversation(tx, conversationId)
    const row = (await listLookups(tx, conversationId)).find((each) => each.requestId === requestId)
    if (row === undefined && !(await idsOf(tx, conversationId)).includes(requestId))
      throw new AppError('lookup.not_on_case')
    if (row === undefined || mayAskAgain(row, tx.clock.now())) {
      const id = await beginLookup(tx, { id: tx.ids.next(), conversationId, contactId, requestId, askedByName })
      await parts.jobs.send(tx, lookupWork(id))
      tx.emit('request.looked_up', { conversationId, contactId, requestIds: [requestId] })
    }
    return lookupsOf(tx, conversationId, parts)
  })
}

async function forAgent<R>(
  ctx: Ctx,
  { asSystem }: ConnectorParts,
  work: (tx: TxCtx, name: string) => Promise<R>,
): Promise<R> {
  const { actor } = ctx
  return asSystem(ctx, 'cases.lookups').transaction(async (tx) => {
    authorizeReadLogs(actor, await findSupportTeam(tx))
    return work(tx, actor.name)
  })
}

async function getConversation(tx: TxCtx, conversationId: ConversationId) {
  const conversation = await findConversation(tx, conversationId)
  if (!conversation) throw new AppError('conversation.not_found')
  return conversation
}

async function idsOf(tx: TxCtx, conversationId: ConversationId): Promise<readonly string[]> {
  return currentValues((await readCase(tx, conversationId)).facts).request_ids?.requestIds ?? []
}

async function lookupsOf(tx: TxCtx, conversationId: ConversationId, parts: ConnectorParts): Promise<RequestLookupList> {
  return {
    isOn: await isConnected(tx, parts),
    lookups: lookupViews(await idsOf(tx, conversationId), await listLookups(tx, conversationId)),
  }
}
