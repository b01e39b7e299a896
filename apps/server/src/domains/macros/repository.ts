import type { MacroBodies } from '@clew/contract/macros'
import { type Selectable, sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Macros } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type Author, foldedName, type MacroContent, type MacroRow } from './model.ts'

const rowOf = (row: Selectable<Macros>): MacroRow => ({
  id: row.id,
  version: row.version,
  name: row.name,
  // What lies in the table was checked when it was saved.
  bodies: row.bodies as MacroBodies,
  tags: row.tags,
  resolves: row.resolves,
  createdAt: row.created_at,
  createdBy: row.created_by_name ?? undefined,
  changedAt: row.changed_at,
  changedBy: row.changed_by_name ?? undefined,
})

/** All of them, by name. */
export async function listMacroRows(tx: TxCtx): Promise<MacroRow[]> {
  return (await sqlOf(tx).selectFrom('macros').selectAll().orderBy('folded_name').execute()).map(rowOf)
}

export async function countMacros(tx: TxCtx): Promise<number> {
  const { count } = await sqlOf(tx)
    .selectFrom('macros')
    .select((on) => on.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whoever adds or renames one waits for whoever is at it, so that a name is refused with a sentence. */
export async function lockNames(tx: TxCtx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('names of macros', 0))`.execute(sqlOf(tx))
}

/** Held until the transaction ends. */
export async function lockMacro(tx: TxCtx, id: string): Promise<MacroRow | undefined> {
  const row = await sqlOf(tx).selectFrom('macros').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && rowOf(row)
}

/** Whether another macro than this one has the name. */
export async function isNameTaken(tx: TxCtx, name: string, except: string): Promise<boolean> {
  const row = await sqlOf(tx)
    .selectFrom('macros')
    .select('id')
    .where('folded_name', '=', foldedName(name))
    .where('id', '!=', except)
    .executeTakeFirst()
  return row !== undefined
}

/** Answers undefined when there is one of this name, also when somebody adds it at the same moment. */
export async function insertMacro(tx: TxCtx, content: MacroContent, author?: Author): Promise<MacroRow | undefined> {
  const at = tx.clock.now()
  const by = { id: author?.id ?? null, name: author?.name ?? null }
  const row = await sqlOf(tx)
    .insertInto('macros')
    .values({
      id: tx.ids.next(),
      ...columns(content),
      created_at: at,
      created_by: by.id,
      created_by_name: by.name,
      changed_at: at,
      changed_by: by.id,
      changed_by_name: by.name,
    })
    .onConflict((conflict) => conflict.column('folded_name').doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && rowOf(row)
}

/** Writes the next version of a macro that is held. */
export async function updateMacro(
  tx: TxCtx,
  before: MacroRow,
  { after, author }: { after: MacroContent; author: Author },
): Promise<MacroRow> {
  const row = await sqlOf(tx)
    .updateTable('macros')
    .set({
      ...columns(after),
      version: before.version + 1,
      changed_at: tx.clock.now(),
      changed_by: author.id,
      changed_by_name: author.name,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return rowOf(row)
}

export async function deleteMacroRow(tx: TxCtx, id: string): Promise<void> {
  await sqlOf(tx).deleteFrom('macros').where('id', '=', id).execute()
}

/** Answers whether it is the first time. */
export async function markStarter(tx: TxCtx, slug: string): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('macro_starters')
    .values({ slug, placed_at: tx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

const columns = ({ name, bodies, tags, resolves }: MacroContent) => ({
  name,
  folded_name: foldedName(name),
  bodies: JSON.stringify(bodies),
  tags: [...tags],
  resolves,
})
