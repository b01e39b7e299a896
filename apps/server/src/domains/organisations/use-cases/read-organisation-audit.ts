import type { AuditActorList, AuditEventDetail, AuditEventPage, ListAuditEvents } from '@clew/contract/audit'
import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { findAuditPage, getAuditEvent, listWhoActedIn, recordRead } from '../../audit/index.ts'
import { authorizeReadOthersAudit } from '../policy.members.ts'
import { findOrganisation } from '../repository.organisations.ts'

/** The audit log of a customer's organisation, for the support team. */
export const listOrganisationAudit = (ctx: Ctx, id: OrganisationId, query: ListAuditEvents): Promise<AuditEventPage> =>
  reading(ctx, id, (tx) => findAuditPage(tx, id, query))

export const readOrganisationAuditEvent = (ctx: Ctx, id: OrganisationId, seq: number): Promise<AuditEventDetail> =>
  reading(ctx, id, (tx) => getAuditEvent(tx, id, seq))

export const listOrganisationActors = (ctx: Ctx, id: OrganisationId): Promise<AuditActorList> =>
  reading(ctx, id, (tx) => listWhoActedIn(tx, id))

/**
 * That it was read is told to the organisation, in its own log, and to the team in theirs. The team's own log is read at
 * its console, by other permissions.
 */
async function reading<T>(ctx: Ctx, id: OrganisationId, read: (tx: TxCtx) => Promise<T>): Promise<T> {
  return ctx.transaction(async (tx) => {
    authorizeReadOthersAudit(tx.actor)
    const organisation = await findOrganisation(tx, id)
    if (organisation?.kind !== 'customer') throw new AppError('organisation.not_found')
    const found = await read(tx)
    const action = 'audit.viewed_by_team'
    const target = { type: 'organisation', id, name: organisation.name }
    await recordRead(tx, { action, target, organisationId: id })
    await recordRead(tx, { action, target })
    return found
  })
}
