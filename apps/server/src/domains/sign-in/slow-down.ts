import { AppError } from '../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../platform/ctx.ts'
import { accountRule, addressRule, networkOf, type RestRule, restSeconds } from './model.ts'
import { insertFailure, listFailures, lockAccount } from './repository.attempts.ts'
import { countRefusal } from './repository.refusals.ts'

const windowMs = 3_600_000

/** Refuses while this one rests after too many failures. */
export async function refuseWhileResting(tx: TxCtx, account: string, rule: RestRule = accountRule): Promise<void> {
  const now = tx.clock.now()
  const rest = restSeconds(await listFailures(tx, account, new Date(now.getTime() - windowMs)), now, rule)
  if (rest > 0) throw new RestingError(account, rest)
}

/** Somebody has to wait. `account` is whose failures, or whose address's, that is for. */
class RestingError extends AppError {
  readonly account: string

  constructor(account: string, retryAfterSeconds: number) {
    super('session.too_many_attempts', { retryAfterSeconds })
    this.account = account
  }
}

/**
 * Counts it when somebody is told to wait, in a transaction of its own: the one that refused is rolled back. Whom it
 * was aimed at, an address that rests does not say.
 */
export async function notingRefusal<T>(ctx: Ctx, aimedAt: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const account = error instanceof RestingError && !isAddress(error.account) ? error.account : aimedAt
    if (error instanceof RestingError && account !== undefined)
      await ctx.transaction((tx) => countRefusal(tx, { account, network: networkOf(tx.origin.address ?? '') }))
    throw error
  }
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

const addressPrefix = 'address:'
const isAddress = (account: string): boolean => account.startsWith(addressPrefix)

const addressKey = ({ origin }: Ctx): string | undefined =>
  origin.address === undefined ? undefined : `${addressPrefix}${networkOf(origin.address)}`

/** One guess on each of many accounts comes from somewhere too. */
export async function refuseRestingAddress(tx: TxCtx): Promise<void> {
  const key = addressKey(tx)
  if (key !== undefined) await refuseWhileResting(tx, key, addressRule)
}

export async function countAgainstAddress(tx: TxCtx, reason: string): Promise<void> {
  const key = addressKey(tx)
  if (key !== undefined) await insertFailure(tx, { id: tx.ids.next(), account: key, reason })
}
