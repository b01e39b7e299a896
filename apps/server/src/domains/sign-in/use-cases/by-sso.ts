import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { findMember, findPolicies, isAddressAllowed, type MemberRow } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteSessionsWithout } from '../repository.ts'
import { type OpenedSession, openSession } from './open-session.ts'

/** Lets in whoever their identity provider vouches for; it asks for the second factor, too. */
export async function enterBySso(tx: TxCtx, member: MemberRow): Promise<OpenedSession> {
  authorizeSessions(tx.actor)
  const policies = await findPolicies(tx, member.organisationId)
  if (!isAddressAllowed(policies.ip_allow_list, tx.origin.address)) throw new AppError('session.address_not_allowed')
  recordOwn(tx, member, { action: 'auth.succeeded', metadata: { methods: ['sso'] } })
  return openSession(tx, member, { methods: ['sso'] })
}

/** Ends what was opened in an organisation without SSO, but for those who break the glass. */
export async function endSessionsWithoutSso(
  tx: TxCtx,
  which: { organisationId: OrganisationId; except: readonly MemberId[] },
): Promise<number> {
  authorizeSessions(tx.actor)
  const ended = await deleteSessionsWithout(tx, { method: 'sso', ...which })
  for (const { id, memberId } of ended) {
    const member = await findMember(tx, memberId)
    if (member)
      recordOwn(tx, member, { action: 'session.revoked', targets: [{ type: 'session', id }], reason: 'sso_required' })
  }
  return ended.length
}
