import type { MemberId } from '@clew/contract/primitives'
import type { Selectable } from 'kysely'
import { isOfBound } from '../../platform/bound.repository.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { ScimTokens } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { afterDays, type Connection, type Tokens, type UsedToken } from './model.ts'
import { connectionOf } from './repository.ts'

const tokenOf = (row: Selectable<ScimTokens>): Tokens => ({
  id: row.id,
  connectionId: row.connection_id,
  hint: row.hint,
  scope: scopeOf(row),
  createdAt: row.created_at,
  createdBy: row.created_by,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at ?? undefined,
  isReplaced: row.replaced_by !== null,
  usedAt: row.used_at ?? undefined,
  usedFrom: row.used_from ?? undefined,
  memberId: (row.member_id ?? undefined) as MemberId | undefined,
})

const scopeOf = (row: Pick<Selectable<ScimTokens>, 'may_users' | 'may_groups' | 'is_read_only'>) => ({
  users: row.may_users,
  groups: row.may_groups,
  readOnly: row.is_read_only,
})

/** The token with this hash, if it is of this connection and still good. */
export async function findUsableToken(
  tx: TxCtx,
  { connectionId, tokenHash }: { connectionId: string; tokenHash: Buffer },
): Promise<{ connection: Connection; token: UsedToken } | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('scim_tokens as t')
    .innerJoin('provisioning_connections as c', 'c.id', 't.connection_id')
    .selectAll('c')
    .select(['t.id as token_id', 't.hint', 't.may_users', 't.may_groups', 't.is_read_only', 't.used_at', 't.member_id'])
    .where('t.token_hash', '=', tokenHash)
    .where('t.connection_id', '=', connectionId)
    .where('t.revoked_at', 'is', null)
    .where('t.expires_at', '>', tx.clock.now())
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    connection: connectionOf(row),
    token: {
      id: row.token_id,
      hint: row.hint,
      scope: scopeOf(row),
      usedAt: row.used_at ?? undefined,
      memberId: (row.member_id ?? undefined) as MemberId | undefined,
    },
  }
}

export async function noteTokenUse(tx: TxCtx, id: string, from: string | undefined): Promise<void> {
  await sqlOf(tx)
    .updateTable('scim_tokens')
    .set({ used_at: tx.clock.now(), used_from: from ?? null })
    .where('id', '=', id)
    .execute()
}

export async function insertToken(
  tx: TxCtx,
  token: Pick<Tokens, 'id' | 'connectionId' | 'hint' | 'scope' | 'createdBy' | 'expiresAt' | 'memberId'> & {
    organisationId: string
    tokenHash: Buffer
  },
): Promise<Tokens> {
  const row = await sqlOf(tx)
    .insertInto('scim_tokens')
    .values({
      id: token.id,
      connection_id: token.connectionId,
      organisation_id: token.organisationId,
      token_hash: token.tokenHash,
      hint: token.hint,
      may_users: token.scope.users,
      may_groups: token.scope.groups,
      is_read_only: token.scope.readOnly,
      created_at: tx.clock.now(),
      created_by: token.createdBy,
      expires_at: token.expiresAt,
      member_id: token.memberId ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return tokenOf(row)
}

const endedDays = 30

/** Those that still matter, and those that ended not long ago. */
export async function listTokens(tx: TxCtx, connectionIds: readonly string[]): Promise<Tokens[]> {
  if (connectionIds.length === 0) return []
  const notLongAgo = afterDays(tx.clock.now(), -endedDays)
  const rows = await sqlOf(tx)
    .selectFrom('scim_tokens')
    .selectAll()
    .where('connection_id', 'in', [...connectionIds])
    .where('expires_at', '>', notLongAgo)
    .where((eb) => eb.or([eb('revoked_at', 'is', null), eb('revoked_at', '>', notLongAgo)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map(tokenOf)
}

export async function lockToken(tx: TxCtx, id: string): Promise<Tokens | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('scim_tokens')
    .selectAll()
    .where('id', '=', id)
    .where(isOfBound(tx, 'organisation_id'))
    .forUpdate()
    .executeTakeFirst()
  return row && tokenOf(row)
}

export async function setTokenReplaced(
  tx: TxCtx,
  { id, by, expiresAt }: { id: string; by: string; expiresAt: Date },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('scim_tokens')
    .set({ replaced_by: by, expires_at: expiresAt })
    .where('id', '=', id)
    .execute()
}

export async function setTokenRevoked(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).updateTable('scim_tokens').set({ revoked_at: tx.clock.now() }).where('id', '=', id).execute()
}

export type EndingToken = { token: Tokens; connection: Connection; remindedDays: number | undefined }

/** Tokens that end soon and that nothing has taken the place of. */
export async function listEnding(tx: TxCtx, before: Date): Promise<EndingToken[]> {
  const db = sqlOf(tx)
  const rows = await db
    .selectFrom('scim_tokens')
    .selectAll()
    .where('revoked_at', 'is', null)
    .where('replaced_by', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .where('expires_at', '<=', before)
    .orderBy('expires_at')
    .limit(1_000)
    .execute()
  if (rows.length === 0) return []
  const connections = await db
    .selectFrom('provisioning_connections')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.connection_id))])
    .execute()
  const byId = new Map(connections.map((row) => [row.id, connectionOf(row)]))
  return rows.flatMap((row) => {
    const connection = byId.get(row.connection_id)
    return connection === undefined
      ? []
      : [{ token: tokenOf(row), connection, remindedDays: row.reminded_days ?? undefined }]
  })
}

export async function setReminded(tx: TxCtx, id: string, days: number): Promise<void> {
  await sqlOf(tx).updateTable('scim_tokens').set({ reminded_days: days }).where('id', '=', id).execute()
}
