import type { MemberRole } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { MemberRow } from '../model.ts'
import { authorizeAddMember } from '../policy.ts'
import { findMember, findMemberByEmail, insertMember, type MemberDraft } from '../repository.ts'

export type NewMember = Omit<MemberDraft, 'id' | 'role'> & { role: MemberRole; organisationId: OrganisationId }

/** Adds a person to an organisation, as part of setting up or of accepting an invitation. */
export async function addMember(tx: TxCtx, input: NewMember): Promise<MemberRow> {
  authorizeAddMember(tx.actor)
  if (await findMemberByEmail(tx, input.organisationId, input.email)) throw new AppError('invitation.address_taken')
  const id = tx.ids.next() as MemberId
  await insertMember(tx, { ...input, id })
  const member = await findMember(tx, id)
  if (!member) throw new AppError('member.not_found')
  return member
}
