import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { recordAudit } from '../audit/index.ts'
import { type MemberRow, normalEmail } from './model.ts'
import { addToGroup } from './repository.groups.ts'
import {
  findMemberByAlias,
  hasOtherOwner,
  lockMembership,
  type Profile,
  setDeactivated,
  setProfile,
  setRemoved,
} from './repository.membership.ts'
import { listSeatUse } from './repository.seats.ts'
import { findMember, findMemberByEmail, insertMember, type MemberDraft } from './repository.ts'
import { releaseSeat, takeSeatIfFree } from './seats.ts'

/**
 * Refuses what would leave an organisation without an owner who may act and whose time does not end by itself. Called
 * before an owner is demoted, stopped, removed or given an end, by whoever does it. Holds the membership until the
 * transaction ends: of two owners who demote each other at once, the second is refused.
 */
export async function refuseLastOwner(tx: TxCtx, member: MemberRow): Promise<void> {
  await lockMembership(tx, member.organisationId)
  // What the caller read may be older than the lock.
  const now = await findMember(tx, member.id)
  if (now?.role !== 'owner') return
  if (!(await hasOtherOwner(tx, member.organisationId, member.id)))
    throw new AppError('member.last_owner', { name: member.name })
}

export type Admission = Omit<MemberDraft, 'id' | 'seatTypeId'> & {
  /** A type of seat; `default`: the organisation's default type; without it none is taken. */
  seat?: string | undefined
  groupIds?: readonly string[]
}

/**
 * Lets somebody in: by an invitation, a verified domain, an identity provider or a directory. Somebody who is stopped
 * is not revived by it. A seat is taken if one is free; nobody stays outside for want of one.
 */
export async function admitMember(tx: TxCtx, { seat, groupIds = [], ...draft }: Admission): Promise<MemberRow> {
  const { organisationId } = draft
  await lockMembership(tx, organisationId)
  await refuseTaken(tx, organisationId, draft.email)
  const id = tx.ids.next() as MemberId
  await insertMember(tx, { ...draft, id })
  const types = seat === undefined ? [] : await listSeatUse(tx, organisationId)
  const chosen = types.find((type) => (seat === 'default' ? type.isDefault : type.id === seat))
  await takeSeatIfFree(tx, { member: { id, name: draft.name, organisationId }, seatTypeId: chosen?.id })
  for (const groupId of groupIds) await addToGroup(tx, { organisationId, groupId, memberIds: [id] })
  recordAudit(tx, {
    action: 'user.joined',
    organisationId,
    targets: [{ type: 'member', id, name: draft.name }],
    metadata: { role: draft.role, source: draft.source ?? 'invited' },
    personal: { email: normalEmail(draft.email) },
  })
  tx.emit('member.joined', { organisationId, memberId: id })
  const member = await findMember(tx, id)
  if (!member) throw new AppError('member.not_found')
  return member
}

async function refuseTaken(tx: TxCtx, organisationId: OrganisationId, email: string): Promise<void> {
  const known =
    (await findMemberByEmail(tx, organisationId, email)) ?? (await findMemberByAlias(tx, organisationId, email))
  if (known) throw new AppError(known.deactivatedAt ? 'invitation.member_deactivated' : 'invitation.address_taken')
}

/** Ends somebody's access; their sessions, streams and keys end with it. Stopping them again changes nothing. */
export async function stopMember(
  tx: TxCtx,
  stopping: MemberRow,
  via: NonNullable<MemberRow['deactivatedVia']>,
): Promise<void> {
  await refuseLastOwner(tx, stopping)
  const member = await findMember(tx, stopping.id)
  if (!member || member.deactivatedAt !== undefined) return
  const { id, name, organisationId } = member
  await setDeactivated(tx, id, via)
  await releaseSeat(tx, member)
  recordAudit(tx, {
    action: 'user.deactivated',
    organisationId,
    targets: [{ type: 'member', id, name }],
    metadata: { via },
  })
  tx.emit('member.deactivated', { organisationId, memberId: id, via })
}

/** Gives access back, with the default seat if one is free. */
export async function startMember(tx: TxCtx, starting: MemberRow): Promise<void> {
  await lockMembership(tx, starting.organisationId)
  const member = await findMember(tx, starting.id)
  if (!member || member.deactivatedAt === undefined) return
  const { id, name, organisationId } = member
  await setDeactivated(tx, id, null)
  const seat = (await listSeatUse(tx, organisationId)).find(({ isDefault }) => isDefault)
  await takeSeatIfFree(tx, { member, seatTypeId: seat?.id })
  recordAudit(tx, { action: 'user.reactivated', organisationId, targets: [{ type: 'member', id, name }] })
  tx.emit('member.reactivated', { organisationId, memberId: id })
}

/** Takes somebody out for good. What they had open goes to the successor, or back to everyone. */
export async function takeOutMember(
  tx: TxCtx,
  member: MemberRow,
  how: { action: 'user.removed' | 'user.left'; successorId?: MemberId | undefined },
): Promise<void> {
  await refuseLastOwner(tx, member)
  const now = await findMember(tx, member.id)
  if (!now) throw new AppError('member.not_found')
  const { id, name, organisationId } = now
  await releaseSeat(tx, now)
  await setRemoved(tx, id)
  const successor = how.successorId === undefined ? {} : { successorId: how.successorId }
  recordAudit(tx, {
    action: how.action,
    organisationId,
    targets: [{ type: 'member', id, name }],
    metadata: { role: now.role, ...(how.successorId === undefined ? {} : { successor: how.successorId }) },
  })
  tx.emit('member.removed', { organisationId, memberId: id, ...successor })
}

/** Changes what is known of a person. Their old address is not an alias by itself; `putAlias` makes it one. */
export async function changeProfile(tx: TxCtx, member: MemberRow, changes: Partial<Profile>): Promise<void> {
  const before: Profile = {
    name: member.name,
    email: member.email,
    title: member.title,
    locale: member.locale,
    timeZone: member.timeZone,
  }
  const after: Profile = { ...before, ...changes }
  const fields = (Object.keys(before) as (keyof Profile)[]).filter((field) => before[field] !== after[field])
  if (fields.length === 0) return
  if (fields.includes('email')) {
    await lockMembership(tx, member.organisationId)
    await refuseTaken(tx, member.organisationId, after.email)
  }
  await setProfile(tx, member.id, after)
  recordAudit(tx, {
    action: fields.includes('email') ? 'user.address_changed' : 'user.updated',
    organisationId: member.organisationId,
    targets: [{ type: 'member', id: member.id, name: after.name }],
    changes: fields.map((field) => ({
      field,
      old: before[field] ?? null,
      new: after[field] ?? null,
      personal: field !== 'locale',
    })),
  })
}
