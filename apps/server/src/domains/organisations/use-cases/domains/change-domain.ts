import type { ChangeDomain, DomainId, DomainRemoval, OrganisationDomain } from '@clew/contract/domains'
import type { z } from 'zod'
import { AppError } from '../../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { recordAudit } from '../../../audit/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { lookUpMembers } from '../../knowledge.ts'
import { countsAsOwn, type DomainRow } from '../../model.domains.ts'
import { authorizeManageDomains } from '../../policy.domains.ts'
import { countMembersAt, deleteDomain, listMemberIdsAt, lockDomain, setTicks } from '../../repository.domains.ts'
import { domainView } from '../../views.domains.ts'

/** Whether what is below the domain counts too, and whether people at it join by themselves. */
export async function changeDomain(
  ctx: Ctx,
  { id, ...input }: z.output<typeof ChangeDomain> & { id: DomainId },
): Promise<OrganisationDomain> {
  return ctx.transaction(async (tx) => {
    const before = await held(tx, id)
    const after = {
      ...before,
      coversSubdomains: input.coversSubdomains ?? before.coversSubdomains,
      joinsByItself: input.joinsByItself ?? before.joinsByItself,
    }
    const changes = (['coversSubdomains', 'joinsByItself'] as const)
      .filter((field) => before[field] !== after[field])
      .map((field) => ({ field, old: before[field], new: after[field] }))
    if (changes.length > 0) {
      await setTicks(tx, before, after)
      recordAudit(tx, { action: 'domain.updated', targets: [targetOf(before)], changes })
    }
    const members = (await countMembersAt(tx, [after])).get(id) ?? 0
    return domainView(after, { members, now: tx.clock.now() })
  })
}

/** What would become of people if the domain were taken away. */
export async function previewRemoval(ctx: Ctx, id: DomainId, parts: DomainParts): Promise<DomainRemoval> {
  const { domain, memberIds } = await ctx.transaction(async (tx) => {
    const found = await held(tx, id)
    return { domain: found, memberIds: await listMemberIdsAt(tx, found) }
  })
  const isFelt = countsAsOwn(domain.state) && memberIds.length > 0
  const { waysIn } = isFelt
    ? await lookUpMembers(ctx, { organisationId: domain.organisationId, memberIds }, parts)
    : { waysIn: new Map() }
  return {
    members: memberIds.length,
    withoutSso: memberIds.filter((each) => waysIn.get(each) === 'sso').length,
    joinsByItself: domain.joinsByItself,
  }
}

/** Takes the domain off the list. Its members stay. */
export async function removeDomain(ctx: Ctx, id: DomainId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const domain = await held(tx, id)
    await deleteDomain(tx, domain)
    recordAudit(tx, {
      action: 'domain.removed',
      targets: [targetOf(domain)],
      metadata: { domain: domain.name, state: domain.state },
    })
  })
}

async function held(tx: TxCtx, id: DomainId): Promise<DomainRow> {
  const { actor } = tx
  authorizeManageDomains(actor)
  const domain = await lockDomain(tx, { id, organisationId: actor.organisationId })
  if (!domain) throw new AppError('domain.not_found')
  return domain
}

const targetOf = ({ id, name }: DomainRow) => ({ type: 'domain', id, name })
