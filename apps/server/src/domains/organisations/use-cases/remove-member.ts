import type { RemovalPreview, RemoveMember } from '@clew/contract/members'
import type { MemberId } from '@clew/contract/primitives'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { type KnowledgeParts, lookUpHoldings } from '../knowledge.ts'
import { takeOutMember } from '../members.ts'
import { isActive, isAgent, type MemberRow } from '../model.ts'
import { authorizeChange, authorizeManageMembers, authorizeOwn, refuseProvisioned } from '../policy.members.ts'
import { listGroupsOf } from '../repository.groups.ts'
import { findMemberOf, listAliases, lockMembership } from '../repository.membership.ts'
import { listSeatUse } from '../repository.seats.ts'
import { listAgents } from '../repository.ts'

/** What happens to somebody's things if they are removed now. */
export async function previewRemoval(ctx: Ctx, id: MemberId, parts: KnowledgeParts): Promise<RemovalPreview> {
  const { actor } = ctx
  authorizeManageMembers(actor)
  const found = await ctx.transaction(async (tx) => {
    const member = await findRemovable(tx, actor, id)
    return {
      member,
      groups: (await listGroupsOf(tx, [id])).get(id) ?? [],
      aliases: await listAliases(tx, id),
      seat: (await listSeatUse(tx, actor.organisationId)).find((type) => type.id === member.seatTypeId),
      successors: (await successors(tx, actor)).filter((other) => other.id !== id),
    }
  })
  return {
    ...(await lookUpHoldings(ctx, id, parts)),
    member: { id, name: found.member.name },
    groups: found.groups.map(({ name }) => name),
    aliases: found.aliases,
    seat: found.seat?.name ?? null,
    successors: found.successors.map((each) => ({ id: each.id, name: each.name })),
  }
}

/** Only those who answer people can take conversations over. */
async function successors(tx: TxCtx, actor: MemberActor): Promise<MemberRow[]> {
  if (!actor.isSupport) return []
  return (await listAgents(tx)).filter((each) => isActive(each, tx.clock.now()))
}

async function findRemovable(tx: TxCtx, actor: MemberActor, id: MemberId): Promise<MemberRow> {
  const member = await findMemberOf(tx, actor.organisationId, id)
  if (!member) throw new AppError('member.not_found')
  if (member.id === actor.id) throw new AppError('member.oneself')
  authorizeChange(actor, member)
  refuseProvisioned(actor, member)
  return member
}

export async function removeMember(ctx: Ctx, id: MemberId, { successorId }: RemoveMember): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageMembers(actor)
    await lockMembership(tx, actor.organisationId)
    const member = await findRemovable(tx, actor, id)
    if (successorId !== undefined) await refuseUnfit(tx, { member, successorId })
    await takeOutMember(tx, member, { action: 'user.removed', successorId })
  })
}

async function refuseUnfit(
  tx: TxCtx,
  { member, successorId }: { member: MemberRow; successorId: MemberId },
): Promise<void> {
  const successor = await findMemberOf(tx, member.organisationId, successorId)
  const isFit = successor && successor.id !== member.id && isAgent(successor) && isActive(successor, tx.clock.now())
  if (!isFit) throw new AppError('member.successor_invalid')
}

/** Leaves the organisation by oneself. */
export async function leaveOrganisation(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeOwn(actor)
    await lockMembership(tx, actor.organisationId)
    const member = await findMemberOf(tx, actor.organisationId, actor.id)
    if (!member) throw new AppError('member.not_found')
    refuseProvisioned(actor, member)
    await takeOutMember(tx, member, { action: 'user.left' })
  })
}
