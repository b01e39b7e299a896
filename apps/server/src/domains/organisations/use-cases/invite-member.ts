import type { Invitation, InviteMember } from '@clew/contract/sessions'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type InviteSettings, issueInvitations, lettersGo } from '../invitation-letters.ts'
import { authorizeGive } from '../policy.members.ts'
import { authorizeInvite } from '../policy.ts'
import { readRole } from '../read-roles.ts'
import { lockMembership } from '../repository.membership.ts'
import { findOrganisation } from '../repository.organisations.ts'
import { findMemberByEmail } from '../repository.ts'

/** Invites a person into the team. The link is in the mail and in the answer; only its hash is kept. */
export async function inviteMember(
  ctx: Ctx,
  input: z.output<typeof InviteMember>,
  settings: InviteSettings,
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeInvite(actor)
    const { organisationId } = actor
    await lockMembership(tx, organisationId)
    const role = await readRole(tx, { organisationId, isSupport: true }, { role: input.role })
    authorizeGive(actor, role)
    const organisation = await findOrganisation(tx, organisationId)
    if (!organisation || (await findMemberByEmail(tx, organisationId, input.email)))
      throw new AppError('invitation.address_taken')
    const [issued] = await issueInvitations(
      tx,
      { sender: { organisation, by: actor }, invitations: [{ ...plain, ...input, role: role.role }] },
      settings,
    )
    if (!issued?.link) throw new Error('an invitation without a link')
    return {
      email: issued.email,
      expiresAt: issued.expiresAt.toISOString(),
      mail: lettersGo(settings),
      link: issued.link,
    }
  })
}

const plain = {
  name: undefined,
  customRoleId: undefined,
  seatTypeId: undefined,
  groupIds: [] as string[],
  memberExpiresAt: undefined,
  source: 'invited' as const,
  waitsFor: undefined,
}
