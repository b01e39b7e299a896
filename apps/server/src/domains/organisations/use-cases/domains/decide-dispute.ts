import type { DecideDispute, DomainDisputeList } from '@clew/contract/domains'
import type { z } from 'zod'
import { AppError } from '../../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../../platform/ctx.ts'
import { recordAudit } from '../../../audit/index.ts'
import { mailOwners } from '../../domain-mail.ts'
import { nameAndParents } from '../../domain-names.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { type DomainRow, dayMs } from '../../model.domains.ts'
import { authorizeDecide } from '../../policy.domains.ts'
import {
  closeDispute,
  type DisputeRow,
  findOpenDispute,
  listHolders,
  listOpenDisputes,
} from '../../repository.disputes.ts'
import { lockDomain, lockNames, updateAfterLook } from '../../repository.domains.ts'
import { keptByAnother } from '../../views.domains.ts'
import { tellOthers } from './settle-look.ts'
import { holderOf } from './verified-organisation.ts'

/** What two organisations claim, for those who decide. */
export async function readDisputes(ctx: Ctx): Promise<DomainDisputeList> {
  return ctx.transaction(async (tx) => {
    authorizeDecide(tx.actor)
    const disputes: DomainDisputeList['disputes'] = []
    for (const dispute of await listOpenDisputes(tx)) disputes.push(await disputeView(tx, dispute))
    return { disputes }
  })
}

async function disputeView(tx: TxCtx, dispute: DisputeRow): Promise<DomainDisputeList['disputes'][number]> {
  const { organisationId, organisationName, members } = dispute
  const holder = await holderOf(tx, dispute.name)
  const named = holder && (await listHolders(tx, [holder.organisationId])).get(holder.organisationId)
  return {
    id: dispute.id,
    domain: dispute.name,
    provedAt: dispute.provedAt.toISOString(),
    claimant: { organisationId, name: organisationName, members },
    ...(holder && named
      ? {
          holder: {
            organisationId: holder.organisationId,
            ...named,
            domain: holder.name,
            verifiedAt: (holder.verifiedAt ?? holder.createdAt).toISOString(),
            ...(holder.lostAt === undefined ? {} : { lostAt: holder.lostAt.toISOString() }),
          },
        }
      : {}),
  }
}

type Decision = z.output<typeof DecideDispute> & { id: string }

/** Gives the domain to who has proved it last, or leaves it where it is. Both organisations have it on record. */
export async function decideDispute(
  ctx: Ctx,
  { id, decision, withCases }: Decision,
  parts: DomainParts,
): Promise<void> {
  await parts.asSystem(ctx, 'domains.decide_dispute').transaction(async (system) => {
    const tx = actingAs(system, ctx.actor)
    authorizeDecide(tx.actor)
    const found = await findOpenDispute(tx, id)
    if (!found) throw new AppError('domain.dispute_not_found')
    await lockNames(tx, nameAndParents(found.name).at(-1) ?? found.name)
    const claimed = await lockDomain(tx, { id: found.domainId, organisationId: found.organisationId })
    if (!claimed || !(await closeDispute(tx, claimed.id, decision))) throw new AppError('domain.dispute_not_found')
    const holder = await holderOf(tx, claimed.name)
    if (decision === 'kept') await keep(tx, claimed)
    else await move(tx, { claimed, holder, withCases }, parts)
    // The organisations learn that the team decided, not from where.
    const quiet: TxCtx = { ...tx, origin: { via: tx.origin.via } }
    for (const each of holder ? [claimed, holder] : [claimed])
      recordAudit(quiet, {
        action: 'domain.dispute_resolved',
        organisationId: each.organisationId,
        targets: [{ type: 'domain', id: each.id, name: each.name }],
        metadata: { domain: claimed.name, decision, ...(decision === 'moved' ? { with_cases: withCases } : {}) },
      })
  })
}

const ended = { verifiedAt: undefined, lostAt: undefined, nextCheckAt: undefined, state: 'expired' } as const

const keep = (tx: TxCtx, claimed: DomainRow): Promise<void> =>
  updateAfterLook(tx, claimed.id, { ...claimed, ...ended, lastAnswer: keptByAnother })

async function move(
  tx: TxCtx,
  { claimed, holder, withCases }: { claimed: DomainRow; holder: DomainRow | undefined; withCases: boolean },
  parts: DomainParts,
): Promise<void> {
  const now = tx.clock.now()
  // A domain that covers it from above stays with its holder; only the name itself is given away.
  if (holder?.name === claimed.name) {
    await updateAfterLook(tx, holder.id, { ...holder, ...ended, lastAnswer: keptByAnother })
    await mailOwners(tx, holder, { ...parts, news: 'moved' })
  }
  await updateAfterLook(tx, claimed.id, {
    ...claimed,
    state: 'verified',
    verifiedAt: now,
    nextCheckAt: new Date(now.getTime() + dayMs),
  })
  tellOthers(tx, claimed, withCases)
}
