import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { HeldStream } from '../../../platform/realtime.ts'
import { findMember, findPolicies, isActive, isAddressAllowed, isAgent } from '../../organisations/index.ts'
import { hasEnded } from '../model.policies.ts'
import { authorizeSessions } from '../policy.ts'
import { type ApiKeyRow, listApiKeysById } from '../repository.api-keys.ts'
import { listSessionsById, type StoredSession } from '../repository.ts'
import { reachOf } from '../session-reach.ts'
import { agentOfKey, holderOf } from './read-api-key.ts'

/** Which of these streams of the team are open by a session or a key that opens none any more. */
export async function listEnded(ctx: Ctx, held: readonly HeldStream[]): Promise<HeldStream[]> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const ids = [...new Set(held.map(({ sessionId }) => sessionId))]
    const reach = new Map<string, Reach>()
    for (const session of await listSessionsById(tx, ids)) reach.set(session.id, await reachOfSession(tx, session))
    for (const key of await listApiKeysById(tx, ids)) reach.set(key.id, await reachOfKey(tx, key))
    return held.filter(({ sessionId, address }) => reach.get(sessionId)?.(address) !== true)
  })
}

/** Whether it still opens a stream from an address. */
type Reach = (address: string | undefined) => boolean

const nowhere: Reach = () => false

async function reachOfSession(tx: TxCtx, session: StoredSession): Promise<Reach> {
  const member = await findMember(tx, session.memberId)
  const now = tx.clock.now()
  // Only those who answer people follow anything; who no longer does follows no more.
  if (!member || !isAgent(member) || !isActive(member, now)) return nowhere
  const policies = await findPolicies(tx, member.organisationId)
  // Whoever follows is there, whether or not something is asked.
  if (hasEnded(policies, { createdAt: session.createdAt, seenAt: now }, now)) return nowhere
  if ((await reachOf(tx, { session, member, policies })) !== 'open') return nowhere
  return (address) => isAddressAllowed(policies.ip_allow_list, address)
}

async function reachOfKey(tx: TxCtx, key: ApiKeyRow): Promise<Reach> {
  const member = await holderOf(tx, key)
  if (!member || !agentOfKey({ id: key.id, member })) return nowhere
  const { ip_allow_list: list } = await findPolicies(tx, key.organisationId)
  return (address) => isAddressAllowed(list, address)
}
