import type { AuditAction } from '@clew/contract/audit-actions'
import type { DnsAnswer } from '@clew/contract/domains'
import { actingAs, type Ctx, type TxCtx } from '../../../../platform/ctx.ts'
import { recordAudit } from '../../../audit/index.ts'
import { type DomainNews, mailOwners } from '../../domain-mail.ts'
import { nameAndParents } from '../../domain-names.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { afterLook, countsAsOwn, type DomainRow, type LookChange } from '../../model.domains.ts'
import { authorizeSettleLook } from '../../policy.domains.ts'
import { closeDispute, openDispute } from '../../repository.disputes.ts'
import { lockDomain, lockNames, updateAfterLook } from '../../repository.domains.ts'
import { holderOf } from './verified-organisation.ts'

/**
 * Puts down what a look has found. Of two organisations that prove a name at once, one is first and has it; the other
 * has a dispute. Answers with the domain as it is then, or undefined when it has gone meanwhile.
 */
export async function settleLook(
  ctx: Ctx,
  { looked, answer }: { looked: DomainRow; answer: DnsAnswer },
  parts: DomainParts,
): Promise<DomainRow | undefined> {
  // Whether another organisation has the name is not for an organisation to see, so the system looks.
  return parts.asSystem(ctx, 'domains.settle_look').transaction(async (system) => {
    const tx = actingAs(system, ctx.actor)
    authorizeSettleLook(tx.actor)
    await lockNames(tx, nameAndParents(looked.name).at(-1) ?? looked.name)
    const before = await lockDomain(tx, looked)
    // The text that was looked for belongs to an offer that is no longer the present one.
    if (before?.token !== looked.token || before.state === 'expired') return before
    const holder = answer === 'found' && !countsAsOwn(before.state) ? await holderOf(tx, before.name) : undefined
    const isHeld = holder !== undefined && holder.organisationId !== before.organisationId
    const change = afterLook(before, answer, { now: tx.clock.now(), isHeld })
    await updateAfterLook(tx, before.id, change)
    const after = { ...before, ...change }
    await tellOf(tx, { before, after, holder: isHeld ? holder : undefined }, parts)
    return after
  })
}

type Happened = { before: DomainRow; after: DomainRow; holder: DomainRow | undefined }

async function tellOf(tx: TxCtx, { before, after, holder }: Happened, parts: DomainParts): Promise<void> {
  if (before.state === 'disputed' && after.state !== 'disputed')
    await closeDispute(tx, after.id, after.state === 'verified' ? 'moved' : 'kept')
  if (before.state === after.state) return
  const step = stepOf(before, after)
  if (step === undefined) return
  recordAudit(tx, {
    action: step.action,
    organisationId: after.organisationId,
    targets: [{ type: 'domain', id: after.id, name: after.name }],
    metadata: { domain: after.name, answer: after.lastAnswer ?? null },
  })
  if (after.state === 'verified' && !countsAsOwn(before.state)) tellOthers(tx, after)
  if (step.news !== undefined) await mailOwners(tx, after, { ...parts, news: step.news })
  if (holder && (await openDispute(tx, { domainId: after.id, organisationId: after.organisationId })))
    await tellHolder(tx, holder, parts)
}

/** Letters have waited for it, and people have asked under it. */
export const tellOthers = (tx: TxCtx, domain: DomainRow, withCases = false): void => {
  const { organisationId, name, coversSubdomains } = domain
  tx.emit('domain.verified', { organisationId, name, coversSubdomains, ...(withCases ? { withCases } : {}) })
}

/** Whoever has a domain hears that somebody else has proved it too, though not who. */
async function tellHolder(tx: TxCtx, holder: DomainRow, parts: DomainParts): Promise<void> {
  const job = 'domains.settle_look'
  // Neither who asked nor from where: that is the other organisation's.
  const quiet: TxCtx = { ...tx, actor: { type: 'system', job }, origin: { via: 'job' }, requestId: `job:${job}` }
  recordAudit(quiet, {
    action: 'domain.disputed',
    organisationId: holder.organisationId,
    targets: [{ type: 'domain', id: holder.id, name: holder.name }],
    metadata: { domain: holder.name },
  })
  await mailOwners(tx, holder, { ...parts, news: 'disputed' })
}

function stepOf(before: DomainRow, { state }: LookChange): { action: AuditAction; news?: DomainNews } | undefined {
  switch (state) {
    case 'verified':
      return { action: 'domain.verified' }
    case 'lost':
      return { action: 'domain.lost', news: 'lost' }
    case 'disputed':
      return { action: 'domain.disputed' }
    case 'expired':
      return countsAsOwn(before.state) ? { action: 'domain.unverified', news: 'unverified' } : undefined
    case 'waiting':
      return undefined
  }
}
