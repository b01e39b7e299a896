import type { AgentId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { idleDays } from './model.ts'

const dayMs = 86_400_000

export async function insertSession(
  tx: TxCtx,
  session: { tokenHash: Buffer; memberId: AgentId; expiresAt: Date },
): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('agent_sessions')
    .values({
      token_hash: session.tokenHash,
      member_id: session.memberId,
      created_at: now,
      seen_at: now,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** A session that is neither over nor left unused too long. */
export async function findSession(
  tx: TxCtx,
  tokenHash: Buffer,
): Promise<{ memberId: AgentId; expiresAt: Date; seenAt: Date } | undefined> {
  const now = tx.clock.now()
  const row = await sqlOf(tx)
    .selectFrom('agent_sessions')
    .select(['member_id', 'expires_at', 'seen_at'])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .where('seen_at', '>', new Date(now.getTime() - idleDays * dayMs))
    .executeTakeFirst()
  return row && { memberId: row.member_id as AgentId, expiresAt: row.expires_at, seenAt: row.seen_at }
}

export async function noteSeen(tx: TxCtx, tokenHash: Buffer): Promise<void> {
  await sqlOf(tx)
    .updateTable('agent_sessions')
    .set({ seen_at: tx.clock.now() })
    .where('token_hash', '=', tokenHash)
    .execute()
}

export async function deleteSession(tx: TxCtx, tokenHash: Buffer): Promise<void> {
  await sqlOf(tx).deleteFrom('agent_sessions').where('token_hash', '=', tokenHash).execute()
}

export async function setPasswordHash(tx: TxCtx, memberId: AgentId, passwordHash: string): Promise<void> {
  const changed = { password_hash: passwordHash, changed_at: tx.clock.now() }
  await sqlOf(tx)
    .insertInto('credentials')
    .values({ member_id: memberId, ...changed })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(changed))
    .execute()
}

export async function findPasswordHash(tx: TxCtx, memberId: AgentId): Promise<string | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('credentials')
    .select('password_hash')
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row?.password_hash
}

export async function listFailures(tx: TxCtx, account: string, since: Date): Promise<Date[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sign_in_failures')
    .select('at')
    .where('account', '=', account)
    .where('at', '>', since)
    .execute()
  return rows.map(({ at }) => at)
}

export async function insertFailure(tx: TxCtx, account: string): Promise<void> {
  await sqlOf(tx).insertInto('sign_in_failures').values({ account, at: tx.clock.now() }).execute()
}

export async function deleteFailures(tx: TxCtx, account: string): Promise<void> {
  await sqlOf(tx).deleteFrom('sign_in_failures').where('account', '=', account).execute()
}

/** Sessions that ended and failures that no longer count. */
export async function deleteOld(tx: TxCtx, before: Date): Promise<void> {
  await sqlOf(tx).deleteFrom('agent_sessions').where('expires_at', '<', before).execute()
  await sqlOf(tx).deleteFrom('sign_in_failures').where('at', '<', before).execute()
}

export async function replaceSetupToken(tx: TxCtx, token: { tokenHash: Buffer; expiresAt: Date }): Promise<void> {
  await sqlOf(tx).deleteFrom('setup_tokens').execute()
  await sqlOf(tx)
    .insertInto('setup_tokens')
    .values({ token_hash: token.tokenHash, created_at: tx.clock.now(), expires_at: token.expiresAt })
    .execute()
}

/** Uses the token up. Of two at once, one gets it. */
export async function takeSetupToken(tx: TxCtx, tokenHash: Buffer): Promise<boolean> {
  const result = await sqlOf(tx)
    .deleteFrom('setup_tokens')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', tx.clock.now())
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}
