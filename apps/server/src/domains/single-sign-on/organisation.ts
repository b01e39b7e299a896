import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import {
  countsAsOwn,
  covers,
  type DomainRow,
  domainOfEmail,
  findMemberByAlias,
  findMemberByEmail,
  freeSeats,
  listDomains,
  listSeatUse,
  type MemberRow,
  type SeatUse,
} from '../organisations/index.ts'
import type { ConnectionRow } from './model.ts'

/** Domains that count as the organisation's at this moment. */
export const listVerifiedDomains = async (tx: TxCtx, organisationId: OrganisationId): Promise<DomainRow[]> =>
  (await listDomains(tx, organisationId)).filter(({ state }) => countsAsOwn(state))

/** Which of these domains an address is of: the nearest that covers it. */
export function domainFor(domains: readonly DomainRow[], email: string): string | undefined {
  const name = domainOfEmail(email)
  if (name === '') return undefined
  const [nearest] = domains.filter((each) => covers(each, name)).sort((a, b) => b.name.length - a.name.length)
  return nearest?.name
}

export async function findByAddress(
  tx: TxCtx,
  organisationId: OrganisationId,
  email: string,
): Promise<{ member: MemberRow; isAlias: boolean } | undefined> {
  const member = await findMemberByEmail(tx, organisationId, email)
  if (member) return { member, isAlias: false }
  const former = await findMemberByAlias(tx, organisationId, email)
  return former && { member: former, isAlias: true }
}

/** The seat of whoever joins by this connection; undefined where there are none to be had or to run out of. */
export async function joiningSeat(
  tx: TxCtx,
  { organisationId, options }: Pick<ConnectionRow, 'organisationId' | 'options'>,
): Promise<{ seat: SeatUse; isFree: boolean } | undefined> {
  const types = await listSeatUse(tx, organisationId)
  const seat = types.find(({ id, isDefault }) => (options.seatTypeId === null ? isDefault : id === options.seatTypeId))
  return seat && { seat, isFree: freeSeats(seat) > 0 }
}
