import type { Permission } from '@clew/contract/permissions'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type ApiKeyRow = {
  id: string
  organisationId: OrganisationId
  memberId: MemberId
  kind: 'member' | 'service'
  name: string
  hint: string
  scopes: readonly Permission[]
  createdBy: MemberId
  createdAt: Date
  expiresAt: Date
  usedAt: Date | undefined
  usedAddress: string | undefined
}

const columns = [
  'id',
  'organisation_id',
  'member_id',
  'kind',
  'name',
  'hint',
  'scopes',
  'created_by',
  'created_at',
  'expires_at',
  'used_at',
  'used_address',
] as const

/** Keys that work: neither revoked nor expired. */
const selected = (tx: TxCtx) =>
  sqlOf(tx)
    .selectFrom('api_keys')
    .select(columns)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())

type Selected = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const keyOf = (row: Selected): ApiKeyRow => ({
  id: row.id,
  organisationId: row.organisation_id as OrganisationId,
  memberId: row.member_id as MemberId,
  kind: row.kind as ApiKeyRow['kind'],
  name: row.name,
  hint: row.hint,
  scopes: row.scopes as Permission[],
  createdBy: row.created_by as MemberId,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at ?? undefined,
  usedAddress: row.used_address ?? undefined,
})

export type NewApiKey = Omit<ApiKeyRow, 'createdAt' | 'usedAt' | 'usedAddress'> & { tokenHash: Buffer }

export async function insertApiKey(tx: TxCtx, key: NewApiKey): Promise<void> {
  await sqlOf(tx)
    .insertInto('api_keys')
    .values({
      id: key.id,
      organisation_id: key.organisationId,
      member_id: key.memberId,
      kind: key.kind,
      name: key.name,
      token_hash: key.tokenHash,
      hint: key.hint,
      scopes: [...key.scopes],
      created_by: key.createdBy,
      created_at: tx.clock.now(),
      expires_at: key.expiresAt,
    })
    .execute()
}

export async function findApiKey(tx: TxCtx, tokenHash: Buffer): Promise<ApiKeyRow | undefined> {
  const row = await selected(tx).where('token_hash', '=', tokenHash).executeTakeFirst()
  return row && keyOf(row)
}

export async function listApiKeys(tx: TxCtx, organisationId: OrganisationId): Promise<ApiKeyRow[]> {
  const rows = await selected(tx)
    .where('organisation_id', '=', organisationId)
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute()
  return rows.map(keyOf)
}

/** Those that act for one member. */
export async function listApiKeysOf(tx: TxCtx, memberId: MemberId): Promise<ApiKeyRow[]> {
  return (await selected(tx).where('member_id', '=', memberId).execute()).map(keyOf)
}

export async function listApiKeysById(tx: TxCtx, ids: readonly string[]): Promise<ApiKeyRow[]> {
  if (ids.length === 0) return []
  const rows = await selected(tx)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(keyOf)
}

export async function lockApiKey(
  tx: TxCtx,
  { id, organisationId }: { id: string; organisationId: OrganisationId },
): Promise<ApiKeyRow | undefined> {
  const row = await selected(tx)
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .executeTakeFirst()
  return row && keyOf(row)
}

export async function setApiKeyRevoked(tx: TxCtx, id: string, by: MemberId): Promise<void> {
  await sqlOf(tx)
    .updateTable('api_keys')
    .set({ revoked_at: tx.clock.now(), revoked_by: by })
    .where('id', '=', id)
    .execute()
}

export async function noteApiKeyUse(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('api_keys')
    .set({ used_at: tx.clock.now(), used_address: tx.origin.address ?? null })
    .where('id', '=', id)
    .execute()
}
