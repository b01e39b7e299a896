import type { AgentId, OrganisationId } from '@clew/contract/primitives'
import type { MemberRole } from '@clew/contract/sessions'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { MemberRow } from '../model.ts'
import { authorizeAddMember } from '../policy.ts'
import { findMemberByEmail, insertMember } from '../repository.ts'

export type NewMember = { organisationId: OrganisationId; name: string; email: string; role: MemberRole }

/** Adds a person to the team, as part of setting up or of accepting an invitation. */
export async function addMember(tx: TxCtx, input: NewMember): Promise<MemberRow> {
  authorizeAddMember(tx.actor)
  if (await findMemberByEmail(tx, input.email)) throw new AppError('invitation.address_taken')
  const member = { ...input, id: tx.ids.next() as AgentId }
  await insertMember(tx, member)
  return member
}
