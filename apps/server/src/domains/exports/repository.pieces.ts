import { type SqlBool, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { FileName } from './shapes.ts'

export type PieceRow = { file: FileName; number: number; storageKey: string; rows: number }

export async function insertPieces(tx: TxCtx, exportId: string, pieces: readonly PieceRow[]): Promise<void> {
  if (pieces.length === 0) return
  await sqlOf(tx)
    .insertInto('export_pieces')
    .values(
      pieces.map(({ file, number, storageKey, rows }) => ({
        export_id: exportId,
        file,
        number,
        storage_key: storageKey,
        row_count: rows,
      })),
    )
    .execute()
}

export async function listPieces(tx: TxCtx, exportId: string): Promise<PieceRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('export_pieces')
    .selectAll()
    .where('export_id', '=', exportId)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    file: row.file as FileName,
    number: row.number,
    storageKey: row.storage_key,
    rows: Number(row.row_count),
  }))
}

/** Answers where the bytes lie, which go after this has happened. */
export async function deletePieces(tx: TxCtx, exportId: string): Promise<string[]> {
  const rows = await sqlOf(tx)
    .deleteFrom('export_pieces')
    .where('export_id', '=', exportId)
    .returning('storage_key')
    .execute()
  return rows.map((row) => row.storage_key)
}

/** Which of the keys are of an archive or of a piece of one. */
export async function listOwnKeys(tx: TxCtx, keys: readonly string[]): Promise<string[]> {
  const [archives, pieces] = await Promise.all([
    sqlOf(tx)
      .selectFrom('exports')
      .select('storage_key')
      .where(sql<SqlBool>`storage_key = ANY (${[...keys]}::text[])`)
      .execute(),
    sqlOf(tx)
      .selectFrom('export_pieces')
      .select('storage_key')
      .where(sql<SqlBool>`storage_key = ANY (${[...keys]}::text[])`)
      .execute(),
  ])
  return [...archives, ...pieces].flatMap(({ storage_key: key }) => key ?? [])
}
