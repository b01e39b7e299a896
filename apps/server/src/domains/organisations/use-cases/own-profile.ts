import type { ChangeOwnProfile, OwnProfile } from '@clew/contract/members'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { changeProfile } from '../members.ts'
import type { MemberRow } from '../model.ts'
import { authorizeOwn } from '../policy.members.ts'
import { hasOtherOwner } from '../repository.membership.ts'
import { findCustomRole } from '../repository.roles.ts'
import { findMember } from '../repository.ts'

export async function readOwnProfile(ctx: Ctx): Promise<OwnProfile> {
  return ctx.transaction(async (tx) => profileView(tx, await own(tx)))
}

/** Everyone looks after their own name, title, language and time zone; a directory's people have their name there. */
export async function changeOwnProfile(ctx: Ctx, input: ChangeOwnProfile): Promise<OwnProfile> {
  return ctx.transaction(async (tx) => {
    const member = await own(tx)
    if (isProvisioned(member) && input.name !== undefined && input.name !== member.name)
      throw new AppError('member.provisioned', { name: member.name })
    await changeProfile(tx, member, {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.title === undefined ? {} : { title: input.title || undefined }),
      ...(input.locale === undefined ? {} : { locale: input.locale }),
      ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone ?? undefined }),
    })
    return profileView(tx, await own(tx))
  })
}

async function own(tx: TxCtx): Promise<MemberRow> {
  const { actor } = tx
  authorizeOwn(actor)
  const member = await findMember(tx, actor.id)
  if (!member) throw new AppError('member.not_found')
  return member
}

const isProvisioned = ({ source }: MemberRow): boolean => source === 'scim'

async function profileView(tx: TxCtx, member: MemberRow): Promise<OwnProfile> {
  const { id, name, email, role, organisationId } = member
  const custom = member.customRoleId && (await findCustomRole(tx, organisationId, member.customRoleId))
  return {
    id,
    name,
    email,
    role,
    roleName: custom ? custom.name : null,
    title: member.title ?? null,
    locale: member.locale,
    timeZone: member.timeZone ?? null,
    isLastOwner: role === 'owner' && !(await hasOtherOwner(tx, organisationId, id)),
    isProvisioned: isProvisioned(member),
  }
}
