import type { Locale } from '@clew/contract/primitives'
import type { SignInMethod } from '@clew/contract/sign-in'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type AttemptStep = 'passkey' | 'organisation' | 'second_factor' | 'link' | 'reset'

export type AttemptRow = {
  id: string
  step: AttemptStep
  email: string | undefined
  locale: Locale
  memberIds: readonly string[]
  methods: readonly SignInMethod[]
  challenge: string | undefined
  failures: number
}

export type NewAttempt = {
  id: string
  tokenHash?: Buffer
  step: AttemptStep
  email?: string
  locale?: Locale
  memberIds?: readonly string[]
  methods?: readonly SignInMethod[]
  challenge?: string
  expiresAt: Date
}

export async function insertAttempt(tx: TxCtx, attempt: NewAttempt): Promise<void> {
  await sqlOf(tx)
    .insertInto('sign_in_attempts')
    .values({
      id: attempt.id,
      token_hash: attempt.tokenHash ?? null,
      step: attempt.step,
      email: attempt.email ?? null,
      locale: attempt.locale ?? 'en',
      member_ids: [...(attempt.memberIds ?? [])],
      methods: [...(attempt.methods ?? [])],
      challenge: attempt.challenge ?? null,
      created_at: tx.clock.now(),
      expires_at: attempt.expiresAt,
    })
    .execute()
}

const selected = (tx: TxCtx) =>
  sqlOf(tx).selectFrom('sign_in_attempts').selectAll().where('expires_at', '>', tx.clock.now()).forUpdate()

type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const attemptOf = (row: Selected): AttemptRow => ({
  id: row.id,
  step: row.step as AttemptStep,
  email: row.email ?? undefined,
  locale: row.locale as Locale,
  memberIds: row.member_ids,
  methods: row.methods as SignInMethod[],
  challenge: row.challenge ?? undefined,
  failures: row.failures,
})

/** The way in that a browser is on, held until the transaction ends. */
export async function lockAttempt(tx: TxCtx, tokenHash: Buffer, step: AttemptStep): Promise<AttemptRow | undefined> {
  const row = await selected(tx).where('token_hash', '=', tokenHash).where('step', '=', step).executeTakeFirst()
  return row && attemptOf(row)
}

export async function lockAttemptById(tx: TxCtx, id: string): Promise<AttemptRow | undefined> {
  const row = await selected(tx).where('id', '=', id).executeTakeFirst()
  return row && attemptOf(row)
}

/** What a mailed link leads to. With a browser's token it must be that browser's. */
export async function lockLinked(
  tx: TxCtx,
  { linkHash, step, tokenHash }: { linkHash: Buffer; step: AttemptStep; tokenHash?: Buffer },
): Promise<AttemptRow | undefined> {
  let query = selected(tx).where('link_hash', '=', linkHash).where('step', '=', step)
  if (tokenHash !== undefined) query = query.where('token_hash', '=', tokenHash)
  const row = await query.executeTakeFirst()
  return row && attemptOf(row)
}

export async function setLink(tx: TxCtx, id: string, linkHash: Buffer): Promise<void> {
  await sqlOf(tx).updateTable('sign_in_attempts').set({ link_hash: linkHash }).where('id', '=', id).execute()
}

export async function setAttemptChallenge(tx: TxCtx, id: string, challenge: string | null): Promise<void> {
  await sqlOf(tx).updateTable('sign_in_attempts').set({ challenge }).where('id', '=', id).execute()
}

export async function countAttemptFailure(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('sign_in_attempts')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function deleteAttempt(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('sign_in_attempts').where('id', '=', id).execute()
}

/** Links that were mailed to an address and not used yet. */
export async function deleteLinksTo(tx: TxCtx, email: string): Promise<void> {
  await sqlOf(tx)
    .deleteFrom('sign_in_attempts')
    .where('email', '=', email)
    .where('step', 'in', ['link', 'reset'])
    .execute()
}

/** One after the other, so that many guesses at once are counted one by one. */
export async function lockAccount(tx: TxCtx, account: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`sign-in ${account}`}, 0))`.execute(sqlOf(tx))
}

export async function listFailures(tx: TxCtx, account: string, since: Date): Promise<Date[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sign_in_failures')
    .select('at')
    .where('account', '=', account)
    .where('at', '>', since)
    .where('cleared_at', 'is', null)
    .execute()
  return rows.map(({ at }) => at)
}

export type Failure = { id: string; account: string; email?: string; reason: string }

export async function insertFailure(tx: TxCtx, failure: Failure): Promise<void> {
  await sqlOf(tx)
    .insertInto('sign_in_failures')
    .values({
      id: failure.id,
      account: failure.account,
      at: tx.clock.now(),
      email: failure.email ?? null,
      address: tx.origin.address ?? null,
      user_agent: tx.origin.userAgent ?? null,
      reason: failure.reason,
    })
    .execute()
}

export async function findFailure(tx: TxCtx, id: string) {
  const row = await sqlOf(tx).selectFrom('sign_in_failures').selectAll().where('id', '=', id).executeTakeFirst()
  return (
    row && {
      at: row.at,
      email: row.email ?? undefined,
      reason: row.reason ?? undefined,
      address: row.address ?? undefined,
      userAgent: row.user_agent ?? undefined,
    }
  )
}

export async function clearFailures(tx: TxCtx, account: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('sign_in_failures')
    .set({ cleared_at: tx.clock.now() })
    .where('account', '=', account)
    .where('cleared_at', 'is', null)
    .execute()
}

export async function isKnownDevice(tx: TxCtx, tokenHash: Buffer, account: string): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('known_devices')
    .select('account')
    .where('token_hash', '=', tokenHash)
    .where('account', '=', account)
    .executeTakeFirst()
  return row !== undefined
}

export async function noteDevice(tx: TxCtx, tokenHash: Buffer, account: string): Promise<void> {
  const seenAt = tx.clock.now()
  await sqlOf(tx)
    .insertInto('known_devices')
    .values({ token_hash: tokenHash, account, seen_at: seenAt })
    .onConflict((conflict) => conflict.columns(['token_hash', 'account']).doUpdateSet({ seen_at: seenAt }))
    .execute()
}

const deviceMs = 400 * 86_400_000

/** Sessions, attempts and failures that are over. */
export async function deleteOld(tx: TxCtx, before: Date): Promise<void> {
  await sqlOf(tx).deleteFrom('sign_in_failures').where('at', '<', before).execute()
  await sqlOf(tx).deleteFrom('sign_in_attempts').where('expires_at', '<', before).execute()
  await sqlOf(tx)
    .deleteFrom('known_devices')
    .where('seen_at', '<', new Date(before.getTime() - deviceMs))
    .execute()
}
