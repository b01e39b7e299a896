import type { OrganisationId } from '@clew/contract/primitives'
import type { SsoAttemptId, SsoCheck, SsoClaim, SsoConnectionId } from '@clew/contract/single-sign-on'
import type { Selectable } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { SsoAttempts } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'

/** One sign-in by SSO, or a test of it, and how it went. */
export type AttemptRow = {
  id: SsoAttemptId
  reference: string
  organisationId: OrganisationId | undefined
  connectionId: SsoConnectionId | undefined
  purpose: 'sign_in' | 'test'
  outcome: 'signed_in' | 'passed' | 'refused'
  reason: string | undefined
  typedEmail: string | undefined
  assertedEmail: string | undefined
  claims: SsoClaim[]
  checks: SsoCheck[]
  observed: Record<string, string>
  memberId: string | undefined
  setupLinkId: string | undefined
  isStranger: boolean
  at: Date
}

const attemptOf = (row: Selectable<SsoAttempts>): AttemptRow => ({
  id: row.id as SsoAttemptId,
  reference: row.reference,
  organisationId: (row.organisation_id ?? undefined) as OrganisationId | undefined,
  connectionId: (row.connection_id ?? undefined) as SsoConnectionId | undefined,
  purpose: row.purpose as AttemptRow['purpose'],
  outcome: row.outcome as AttemptRow['outcome'],
  reason: row.reason ?? undefined,
  typedEmail: row.typed_email ?? undefined,
  assertedEmail: row.asserted_email ?? undefined,
  claims: row.claims as SsoClaim[],
  checks: row.checks as SsoCheck[],
  observed: row.observed as Record<string, string>,
  memberId: row.member_id ?? undefined,
  setupLinkId: row.setup_link_id ?? undefined,
  isStranger: row.is_stranger,
  at: row.at,
})

export async function insertAttempt(tx: TxCtx, attempt: AttemptRow): Promise<void> {
  await sqlOf(tx)
    .insertInto('sso_attempts')
    .values({
      id: attempt.id,
      reference: attempt.reference,
      organisation_id: attempt.organisationId ?? null,
      connection_id: attempt.connectionId ?? null,
      purpose: attempt.purpose,
      outcome: attempt.outcome,
      reason: attempt.reason ?? null,
      typed_email: attempt.typedEmail ?? null,
      asserted_email: attempt.assertedEmail ?? null,
      claims: JSON.stringify(attempt.claims),
      checks: JSON.stringify(attempt.checks),
      observed: JSON.stringify(attempt.observed),
      member_id: attempt.memberId ?? null,
      setup_link_id: attempt.setupLinkId ?? null,
      is_stranger: attempt.isStranger,
      at: attempt.at,
    })
    .execute()
}

/** Of one connection, or of those that never got to one: the newest stay. */
export async function pruneAttempts(
  tx: TxCtx,
  of: Pick<AttemptRow, 'connectionId' | 'organisationId' | 'isStranger'>,
  keep: number,
): Promise<void> {
  const db = sqlOf(tx)
  const same = db
    .selectFrom('sso_attempts')
    .select('id')
    .where('is_stranger', '=', of.isStranger)
    .where('connection_id', of.connectionId === undefined ? 'is' : '=', of.connectionId ?? null)
    .$if(of.connectionId === undefined, (query) =>
      query.where('organisation_id', of.organisationId === undefined ? 'is' : '=', of.organisationId ?? null),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .offset(keep)
  await db.deleteFrom('sso_attempts').where('id', 'in', same).execute()
}

export async function listAttempts(
  tx: TxCtx,
  { organisationId, connectionId, limit }: { organisationId: OrganisationId; connectionId?: string; limit: number },
): Promise<AttemptRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_attempts')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .$if(connectionId !== undefined, (query) => query.where('connection_id', '=', connectionId ?? ''))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(attemptOf)
}

export async function findAttempt(tx: TxCtx, id: string): Promise<AttemptRow | undefined> {
  const row = await sqlOf(tx).selectFrom('sso_attempts').selectAll().where('id', '=', id).executeTakeFirst()
  return row && attemptOf(row)
}

export async function findAttemptByReference(tx: TxCtx, reference: string): Promise<AttemptRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('sso_attempts')
    .selectAll()
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row && attemptOf(row)
}

/** The newest attempt with this address, typed or vouched for. Tests are somebody else's. */
export async function findAttemptByAddress(
  tx: TxCtx,
  { address, organisationId }: { address: string; organisationId: OrganisationId | undefined },
): Promise<AttemptRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('sso_attempts')
    .selectAll()
    .where((eb) =>
      eb.or([eb(eb.fn('lower', ['typed_email']), '=', address), eb(eb.fn('lower', ['asserted_email']), '=', address)]),
    )
    .where('purpose', '=', 'sign_in')
    .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId ?? ''))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && attemptOf(row)
}

/** How a connection does: the newest of what came from its provider. */
export async function latestOfConnections(tx: TxCtx, organisationId: OrganisationId): Promise<Map<string, AttemptRow>> {
  const rows = await sqlOf(tx)
    .selectFrom('sso_attempts')
    .selectAll()
    .distinctOn('connection_id')
    .where('organisation_id', '=', organisationId)
    .where('connection_id', 'is not', null)
    .where('is_stranger', '=', false)
    .orderBy('connection_id')
    .orderBy('at', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.connection_id ?? '', attemptOf(row)]))
}
