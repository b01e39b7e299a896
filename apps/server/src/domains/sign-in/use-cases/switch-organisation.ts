import type { OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordOwn } from '../audit-of.ts'
import type { SessionRow } from '../model.ts'
import type { SignInParts } from '../parts.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteSessions, lockSession } from '../repository.ts'
import { activeMembers } from './choose-organisation.ts'
import { type Entry, enterAs } from './enter.ts'

/**
 * Changes a session for one of another organisation. Only for a membership that was proved together with this one: that
 * two have the same address proves nothing, since an organisation can give its people any.
 */
export async function switchOrganisation(
  ctx: Ctx,
  { session, organisationId }: { session: SessionRow; organisationId: OrganisationId },
  parts: SignInParts,
): Promise<Entry> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const stored = await lockSession(tx, session.id)
    if (!stored) throw new AppError('session.expired')
    const members = await activeMembers(tx, stored.peers)
    const chosen = members.find((each) => each.organisationId === organisationId)
    if (!chosen) throw new AppError('organisation.not_found')
    const others = members.filter((each) => each !== chosen).map(({ id }) => id)
    // What a factor of the other membership has shown says nothing of this one.
    const methods = stored.methods.filter((method) => method === 'password' || method === 'link')
    if (methods.length === 0) throw new AppError('organisation.not_found')
    await deleteSessions(tx, { memberId: stored.memberId, only: stored.id })
    recordOwn(tx, session.member, {
      action: 'session.revoked',
      targets: [{ type: 'session', id: stored.id }],
      reason: 'organisation_switched',
    })
    return enterAs(tx, chosen, { parts, methods, peers: [stored.memberId, ...others] })
  })
}
