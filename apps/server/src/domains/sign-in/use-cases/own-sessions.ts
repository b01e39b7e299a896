import type { OwnSessionList } from '@clew/contract/sign-in'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { findPolicies, type MemberRow } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import { hasEnded } from '../model.policies.ts'
import type { SessionRow } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import { deleteSessions, listSessions } from '../repository.ts'
import { ownSessionView } from '../views.ts'
import { sessionOf } from './read-session.ts'

/** Where somebody is signed in. */
export async function listOwnSessions(ctx: Ctx, { id, member }: SessionRow): Promise<OwnSessionList> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const policies = await findPolicies(tx, member.organisationId)
    const sessions = (await listSessions(tx, member.id)).filter((each) => !hasEnded(policies, each, tx.clock.now()))
    return {
      sessions: sessions.map((session) => {
        const { expiresAt } = sessionOf({ session, member, policies, replacedBy: undefined })
        return ownSessionView(session, expiresAt, id)
      }),
    }
  })
}

export async function endOwnSession(ctx: Ctx, { member }: SessionRow, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    if ((await endSessions(tx, member, { only: id, reason: 'ended_by_owner' })) === 0)
      throw new AppError('session.not_found')
  })
}

export async function endOtherSessions(ctx: Ctx, { id, member }: SessionRow): Promise<number> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    return endSessions(tx, member, { except: id, reason: 'ended_by_owner' })
  })
}

type Which = { only?: string; except?: string; reason: string }

/** Ends sessions of somebody, for a reason. Their streams end within seconds. */
export async function endSessions(
  tx: TxCtx,
  member: Pick<MemberRow, 'id' | 'name' | 'organisationId'>,
  { reason, ...which }: Which,
): Promise<number> {
  const ended = await deleteSessions(tx, { memberId: member.id, ...which })
  for (const id of ended)
    recordOwn(tx, member, { action: 'session.revoked', targets: [{ type: 'session', id }], reason })
  return ended.length
}
