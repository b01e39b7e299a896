import type { DomainId, OrganisationDomain } from '@clew/contract/domains'
import { AppError } from '../../../../platform/app-error.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { DomainRow } from '../../model.domains.ts'
import { authorizeCheckDue, authorizeManageDomains } from '../../policy.domains.ts'
import { countMembersAt, lockDomain, takeDue } from '../../repository.domains.ts'
import { domainView } from '../../views.domains.ts'
import { settleLook } from './settle-look.ts'

/** Looks for the record now, at the domain's own servers, and says what they said. */
export async function checkDomain(ctx: Ctx, id: DomainId, parts: DomainParts): Promise<OrganisationDomain> {
  const looked = await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageDomains(actor)
    const found = await lockDomain(tx, { id, organisationId: actor.organisationId })
    if (!found) throw new AppError('domain.not_found')
    if (found.state === 'expired') throw new AppError('domain.offer_over', { domain: found.name })
    return found
  })
  const after = await settleLook(ctx, { looked, answer: await parts.prove(looked) }, parts)
  if (!after) throw new AppError('domain.not_found')
  return ctx.transaction(async (tx) =>
    domainView(after, { members: (await countMembersAt(tx, [after])).get(id) ?? 0, now: tx.clock.now() }),
  )
}

const atOnce = 10
/** For as long no other process takes the same ones. */
const leaseMs = 5 * 60_000

/** Looks at every domain whose time has come: those that wait, often; those that are proved, once a day. */
export async function checkDueDomains(ctx: Ctx, parts: DomainParts): Promise<void> {
  authorizeCheckDue(ctx.actor)
  for (let taken: readonly DomainRow[] | undefined; taken === undefined || taken.length === atOnce; ) {
    taken = await ctx.transaction((tx) => takeDue(tx, { most: atOnce, untilMs: leaseMs }))
    await Promise.all(
      taken.map(async (looked) => settleLook(ctx, { looked, answer: await parts.prove(looked) }, parts)),
    )
  }
}
