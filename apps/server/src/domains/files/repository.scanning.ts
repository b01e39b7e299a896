import type { FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { FileRow } from './model.ts'
import { fileOf } from './repository.ts'

/** From now on the database lets no file past the scanner. */
export async function beginScanning(tx: TxCtx): Promise<void> {
  const db = sqlOf(tx)
  const begun = await db
    .insertInto('file_scanning')
    .values({ since: tx.clock.now() })
    .onConflict((conflict) => conflict.column('singleton').doNothing())
    .executeTakeFirst()
  if (Number(begun.numInsertedOrUpdatedRows ?? 0) === 0) return
  await db
    .updateTable('files')
    .set({ state: 'checking' })
    .where('state', '=', 'stored')
    .where('scanned_at', 'is', null)
    .execute()
}

export async function endScanning(tx: TxCtx): Promise<void> {
  const db = sqlOf(tx)
  await db.deleteFrom('file_scanning').execute()
  await db.updateTable('files').set({ state: 'stored' }).where('state', '=', 'checking').execute()
}

/** Those that wait, the oldest first. Ids are made in the order of time where they are ours; elsewhere in none. */
export async function listChecking(
  tx: TxCtx,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<FileRow[]> {
  const query = sqlOf(tx).selectFrom('files').selectAll().where('state', '=', 'checking').orderBy('id').limit(limit)
  const rows = await (after === undefined ? query : query.where('id', '>', after)).execute()
  return rows.map(fileOf)
}

/** What the scanner said of it. */
export async function setScanned(
  tx: TxCtx,
  id: FileId,
  { state, finding }: { state: 'stored' | 'refused'; finding: string | undefined },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('files')
    .set({ state, scan_finding: finding ?? null, scanned_at: tx.clock.now() })
    .where('id', '=', id)
    .execute()
}
