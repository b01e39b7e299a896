import type { SignInMethod } from '@clew/contract/sign-in'
import type { TxCtx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { findJoinedAt, findPolicies, type MemberRow, noteMemberSeen } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import { absoluteMs, isTwofold, type PoliciesNow, secondFactorDueAt } from '../model.policies.ts'
import { setUpMinutes, standingOf } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import { insertSession } from '../repository.ts'

export type OpenedSession = {
  id: string
  token: string
  member: MemberRow
  expiresAt: Date
  isLimited: boolean
  peers: readonly string[]
}

export type How = { methods: readonly SignInMethod[]; peers?: readonly string[] }

/**
 * A new session for a member whose right to it was just proved. Always a new token: none from before is taken over.
 * Where a second factor is due that has not been shown, the session is good for setting one up.
 */
export async function openSession(
  tx: TxCtx,
  member: MemberRow,
  { methods, peers = [] }: How = { methods: ['password'] },
): Promise<OpenedSession> {
  authorizeSessions(tx.actor)
  const policies = await findPolicies(tx, member.organisationId)
  const now = tx.clock.now()
  const isLimited = !isTwofold(methods) && (await isSecondFactorDue(tx, member, policies))
  const lastsMs = isLimited ? setUpMinutes * 60_000 : absoluteMs(policies)
  const [id, token, expiresAt] = [tx.ids.next(), newToken(), new Date(now.getTime() + lastsMs)]
  await insertSession(tx, {
    id,
    tokenHash: hashToken(token),
    memberId: member.id,
    organisationId: member.organisationId,
    expiresAt,
    state: isLimited ? 'set_up' : 'open',
    standing: standingOf(member),
    methods,
    peers,
  })
  await noteMemberSeen(tx, member.id)
  recordOwn(tx, member, {
    action: 'session.created',
    targets: [{ type: 'session', id }],
    metadata: { methods: [...methods], ...(isLimited ? { only_for_second_factor: true } : {}) },
  })
  return { id, token, member, expiresAt, isLimited, peers }
}

export async function isSecondFactorDue(tx: TxCtx, member: MemberRow, policies: PoliciesNow): Promise<boolean> {
  if (policies.mfa.mode !== 'required') return false
  const dueAt = secondFactorDueAt(policies, (await findJoinedAt(tx, member.id)) ?? tx.clock.now())
  return dueAt !== undefined && dueAt <= tx.clock.now()
}
