import type { NewRecoveryCodes, SignInMethod } from '@clew/contract/sign-in'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { hashToken, newToken } from '../../platform/ids.ts'
import { findPolicies, type MemberRow } from '../organisations/index.ts'
import { recordOwn } from './audit-of.ts'
import { factorsOf } from './factors.ts'
import { absoluteMs } from './model.policies.ts'
import { type SessionRow, standingOf } from './model.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { replaceRecoveryCodes } from './repository.factors.ts'
import { openFully, replaceToken, type StoredSession, setProved } from './repository.ts'
import { demandOn } from './use-cases/own-sign-in.ts'

/** The session after a factor was added: with a new token, and good for everything. */
export type StepUp = { token: string; expiresAt: Date }

/** Whoever gets a first factor gets what helps when it is lost. To be called before the factor is kept. */
export async function codesForFirstFactor(tx: TxCtx, member: MemberRow): Promise<NewRecoveryCodes> {
  return (await factorsOf(tx, member.id)).length > 0 ? {} : makeCodes(tx, member)
}

export async function makeCodes(tx: TxCtx, member: MemberRow): Promise<NewRecoveryCodes> {
  const recoveryCodes = newRecoveryCodes()
  await replaceRecoveryCodes(tx, member.id, recoveryCodes.map(hashRecoveryCode))
  recordOwn(tx, member, { action: 'mfa.recovery_codes_created', metadata: { count: recoveryCodes.length } })
  return { recoveryCodes }
}

type Step = { session: SessionRow; stored: StoredSession; token: string; method: SignInMethod }

/** A factor that was added has been shown. ASVS 5.0 §7.2.4: the session gets a new token. */
export async function stepUp(tx: TxCtx, { session, stored, token, method }: Step): Promise<StepUp> {
  const { member } = session
  const next = newToken()
  const policies = await findPolicies(tx, member.organisationId)
  const full = new Date(stored.createdAt.getTime() + absoluteMs(policies))
  await setProved(tx, stored.id, [...new Set([...stored.methods, method])])
  if (session.isLimited) await openFully(tx, stored.id, full)
  const isReplaced = await replaceToken(tx, {
    from: hashToken(token),
    to: hashToken(next),
    standing: standingOf(member),
  })
  if (!isReplaced) throw new AppError('session.expired')
  return { token: next, expiresAt: session.isLimited ? full : session.expiresAt }
}

export async function refuseLastFactor(tx: TxCtx, member: MemberRow): Promise<void> {
  if ((await demandOn(tx, member)).dueAt !== undefined) throw new AppError('factor.required')
}

/** Recovery codes stand in for a factor; where there is none any more they are worth nothing. */
export async function forgetCodesOfNothing(tx: TxCtx, member: MemberRow): Promise<void> {
  if ((await factorsOf(tx, member.id)).length === 0) await replaceRecoveryCodes(tx, member.id, [])
}
