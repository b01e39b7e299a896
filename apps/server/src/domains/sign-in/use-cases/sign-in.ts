import type { SignIn } from '@clew/contract/sessions'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { isActive, listMembersByEmail, type MemberRow, normalEmail } from '../../organisations/index.ts'
import type { SignInParts } from '../parts.ts'
import { hashPassword, isPassword, isWeak } from '../passwords.ts'
import { authorizeSessions } from '../policy.ts'
import { clearFailures, isKnownDevice } from '../repository.attempts.ts'
import { listPasswords, replacePasswordHash } from '../repository.ts'
import { countAgainstAddress, countAttempt, notingRefusal, refuseRestingAddress } from '../slow-down.ts'
import { type Entry, enter } from './enter.ts'

export type SignInInput = z.output<typeof SignIn> & {
  /** The token that an earlier sign-in left in this browser. */
  device: string | undefined
}

type Candidate = { member: MemberRow; hash: string }

/** Signs somebody in by their password. Says the same for a wrong address and a wrong password. */
export async function signIn(ctx: Ctx, input: SignInInput, parts: SignInParts): Promise<Entry> {
  const email = normalEmail(input.email)
  const { account, attempt, candidates } = await notingRefusal(ctx, email, () =>
    ctx.transaction((tx) => begin(tx, email, input.device)),
  )

  // Outside the transaction: it takes long on purpose. Several memberships are tried side by side.
  const [first, ...others] = candidates
  const isRight = await Promise.all([
    isPassword(first?.hash, input.password),
    ...others.map(({ hash }) => isPassword(hash, input.password)),
  ])
  const proved = candidates.filter((_, i) => isRight[i])
  if (proved.length === 0) {
    await ctx.transaction(async (tx) => {
      authorizeSessions(tx.actor)
      await countAgainstAddress(tx, 'wrong_credentials')
      // Known or not, the same work: the log is written later, by a job.
      await parts.jobs.send(tx, { name: 'sign-in.note_failure', input: { failureId: attempt }, id: attempt })
    })
    throw new AppError('session.wrong_credentials')
  }
  const better = await betterHashes(proved, input.password)
  return ctx.transaction(async (tx) => {
    await clearFailures(tx, account)
    for (const { memberId, from, to } of better) await replacePasswordHash(tx, memberId, { from, to })
    return enter(tx, { members: proved.map(({ member }) => member), methods: ['password'] }, parts)
  })
}

async function begin(tx: TxCtx, email: string, device: string | undefined) {
  authorizeSessions(tx.actor)
  const account = await accountKey(tx, email, device)
  if (account === email) await refuseRestingAddress(tx)
  const attempt = await countAttempt(tx, account, { email, reason: 'wrong_credentials' })
  return { account, attempt, candidates: await candidatesOf(tx, email) }
}

/**
 * Whose failures count. In a browser in which somebody has signed in before they are counted apart, so that whoever
 * guesses elsewhere does not keep the owner out.
 */
async function accountKey(tx: TxCtx, email: string, device: string | undefined): Promise<string> {
  if (device === undefined) return email
  const hash = hashToken(device)
  return (await isKnownDevice(tx, hash, email)) ? `device:${hash.toString('base64url')}:${email}` : email
}

async function candidatesOf(tx: TxCtx, email: string): Promise<Candidate[]> {
  const now = tx.clock.now()
  const members = (await listMembersByEmail(tx, email)).filter((each) => isActive(each, now))
  const passwords = await listPasswords(
    tx,
    members.map(({ id }) => id),
  )
  return members.flatMap((member) => {
    const hash = passwords.get(member.id)?.hash
    return hash === undefined ? [] : [{ member, hash }]
  })
}

/** What was hashed with less than we ask for today is hashed anew while its password is there. */
async function betterHashes(proved: readonly Candidate[], password: string) {
  const weak = proved.filter(({ hash }) => isWeak(hash))
  return Promise.all(
    weak.map(async ({ member, hash }) => ({ memberId: member.id, from: hash, to: await hashPassword(password) })),
  )
}
