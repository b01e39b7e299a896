import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { findMember } from '../../organisations/index.ts'
import { authorizeSessions } from '../policy.ts'
import { endSessions } from './own-sessions.ts'

/** Whoever is stopped, or has left, does not come back to open sessions when they are let in again. */
export async function endSessionsOf(
  tx: TxCtx,
  { memberId, organisationId }: { memberId: MemberId; organisationId: OrganisationId },
): Promise<void> {
  authorizeSessions(tx.actor)
  const name = (await findMember(tx, memberId))?.name ?? ''
  await endSessions(tx, { id: memberId, name, organisationId }, { reason: 'access_ended' })
}
