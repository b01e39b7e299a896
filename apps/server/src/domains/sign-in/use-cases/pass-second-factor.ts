import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import type { MemberRow } from '../../organisations/index.ts'
import { recordOwn } from '../audit-of.ts'
import { type FactorInput, takeFactor, wrongFactor } from '../factors.ts'
import { maxAttemptFailures } from '../model.ts'
import type { SignInParts } from '../parts.ts'
import { askForPasskey } from '../passkeys.ts'
import { authorizeSessions } from '../policy.ts'
import {
  type AttemptRow,
  clearFailures,
  countAttemptFailure,
  deleteAttempt,
  lockAttempt,
  setAttemptChallenge,
} from '../repository.attempts.ts'
import { listPasskeys } from '../repository.factors.ts'
import { countAttempt, notingRefusal } from '../slow-down.ts'
import { activeMembers } from './choose-organisation.ts'
import { type Entry, enterAs } from './enter.ts'

type Underway = { attempt: AttemptRow; member: MemberRow; peers: readonly string[] }

/** Whoever has proved a first thing in this browser a little while ago, and is to show a second. */
async function lockUnderway(tx: TxCtx, token: string | undefined): Promise<Underway> {
  authorizeSessions(tx.actor)
  const attempt = token && (await lockAttempt(tx, hashToken(token), 'second_factor'))
  if (!attempt || attempt.failures >= maxAttemptFailures) throw new AppError('session.attempt_over')
  const [first, ...peers] = attempt.memberIds
  const [member] = await activeMembers(tx, first === undefined ? [] : [first])
  if (!member) throw new AppError('session.attempt_over')
  return { attempt, member, peers }
}

/** What one of the member's passkeys is to sign. */
export async function askForSecondPasskey(ctx: Ctx, token: string | undefined, parts: SignInParts) {
  return ctx.transaction(async (tx) => {
    const { attempt, member } = await lockUnderway(tx, token)
    const { challenge, publicKey } = await askForPasskey(parts, await listPasskeys(tx, member.id))
    await setAttemptChallenge(tx, attempt.id, challenge)
    return { publicKey }
  })
}

/** Shows the second factor, and is in. A wrong one counts, for this attempt and for the member. */
export async function passSecondFactor(
  ctx: Ctx,
  input: { token: string | undefined; factor: FactorInput },
  parts: SignInParts,
): Promise<Entry> {
  const { token, factor } = input
  await notingRefusal(ctx, undefined, () =>
    ctx.transaction(async (tx) => {
      const { attempt, member } = await lockUnderway(tx, token)
      await countAttempt(tx, factorKey(member), { reason: 'second_factor' })
      await countAttemptFailure(tx, attempt.id)
    }),
  )
  const entry = await ctx.transaction(async (tx) => {
    const attempt = token && (await lockAttempt(tx, hashToken(token), 'second_factor'))
    if (!attempt) throw new AppError('session.attempt_over')
    const [first, ...peers] = attempt.memberIds
    const [member] = await activeMembers(tx, first === undefined ? [] : [first])
    if (!member) throw new AppError('session.attempt_over')
    const shown = await takeFactor(tx, member, { parts, input: factor, challenge: attempt.challenge })
    await setAttemptChallenge(tx, attempt.id, null)
    if (shown === undefined) {
      recordOwn(tx, member, {
        action: 'mfa.challenge_failed',
        outcome: 'failure',
        reason: Object.keys(factor)[0] ?? '',
      })
      return undefined
    }
    await clearFailures(tx, factorKey(member))
    await deleteAttempt(tx, attempt.id)
    if (shown === 'recovery_code') recordOwn(tx, member, { action: 'mfa.recovery_code_used' })
    return enterAs(tx, member, { parts, methods: [...attempt.methods, shown], peers })
  })
  if (!entry) throw wrongFactor(factor)
  return entry
}

export const factorKey = ({ id }: Pick<MemberRow, 'id'>): string => `factor:${id}`
