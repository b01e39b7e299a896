import type { OwnSignIn } from '@clew/contract/sign-in'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { findJoinedAt, findPolicies, type MemberRow } from '../../organisations/index.ts'
import { secondFactorDueAt } from '../model.policies.ts'
import type { SessionRow } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import { countRecoveryCodes, findApp, listPasskeys } from '../repository.factors.ts'
import { findPassword } from '../repository.ts'
import { passkeyView } from '../views.ts'

/** How somebody gets in, for themselves. */
export async function readOwnSignIn(ctx: Ctx, { member }: SessionRow): Promise<OwnSignIn> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const [password, keys, app] = [
      await findPassword(tx, member.id),
      await listPasskeys(tx, member.id),
      await findApp(tx, member.id, 'active'),
    ]
    const { policies, dueAt } = await demandOn(tx, member)
    return {
      email: member.email,
      ...(password ? { password: { changedAt: password.changedAt.toISOString() } } : {}),
      passkeys: keys.map(passkeyView),
      ...(app ? { app: { since: app.createdAt.toISOString() } } : {}),
      recoveryCodesLeft: await countRecoveryCodes(tx, member.id),
      isSecondFactorRequired: dueAt !== undefined,
      ...(dueAt === undefined ? {} : { secondFactorDueAt: dueAt.toISOString() }),
      shortestPassword: policies.passwords.minLength,
    }
  })
}

/** What the organisation demands of somebody. */
export async function demandOn(tx: TxCtx, member: Pick<MemberRow, 'id' | 'organisationId'>) {
  const policies = await findPolicies(tx, member.organisationId)
  const joinedAt = policies.mfa.mode === 'required' ? await findJoinedAt(tx, member.id) : undefined
  return { policies, dueAt: secondFactorDueAt(policies, joinedAt ?? tx.clock.now()) }
}
