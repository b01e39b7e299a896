import type { ChangeMember } from '@clew/contract/members'
import type { MemberId } from '@clew/contract/primitives'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { changeProfile, refuseLastOwner, startMember, stopMember } from '../members.ts'
import type { MemberRow } from '../model.ts'
import { authorizeChange, authorizeChangeMember, authorizeGive, refuseProvisioned } from '../policy.members.ts'
import { readRole } from '../read-roles.ts'
import { findMemberOf, lockMembership, setMemberExpiry, setMemberRole } from '../repository.membership.ts'
import { releaseSeat, takeSeat } from '../seats.ts'

/** Changes what somebody may do, until when, and on which seat. What is as it was changes nothing. */
export async function changeMember(ctx: Ctx, id: MemberId, input: ChangeMember): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeMember(actor, Object.keys(input) as (keyof ChangeMember)[])
    const member = await lockMember(tx, actor, id)
    if (input.role) await changeRole(tx, member, input.role)
    if (input.expiresAt !== undefined) await changeExpiry(tx, member, input.expiresAt)
    if (input.title !== undefined) {
      authorizeChange(actor, member)
      await changeProfile(tx, member, { title: input.title || undefined })
    }
    if (input.seatTypeId !== undefined) await changeSeat(tx, member, input.seatTypeId)
  })
}

/** The member as they are, with the membership held so that they stay so. */
async function lockMember(tx: TxCtx, actor: MemberActor, id: MemberId): Promise<MemberRow> {
  await lockMembership(tx, actor.organisationId)
  const member = await findMemberOf(tx, actor.organisationId, id)
  if (!member) throw new AppError('member.not_found')
  return member
}

async function changeRole(tx: TxCtx, member: MemberRow, asked: NonNullable<ChangeMember['role']>): Promise<void> {
  const { id, name, organisationId, organisation } = member
  const role = await readRole(tx, { organisationId, isSupport: organisation.kind === 'support' }, asked)
  if (role.role === member.role && role.customRoleId === member.customRoleId) return
  authorizeChange(tx.actor, member)
  authorizeGive(tx.actor, role)
  if (member.role === 'owner') await refuseLastOwner(tx, member)
  await setMemberRole(tx, id, role)
  recordAudit(tx, {
    action: 'role.granted',
    targets: [{ type: 'member', id, name }],
    changes: [{ field: 'role', old: member.role, new: role.name }],
  })
  tx.emit('member.role_changed', { organisationId, memberId: id })
}

async function changeExpiry(tx: TxCtx, member: MemberRow, asked: string | null): Promise<void> {
  const expiresAt = asked === null ? null : new Date(asked)
  if (expiresAt?.getTime() === member.expiresAt?.getTime()) return
  authorizeChange(tx.actor, member)
  if (expiresAt !== null && expiresAt <= tx.clock.now()) throw new AppError('input.invalid', { field: 'expiresAt' })
  if (expiresAt !== null) await refuseLastOwner(tx, member)
  await setMemberExpiry(tx, member.id, expiresAt)
  recordAudit(tx, {
    action: 'user.updated',
    targets: [{ type: 'member', id: member.id, name: member.name }],
    changes: [{ field: 'expires_at', old: member.expiresAt?.toISOString() ?? null, new: asked }],
  })
}

async function changeSeat(tx: TxCtx, member: MemberRow, seatTypeId: string | null): Promise<void> {
  if ((member.seatTypeId ?? null) === seatTypeId) return
  if (member.deactivatedAt !== undefined) throw new AppError('member.not_found')
  // The old one first, so that changing the type of the last free seat is possible.
  await releaseSeat(tx, member)
  if (seatTypeId !== null) await takeSeat(tx, { member, seatTypeId })
}

/** Ends somebody's access until it is given back. Nobody does it to themselves. */
export async function deactivateMember(ctx: Ctx, id: MemberId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeMember(actor)
    const member = await lockMember(tx, actor, id)
    if (member.id === actor.id) throw new AppError('member.oneself')
    authorizeChange(actor, member)
    refuseProvisioned(actor, member)
    await stopMember(tx, member, 'console')
  })
}

export async function reactivateMember(ctx: Ctx, id: MemberId): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeMember(actor)
    const member = await lockMember(tx, actor, id)
    authorizeChange(actor, member)
    refuseProvisioned(actor, member)
    // A guest whose time is over would be stopped again at once.
    if (member.expiresAt && member.expiresAt <= tx.clock.now()) await setMemberExpiry(tx, member.id, null)
    await startMember(tx, member)
  })
}
