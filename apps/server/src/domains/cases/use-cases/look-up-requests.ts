import { RequestId } from '@clew/contract/connectors'
import type { EventPayload } from '@clew/contract/events'
import { currentValues } from '@clew/intake'
import type { TxCtx } from '../../../platform/ctx.ts'
import { type ConnectorParts, isConnected } from '../consult-logs.ts'
import { mostLookupsOfCase } from '../model.connector.ts'
import { authorizeLearn } from '../policy.ts'
import { beginLookup, listLookups } from '../repository.lookups.ts'
import { readCase } from '../repository.ts'
import { lookupWork } from './look-up-request.ts'

type About = Pick<EventPayload<'case.changed'>, 'conversationId' | 'contactId'>

/** Puts the ids of a case in line that nobody has looked up yet: a few of each case, since anybody can type ids. */
export async function lookUpRequests(tx: TxCtx, about: About, parts: Pick<ConnectorParts, 'operator' | 'jobs'>) {
  authorizeLearn(tx.actor)
  if (!(await isConnected(tx, parts))) return
  const { conversationId, contactId } = about
  const { facts } = await readCase(tx, conversationId)
  const ids = currentValues(facts).request_ids?.requestIds ?? []
  const before = await listLookups(tx, conversationId)
  const known = new Set(before.map(({ requestId }) => requestId))
  const fresh = [...new Set(ids)]
    .filter((id) => !known.has(id) && RequestId.safeParse(id).success)
    .slice(0, Math.max(0, mostLookupsOfCase - before.length))
  if (fresh.length === 0) return
  for (const requestId of fresh) {
    const id = await beginLookup(tx, {
      id: tx.ids.next(),
      conversationId,
      contactId,
      requestId,
      askedByName: undefined,
    })
    await parts.jobs.send(tx, lookupWork(id))
  }
  tx.emit('request.looked_up', { conversationId, contactId, requestIds: fresh })
}
