import { AppError } from '../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../platform/ctx.ts'
import { accountRule, addressRule, networkOf, type RestRule, restSeconds } from './model.ts'
import { insertFailure, listFailures, lockAccount } from './repository.attempts.ts'

const windowMs = 3_600_000

/** Refuses while this one rests after too many failures. */
export async function refuseWhileResting(tx: TxCtx, account: string, rule: RestRule = accountRule): Promise<void> {
  const now = tx.clock.now()
  const rest = restSeconds(await listFailures(tx, account, new Date(now.getTime() - windowMs)), now, rule)
  if (rest > 0) throw new AppError('session.too_many_attempts', { retryAfterSeconds: rest })
}

/**
 * Counts an attempt as failed before it is known how it ends, so that a thousand at once are a thousand. Answers with
 * what is cleared when it ends well.
 */
export async function countAttempt(
  tx: TxCtx,
  account: string,
  about: { email?: string; reason: string },
): Promise<string> {
  await lockAccount(tx, account)
  await refuseWhileResting(tx, account)
  const id = tx.ids.next()
  await insertFailure(tx, { id, account, ...about })
  return id
}

const addressKey = ({ origin }: Ctx): string | undefined =>
  origin.address === undefined ? undefined : `address:${networkOf(origin.address)}`

/** One guess on each of many accounts comes from somewhere too. */
export async function refuseRestingAddress(tx: TxCtx): Promise<void> {
  const key = addressKey(tx)
  if (key !== undefined) await refuseWhileResting(tx, key, addressRule)
}

export async function countAgainstAddress(tx: TxCtx, reason: string): Promise<void> {
  const key = addressKey(tx)
  if (key !== undefined) await insertFailure(tx, { id: tx.ids.next(), account: key, reason })
}
