import type { OrganisationId } from '@clew/contract/primitives'
import type { SsoConnectionId } from '@clew/contract/single-sign-on'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { SsoRequests } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'

/** A sign-in that is under way. */
export type RequestRow = {
  id: string
  connectionId: SsoConnectionId
  organisationId: OrganisationId
  purpose: 'sign_in' | 'test'
  browserHash: Buffer
  next: string
  loginHint: string | undefined
  nonce: string | undefined
  sealedVerifier: Buffer | undefined
  memberId: string | undefined
  setupLinkId: string | undefined
  attemptId: string
  expiresAt: Date
}

const requestOf = (row: Selectable<SsoRequests>): RequestRow => ({
  id: row.id,
  connectionId: row.connection_id as SsoConnectionId,
  organisationId: row.organisation_id as OrganisationId,
  purpose: row.purpose as RequestRow['purpose'],
  browserHash: row.browser_hash,
  next: row.next,
  loginHint: row.login_hint ?? undefined,
  nonce: row.nonce ?? undefined,
  sealedVerifier: row.sealed_verifier ?? undefined,
  memberId: row.member_id ?? undefined,
  setupLinkId: row.setup_link_id ?? undefined,
  attemptId: row.attempt_id,
  expiresAt: row.expires_at,
})

export async function insertRequest(tx: TxCtx, request: RequestRow): Promise<void> {
  await sqlOf(tx)
    .insertInto('sso_requests')
    .values({
      id: request.id,
      connection_id: request.connectionId,
      organisation_id: request.organisationId,
      purpose: request.purpose,
      browser_hash: request.browserHash,
      next: request.next,
      login_hint: request.loginHint ?? null,
      nonce: request.nonce ?? null,
      sealed_verifier: request.sealedVerifier ?? null,
      member_id: request.memberId ?? null,
      setup_link_id: request.setupLinkId ?? null,
      attempt_id: request.attemptId,
      created_at: tx.clock.now(),
      expires_at: request.expiresAt,
    })
    .execute()
}

type Holder = { connectionId: SsoConnectionId; browserHash: Buffer }

/** What this browser was sent away for, and has not come back with. */
export async function listOpenRequests(tx: TxCtx, { connectionId, browserHash }: Holder): Promise<RequestRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_requests')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('browser_hash', '=', browserHash)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(requestOf)
}

/** Uses a request up. Of two at once, and of two processes, one gets it. */
export async function takeRequest(
  tx: TxCtx,
  { id, connectionId, browserHash }: Holder & { id: string },
): Promise<RequestRow | undefined> {
  const row = await sqlOf(tx)
    .updateTable('sso_requests')
    .set({ consumed_at: tx.clock.now() })
    .where('id', '=', id)
    .where('connection_id', '=', connectionId)
    .where('browser_hash', '=', browserHash)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .returningAll()
    .executeTakeFirst()
  return row && requestOf(row)
}

/** Remembers an assertion. Answers false for one that was here before. */
export async function keepAssertion(
  tx: TxCtx,
  assertion: { connectionId: SsoConnectionId; hash: Buffer; until: Date },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('sso_assertions')
    .values({
      connection_id: assertion.connectionId,
      assertion_hash: assertion.hash,
      expires_at: assertion.until,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** What can be believed no more. */
export async function deleteEnded(tx: TxCtx, before: Date): Promise<void> {
  await sqlOf(tx).deleteFrom('sso_requests').where('expires_at', '<', before).execute()
  await sqlOf(tx).deleteFrom('sso_assertions').where('expires_at', '<', before).execute()
}
