import type { ErasurePreview } from '@clew/contract/retention'
import type { TxCtx } from '../../platform/ctx.ts'
import type { People, Person, Stays } from '../../platform/domain.ts'
import { listOrganisationsAt } from '../organisations/index.ts'
import { listHolds } from './repository.holds.ts'

/** What is not deleted of somebody, and why: said before they are erased, and in the certificate. */
export async function staysOf(tx: TxCtx, person: Person, rooms: readonly People[]): Promise<Stays[]> {
  const stays: Stays[] = [{ why: 'record' }]
  for (const room of rooms) stays.push(...((await room.keeps?.(tx, person)) ?? []))
  if (await isNamedByHold(tx, person)) stays.push({ why: 'holds' })
  // Where a colleague is meant, they are erased by their organisation, and as such.
  if (person.memberIds.length === 0 && (await listOrganisationsAt(tx, person.addresses)).length > 0)
    stays.push({ why: 'membership' })
  return stays
}

/** Holds stay on record as they were placed, those that were released too. */
async function isNamedByHold(tx: TxCtx, { organisationId, memberIds, addresses }: Person): Promise<boolean> {
  const holds = await listHolds(tx, [organisationId], { activeOnly: false })
  return holds.some(
    (hold) =>
      [...hold.addresses, ...hold.heldAddresses].some((each) => addresses.includes(each.toLowerCase())) ||
      hold.heldMembers.some((id) => memberIds.some((member) => member === id)),
  )
}

export const toldStays = (stays: readonly Stays[]): ErasurePreview['stays'] =>
  stays.map(({ why, until }) => ({ why, ...(until === undefined ? {} : { until: until.toISOString() }) }))
