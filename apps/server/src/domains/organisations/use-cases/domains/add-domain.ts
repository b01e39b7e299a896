import type { AddDomain, DomainId, OrganisationDomain } from '@clew/contract/domains'
import type { z } from 'zod'
import { AppError } from '../../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { newLinkToken } from '../../../../platform/ids.ts'
import { recordAudit } from '../../../audit/index.ts'
import { domainIn } from '../../domain-names.ts'
import { countsAsOwn, covers, type DomainRow, offerMs } from '../../model.domains.ts'
import { authorizeManageDomains } from '../../policy.domains.ts'
import { countMembersAt, insertDomain, listDomains, lockDomain, renewOffer } from '../../repository.domains.ts'
import { domainView } from '../../views.domains.ts'

const mostDomains = 100
/** 128 bits, as the record shows them. */
const newChallenge = (): string => Buffer.from(newLinkToken(), 'base64url').toString('hex')

/** Puts a domain on the organisation's list, with the text that will prove it. */
export async function addDomain(ctx: Ctx, input: z.output<typeof AddDomain>): Promise<OrganisationDomain> {
  const found = domainIn(input.name)
  if ('problem' in found) throw new AppError(found.problem, { domain: input.name })
  const { name } = found
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageDomains(actor)
    const { organisationId } = actor
    refuseNeedless(await listDomains(tx, organisationId), name)
    const id = tx.ids.next() as DomainId
    const isAdded = await insertDomain(tx, {
      id,
      organisationId,
      name,
      token: newChallenge(),
      coversSubdomains: input.coversSubdomains,
      joinsByItself: input.joinsByItself,
      offerEndsAt: offerEnd(tx),
    })
    if (!isAdded) throw new AppError('domain.already_added', { domain: name })
    recordAudit(tx, { action: 'domain.added', targets: [{ type: 'domain', id, name }], metadata: { domain: name } })
    return present(tx, { id, organisationId })
  })
}

function refuseNeedless(own: readonly DomainRow[], name: string): void {
  if (own.length >= mostDomains) throw new AppError('domain.too_many', { limit: mostDomains })
  if (own.some((each) => each.name === name)) throw new AppError('domain.already_added', { domain: name })
  const above = own.find((each) => countsAsOwn(each.state) && covers(each, name))
  if (above) throw new AppError('domain.already_covered', { domain: name, by: above.name })
}

/** Begins again with a domain whose time ran out, or that stopped counting: with a new text and another seven days. */
export async function renewDomain(ctx: Ctx, id: DomainId): Promise<OrganisationDomain> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageDomains(actor)
    const place = { id, organisationId: actor.organisationId }
    const domain = await lockDomain(tx, place)
    if (!domain) throw new AppError('domain.not_found')
    if (domain.state !== 'expired') return present(tx, place)
    await renewOffer(tx, place, { token: newChallenge(), offerEndsAt: offerEnd(tx) })
    recordAudit(tx, {
      action: 'domain.added',
      targets: [{ type: 'domain', id, name: domain.name }],
      metadata: { domain: domain.name, again: true },
    })
    return present(tx, place)
  })
}

const offerEnd = (tx: TxCtx): Date => new Date(tx.clock.now().getTime() + offerMs)

async function present(tx: TxCtx, place: Pick<DomainRow, 'id' | 'organisationId'>): Promise<OrganisationDomain> {
  const domain = await lockDomain(tx, place)
  if (!domain) throw new AppError('domain.not_found')
  const members = (await countMembersAt(tx, [domain])).get(domain.id) ?? 0
  return domainView(domain, { members, now: tx.clock.now() })
}
