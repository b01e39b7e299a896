import type {
  AuditActorList,
  AuditEventDetail,
  AuditEventList,
  AuditEventPage,
  AuditOverview,
  ListAuditEvents,
} from '@clew/contract/audit'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { auditSigner } from '../keys.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeRead } from '../policy.ts'
import { findCheck } from '../repository.checks.ts'
import { countEvents, listActors, listAround, searchEvents } from '../repository.search.ts'
import { findCheckpointOf, findLink, listCheckpoints, readHead } from '../repository.ts'
import { checkView } from '../views.check.ts'
import { eventView } from '../views.ts'
import { readStreams } from './manage-streams.ts'

const dayMs = 86_400_000
const mostCounted = 10_000

export async function readOverview(ctx: Ctx, parts: AuditParts): Promise<AuditOverview> {
  const { streams } = await readStreams(ctx)
  const { publicKey } = await parts.asSystem(ctx, 'audit.key').transaction((tx) => auditSigner(tx, parts.seal))
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    const { organisationId, permissions } = tx.actor
    const head = await readHead(tx, organisationId)
    const check = await findCheck(tx, organisationId)
    const since = new Date(tx.clock.now().getTime() - dayMs)
    const checkpoints = await listCheckpoints(tx, organisationId, { since })
    return {
      count: head.seq - head.firstSeq + 1,
      seq: head.seq,
      ...(check === undefined ? {} : { check: checkView(check) }),
      checkpoints: checkpoints.map(({ seq, at }) => ({ seq, at: at.toISOString() })),
      publicKey,
      streams: streams.map(({ name, state, failure, behind, lagSeconds }) => ({
        name,
        state,
        isFailing: failure !== undefined,
        behind,
        lagSeconds,
      })),
      canExport: permissions.has('audit.export'),
      canManage: permissions.has('audit.manage'),
    }
  })
}

export async function listEvents(ctx: Ctx, { before, limit, ...filter }: ListAuditEvents): Promise<AuditEventPage> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    const { organisationId } = tx.actor
    const found = await searchEvents(tx, organisationId, { filter, before, limit: limit + 1 })
    const events = found.slice(0, limit).map(eventView)
    const next = found.length > limit ? events.at(-1)?.seq : undefined
    const page = { events, ...(next === undefined ? {} : { next }) }
    if (before !== undefined) return page
    const count = await countEvents(tx, organisationId, { filter, most: mostCounted + 1 })
    return { ...page, matched: { count: Math.min(count, mostCounted), isMore: count > mostCounted } }
  })
}

const recentCount = 20

/** The last few, for the margin of the console's screens. */
export async function listRecent(ctx: Ctx): Promise<AuditEventList> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    const found = await searchEvents(tx, tx.actor.organisationId, { filter: {}, limit: recentCount })
    return { events: found.map(eventView) }
  })
}

export async function listWhoActed(ctx: Ctx): Promise<AuditActorList> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    const since = new Date(tx.clock.now().getTime() - 365 * dayMs)
    const actors = await listActors(tx, tx.actor.organisationId, since)
    return { actors: actors.map(({ id, type, name }) => ({ id, type, ...(name === undefined ? {} : { name }) })) }
  })
}

const aroundMs = 10 * 60_000

export async function readEvent(ctx: Ctx, seq: number): Promise<AuditEventDetail> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    const { organisationId } = tx.actor
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
  })
}
