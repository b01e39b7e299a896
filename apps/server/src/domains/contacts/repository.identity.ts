import type { IdentityAlgorithm } from '@clew/contract/identity'
import type { ContactId } from '@clew/contract/primitives'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { IdentityKeys } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { Identity, IdentityKeyRow } from './model.ts'

const keyOf = (row: Selectable<IdentityKeys>): IdentityKeyRow => ({
  id: row.id,
  name: row.name,
  algorithm: row.algorithm as IdentityAlgorithm,
  sealedSecret: row.sealed_secret ?? undefined,
  publicKey: (row.public_key ?? undefined) as Readonly<Record<string, unknown>> | undefined,
  createdAt: row.created_at,
  createdByName: row.created_by_name,
  lastUsedAt: row.last_used_at ?? undefined,
})

/** Those in use, oldest first. */
export async function listKeys(tx: TxCtx): Promise<IdentityKeyRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('identity_keys')
    .selectAll()
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(keyOf)
}

/** Until the transaction ends nobody else adds a key, so that there are never too many. */
export async function lockKeys(tx: TxCtx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(17, 1)`.execute(sqlOf(tx))
}

export async function insertKey(tx: TxCtx, key: IdentityKeyRow): Promise<void> {
  await sqlOf(tx)
    .insertInto('identity_keys')
    .values({
      id: key.id,
      name: key.name,
      algorithm: key.algorithm,
      sealed_secret: key.sealedSecret ?? null,
      public_key: key.publicKey === undefined ? null : JSON.stringify(key.publicKey),
      created_at: key.createdAt,
      created_by_name: key.createdByName,
    })
    .execute()
}

export async function revokeKey(tx: TxCtx, id: string): Promise<boolean> {
  const result = await sqlOf(tx)
    .updateTable('identity_keys')
    .set({ revoked_at: tx.clock.now() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function noteKeyUsed(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).updateTable('identity_keys').set({ last_used_at: tx.clock.now() }).where('id', '=', id).execute()
}

/** Answers false when this identity was used before. */
export async function insertUse(tx: TxCtx, useHash: Buffer, expiresAt: Date): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('identity_uses')
    .values({ use_hash: useHash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('use_hash').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** The contact whom a host page calls so, held until the transaction ends. */
export async function lockSubject(tx: TxCtx, subject: string): Promise<ContactId | undefined> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 17))`.execute(sqlOf(tx))
  const row = await sqlOf(tx)
    .selectFrom('contacts')
    .select('id')
    .where('subject', '=', subject)
    .forUpdate()
    .executeTakeFirst()
  return row?.id as ContactId | undefined
}

/** Writes down what was proved. The address that it names is from now on the one that they are written to. */
export async function setVerified(tx: TxCtx, id: ContactId, { subject, name, claims }: Identity): Promise<void> {
  await sqlOf(tx)
    .updateTable('contacts')
    .set({
      subject,
      verified_email: claims.email ?? null,
      host_claims: JSON.stringify(claims),
      verified_at: tx.clock.now(),
      ...(name === undefined ? {} : { name }),
      ...(claims.email === undefined ? {} : { email: claims.email }),
    })
    .where('id', '=', id)
    .execute()
}

export async function deleteContactSessions(tx: TxCtx, id: ContactId): Promise<void> {
  await sqlOf(tx).deleteFrom('contact_sessions').where('contact_id', '=', id).execute()
}
