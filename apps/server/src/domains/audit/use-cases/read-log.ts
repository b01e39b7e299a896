import type {
  AuditActorList,
  AuditEventDetail,
  AuditEventList,
  AuditEventPage,
  AuditOverview,
  ListAuditEvents,
} from '@clew/contract/audit'
import type { Ctx } from '../../../platform/ctx.ts'
import { auditSigner } from '../keys.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeRead } from '../policy.ts'
import { findPage, getEvent, listWhoActedIn } from '../reading.ts'
import { findCheck } from '../repository.checks.ts'
import { searchEvents } from '../repository.search.ts'
import { listCheckpoints, readHead } from '../repository.ts'
import { checkView } from '../views.check.ts'
import { eventView } from '../views.ts'
import { readStreams } from './manage-streams.ts'

const dayMs = 86_400_000

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

export async function listEvents(ctx: Ctx, query: ListAuditEvents): Promise<AuditEventPage> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    return findPage(tx, tx.actor.organisationId, query)
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
    return listWhoActedIn(tx, tx.actor.organisationId)
  })
}

export async function readEvent(ctx: Ctx, seq: number): Promise<AuditEventDetail> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    return getEvent(tx, tx.actor.organisationId, seq)
  })
}
