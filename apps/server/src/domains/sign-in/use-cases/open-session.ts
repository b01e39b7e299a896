import type { TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import type { MemberRow } from '../../organisations/index.ts'
import { sessionDays } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import { insertSession } from '../repository.ts'

export type OpenedSession = { token: string; member: MemberRow; expiresAt: Date }

/** A new session for a member whose right to it was just proved. Always a new token: none from before is taken over. */
export async function openSession(tx: TxCtx, member: MemberRow): Promise<OpenedSession> {
  authorizeSessions(tx.actor)
  const token = newToken()
  const expiresAt = new Date(tx.clock.now().getTime() + sessionDays * 86_400_000)
  await insertSession(tx, { tokenHash: hashToken(token), memberId: member.id, expiresAt })
  return { token, member, expiresAt }
}
