import type { AuditActorList, AuditEventDetail, AuditEventPage, ListAuditEvents } from '@clew/contract/audit'
import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { countEvents, listActors, listAround, searchEvents } from './repository.search.ts'
import { findCheckpointOf, findLink } from './repository.ts'
import { eventView } from './views.ts'

// What stands in the log of one organisation. Whoever calls has made sure that it may be read.

const dayMs = 86_400_000
const mostCounted = 10_000

export async function findPage(
  tx: TxCtx,
  organisationId: OrganisationId,
  { before, limit, ...filter }: ListAuditEvents,
): Promise<AuditEventPage> {
  const found = await searchEvents(tx, organisationId, { filter, before, limit: limit + 1 })
  const events = found.slice(0, limit).map(eventView)
  const next = found.length > limit ? events.at(-1)?.seq : undefined
  const page = { events, ...(next === undefined ? {} : { next }) }
  if (before !== undefined) return page
  const count = await countEvents(tx, organisationId, { filter, most: mostCounted + 1 })
  return { ...page, matched: { count: Math.min(count, mostCounted), isMore: count > mostCounted } }
}

/** Within a year. */
export async function listWhoActedIn(tx: TxCtx, organisationId: OrganisationId): Promise<AuditActorList> {
  const since = new Date(tx.clock.now().getTime() - 365 * dayMs)
  const actors = await listActors(tx, organisationId, since)
  return { actors: actors.map(({ id, type, name }) => ({ id, type, ...(name === undefined ? {} : { name }) })) }
}

const aroundMs = 10 * 60_000

export async function getEvent(tx: TxCtx, organisationId: OrganisationId, seq: number): Promise<AuditEventDetail> {
  const link = await findLink(tx, organisationId, seq)
  if (link === undefined) throw new AppError('audit.event_not_found')
  const event = eventView(link)
  const next = await findLink(tx, organisationId, seq + 1)
  const checkpoint = await findCheckpointOf(tx, organisationId, seq)
  const at = Date.parse(event.occurredAt)
  const people = [event.actor.id, ...event.targets.map(({ id }) => id)].filter((id) => id !== undefined)
  const window = { from: new Date(at - aroundMs), to: new Date(at + aroundMs) }
  const around = await listAround(tx, organisationId, { seq, people, ...window })
  return {
    event,
    ...(next === undefined ? {} : { next: { seq: next.seq, agrees: next.prevHash.equals(link.hash) } }),
    ...(checkpoint === undefined ? {} : { checkpoint: { seq: checkpoint.seq, at: checkpoint.at.toISOString() } }),
    around: around.map(eventView),
  }
}
