import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { findMember, findPolicies, isActive, isAddressAllowed, isAgent } from '../../organisations/index.ts'
import { hasEnded } from '../model.policies.ts'
import { authorizeSessions } from '../policy.ts'
import { listApiKeysById } from '../repository.api-keys.ts'
import { listSessionsById, type StoredSession } from '../repository.ts'
import { reachOf } from '../session-reach.ts'
import { holderOf } from './read-api-key.ts'

/** Which of these sessions and keys, by whose right streams are open, have ended. */
export async function listEnded(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const sessions = await listSessionsById(tx, ids)
    const keys = await listApiKeysById(tx, ids)
    const going = new Set<string>()
    for (const session of sessions) if (await goesOn(tx, session)) going.add(session.id)
    for (const key of keys) if (await holderOf(tx, key)) going.add(key.id)
    return ids.filter((id) => !going.has(id))
  })
}

async function goesOn(tx: TxCtx, session: StoredSession): Promise<boolean> {
  const member = await findMember(tx, session.memberId)
  const now = tx.clock.now()
  // Only those who answer people follow anything; who no longer does follows no more.
  if (!member || !isAgent(member) || !isActive(member, now)) return false
  const policies = await findPolicies(tx, member.organisationId)
  // Whoever follows is there, whether or not something is asked.
  if (hasEnded(policies, { createdAt: session.createdAt, seenAt: now }, now)) return false
  if (!isAddressAllowed(policies.ip_allow_list, session.address)) return false
  return (await reachOf(tx, { session, member, policies })) === 'open'
}
