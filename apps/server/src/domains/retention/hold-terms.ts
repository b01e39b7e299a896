import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { HoldTerm, KeepingOf, Owner } from '../../platform/keeping.ts'
import { listContactsAt } from '../contacts/index.ts'
import { listTakenPart } from '../conversations/index.ts'
import { findSupportTeam, listAddressesOf, listGroupMembers } from '../organisations/index.ts'
import { type HoldRow, listHolds, lockDeleting } from './repository.holds.ts'

/** Whose rows somebody of an organisation decides about, and whose word else holds for them. */
export async function ownerOf(tx: TxCtx, organisationId: OrganisationId): Promise<Owner & { team: OrganisationId }> {
  const team = (await findSupportTeam(tx)) ?? organisationId
  return { organisationId, isSupport: organisationId === team, team }
}

/**
 * What may not be deleted of an organisation's: by its own holds, and by those of the support team. Whoever goes on to
 * delete says so with `forDeleting`, and no hold is placed until their transaction has ended.
 */
export async function holdingOf(
  tx: TxCtx,
  { team, ...owner }: Owner & { team: OrganisationId },
  { forDeleting = false }: { forDeleting?: boolean } = {},
): Promise<KeepingOf> {
  const both = [owner.organisationId, team]
  if (forDeleting) await lockDeleting(tx, { owners: [owner.organisationId], holders: both })
  const holds = await listHolds(tx, [...new Set(both)], { activeOnly: true })
  const terms: HoldTerm[] = []
  for (const hold of holds) {
    const term = await termOf(tx, hold)
    // "Everything" of the support team is everything of its own; what it names, it holds wherever that is.
    const isForeign = hold.organisationId !== owner.organisationId
    terms.push(isForeign ? { ...term, everything: false } : term)
  }
  return { owner, holds: terms }
}

/** Whom a hold means now: who was meant when it was placed, and who has come to the groups since. */
export async function termOf(tx: TxCtx, hold: HoldRow): Promise<HoldTerm> {
  const members = new Set<string>(hold.heldMembers)
  for (const groupId of hold.groupIds)
    for (const id of await listGroupMembers(tx, hold.organisationId, groupId)) members.add(id)
  const memberIds = [...members] as MemberId[]
  const addresses = new Set([...hold.heldAddresses, ...(await listAddressesOf(tx, memberIds))])
  return {
    since: hold.since,
    everything: hold.everything,
    contactIds: await listContactsAt(tx, [...addresses]),
    // Rooms below know who a capture is of, not who answered them.
    conversationIds: [...hold.conversationIds, ...(await listTakenPart(tx, memberIds))],
    memberIds,
  }
}
