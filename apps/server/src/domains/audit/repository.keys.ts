import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export async function findKey(tx: TxCtx): Promise<{ id: string; sealedPrivate: Buffer } | undefined> {
  const row = await sqlOf(tx).selectFrom('audit_keys').select(['id', 'sealed_private']).executeTakeFirst()
  return row && { id: row.id, sealedPrivate: row.sealed_private }
}

/** The first one stays. */
export async function insertKey(
  tx: TxCtx,
  key: { id: string; publicKey: string; sealedPrivate: Buffer },
): Promise<void> {
  await sqlOf(tx)
    .insertInto('audit_keys')
    .values({ id: key.id, public_key: key.publicKey, sealed_private: key.sealedPrivate, created_at: tx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
