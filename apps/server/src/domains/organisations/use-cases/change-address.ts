import type { MemberId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { changeProfile } from '../members.ts'
import { aliasDays, type MemberRow, normalEmail } from '../model.ts'
import { authorizeChange, authorizeManageMembers, refuseProvisioned } from '../policy.members.ts'
import { findMemberByAlias, findMemberOf, lockMembership, putAlias } from '../repository.membership.ts'
import { findMemberByEmail } from '../repository.ts'

type Addressing = { memberId: MemberId; email: string }

const aliasEnd = (tx: TxCtx): Date => new Date(tx.clock.now().getTime() + aliasDays * 86_400_000)

/** Another address that finds the same person for a while. */
export async function addAlias(ctx: Ctx, { memberId, email }: Addressing): Promise<void> {
  await ctx.transaction(async (tx) => {
    const member = await lockChangeable(tx, memberId)
    await refuseOthers(tx, member, email)
    await giveAlias(tx, member, email)
  })
}

/** Gives somebody their new address; the old one finds them for a while. */
export async function moveAddress(ctx: Ctx, { memberId, email }: Addressing): Promise<void> {
  await ctx.transaction(async (tx) => {
    const member = await lockChangeable(tx, memberId)
    refuseProvisioned(tx.actor, member)
    if (normalEmail(email) === member.email) return
    await changeProfile(tx, member, { email: normalEmail(email) })
    await giveAlias(tx, member, member.email)
  })
}

async function lockChangeable(tx: TxCtx, id: MemberId): Promise<MemberRow> {
  const { actor } = tx
  authorizeManageMembers(actor)
  await lockMembership(tx, actor.organisationId)
  const member = await findMemberOf(tx, actor.organisationId, id)
  if (!member) throw new AppError('member.not_found')
  authorizeChange(actor, member)
  return member
}

async function refuseOthers(tx: TxCtx, { id, organisationId }: MemberRow, email: string): Promise<void> {
  const holder =
    (await findMemberByEmail(tx, organisationId, email)) ?? (await findMemberByAlias(tx, organisationId, email))
  if (holder && holder.id !== id) throw new AppError('invitation.address_taken')
}

async function giveAlias(tx: TxCtx, { id, name, organisationId }: MemberRow, email: string): Promise<void> {
  await putAlias(tx, { organisationId, memberId: id, email, expiresAt: aliasEnd(tx) })
  recordAudit(tx, {
    action: 'user.alias_added',
    organisationId,
    targets: [{ type: 'member', id, name }],
    personal: { email: normalEmail(email) },
  })
}
