import type { MemberRole } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { admitMember, changeProfile, startMember, stopMember, takeOutMember } from '../members.ts'
import type { MemberRow } from '../model.ts'
import { authorizeProvision } from '../policy.provisioning.ts'
import { findMemberOf, lockMembership, type Profile, setMemberConnection } from '../repository.membership.ts'
import { findAtAddress, type GivenRole } from '../repository.provisioned.ts'
import { listSeatUse } from '../repository.seats.ts'
import { findMember } from '../repository.ts'

type Provisioned = { organisationId: OrganisationId; connectionId: string }

/** What became of a person: `kept_stopped` says that the console has stopped them, which a connection does not undo. */
export type ProvisionEffect = 'joined' | 'taken_over' | 'deactivated' | 'reactivated' | 'kept_stopped' | 'removed'

export type ProvisionedMember = { id: MemberId; effects: ProvisionEffect[]; isNew: boolean }

type Person = Provisioned & { profile: Profile; role: GivenRole; isActive: boolean }

/**
 * Brings a person in over a connection. Who has the address already in this organisation, and in no other, is the
 * connection's from now on, with the role and all that they had.
 */
export async function provisionMember(tx: TxCtx, person: Person): Promise<ProvisionedMember> {
  authorizeProvision(tx.actor)
  const { organisationId, connectionId, profile, isActive } = person
  await lockMembership(tx, organisationId)
  const known = await findAtAddress(tx, organisationId, profile.email)
  const found = known === undefined ? undefined : await findMember(tx, known)
  if (found === undefined) return admit(tx, person)
  await setMemberConnection(tx, found.id, { connectionId, source: 'scim' })
  await changeProfile(tx, found, profile)
  return { id: found.id, effects: ['taken_over', ...(await settle(tx, found, isActive))], isNew: false }
}

/** What a connection says of a person it has brought in. Undefined is what has not changed. */
export async function changeProvisionedMember(
  tx: TxCtx,
  person: Provisioned & { id: MemberId; profile: Profile | undefined; isActive: boolean | undefined },
): Promise<ProvisionEffect[]> {
  authorizeProvision(tx.actor)
  const { organisationId, id, profile, isActive } = person
  await lockMembership(tx, organisationId)
  const member = await findMemberOf(tx, organisationId, id)
  if (member === undefined) throw new AppError('member.not_found')
  if (profile !== undefined) await changeProfile(tx, member, profile)
  return isActive === undefined ? [] : settle(tx, member, isActive)
}

/** Somebody is gone for good from where they are looked after. What they had open goes back to everyone. */
export async function removeProvisionedMember(
  tx: TxCtx,
  { organisationId, id }: { organisationId: OrganisationId; id: MemberId },
): Promise<void> {
  authorizeProvision(tx.actor)
  const member = await findMemberOf(tx, organisationId, id)
  if (member !== undefined) await takeOutMember(tx, member, { action: 'user.removed' })
}

async function admit(tx: TxCtx, person: Person): Promise<ProvisionedMember> {
  const { organisationId, connectionId, profile, role, isActive } = person
  const member = await admitMember(tx, {
    organisationId,
    ...profile,
    role: role.role as MemberRole,
    customRoleId: role.customRoleId,
    source: 'scim',
    connectionId,
    ...(isActive ? { seat: 'default' } : {}),
  })
  if (isActive) await refuseWithoutSeat(tx, member)
  else await stopMember(tx, member, 'scim')
  return { id: member.id, effects: isActive ? ['joined'] : ['joined', 'deactivated'], isNew: true }
}

async function settle(tx: TxCtx, member: MemberRow, isActive: boolean): Promise<ProvisionEffect[]> {
  if (!isActive) {
    if (member.deactivatedAt !== undefined) return []
    await stopMember(tx, member, 'scim')
    return ['deactivated']
  }
  if (member.deactivatedAt === undefined) return []
  // The console has the last word on whom it stopped: an update of somebody's title must not bring them back.
  if (member.deactivatedVia !== 'scim') return ['kept_stopped']
  await startMember(tx, member)
  const started = await findMember(tx, member.id)
  if (started !== undefined) await refuseWithoutSeat(tx, started)
  return ['reactivated']
}

/** An identity provider that is told "done" asks nobody to buy a seat; it must hear that there is none. */
async function refuseWithoutSeat(tx: TxCtx, { organisationId, seatTypeId }: MemberRow): Promise<void> {
  if (seatTypeId !== undefined) return
  const seat = (await listSeatUse(tx, organisationId)).find(({ isDefault }) => isDefault)
  if (seat !== undefined) throw new AppError('seat.none_left', { limit: seat.limit ?? 0 })
}
