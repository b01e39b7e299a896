import { randomUUID } from 'node:crypto'
import type { World } from './world.ts'

type Column = { name: string; type: string; isNeeded: boolean; isGenerated: boolean }
type Table = { name: string; columns: Column[]; checks: string }

/** Whose rows they are, and a word that stands in every text of them. */
export type Planting = { organisationId: string; contactId: string; word: string }

/**
 * Puts a row into every table that says whose its rows are, made from the table's own description: what a new table
 * needs is not written down anywhere else. Returns the tables in which it could, and those whose rules it did not meet.
 */
export async function plantRows(world: World, planting: Planting) {
  const planted: string[] = []
  const refused: string[] = []
  for (const table of await tablesWithOwners(world)) {
    const columns = table.columns.filter(
      ({ name, isNeeded, isGenerated }) => !isGenerated && (isNeeded || isOwner(name)),
    )
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const row = columns.map((column) => `${quoted(valueFor(column, table, planting))}::${column.type}`).join(', ')
    try {
      // Without the triggers that look for what a row refers to; the rules of the row itself hold.
      await world.rows(`DO $plant$ BEGIN
        PERFORM set_config('session_replication_role', 'replica', true);
        INSERT INTO ${table.name} (${names}) VALUES (${row});
      END $plant$`)
      planted.push(table.name)
    } catch {
      refused.push(table.name)
    }
  }
  return { planted, refused }
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

const isOwner = (name: string): boolean => name === 'organisation_id' || name === 'contact_id'

export async function tablesWithOwners(world: World): Promise<Table[]> {
  const rows = await world.rows(`
    SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, NULL) AS type,
           a.attnotnull AND d.adbin IS NULL AS needed, a.attgenerated <> '' OR a.attidentity = 'a' AS generated,
           (SELECT coalesce(string_agg(pg_get_constraintdef(k.oid), ' ; '), '') FROM pg_constraint k
             WHERE k.conrelid = c.oid AND k.contype = 'c') AS checks
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname, a.attnum`)
  const tables = new Map<string, Table>()
  for (const row of rows) {
    const name = String(row['table'])
    const table = tables.get(name) ?? { name, columns: [], checks: String(row['checks']) }
    tables.set(name, table)
    table.columns.push({
      name: String(row['name']),
      type: String(row['type']),
      isNeeded: row['needed'] === true,
      isGenerated: row['generated'] === true,
    })
  }
  return [...tables.values()].filter(({ columns }) => columns.some(({ name }) => isOwner(name)))
}

function valueFor({ name, type }: Column, { checks }: Table, { organisationId, contactId, word }: Planting): string {
  if (name === 'organisation_id') return organisationId
  if (name === 'contact_id') return contactId
  const listed = new RegExp(`\\(${name} = ANY \\(ARRAY\\['([^']+)'`).exec(checks)?.[1]
  if (listed !== undefined) return listed
  if (type === 'text') return name.includes('email') ? `${word.toLowerCase()}@${word.toLowerCase()}.example` : word
  return valueOfType[type]?.(word) ?? (type.endsWith('[]') ? '{}' : '1')
}

const moment = () => '2026-11-24T08:00:00Z'
const json = (word: string) => JSON.stringify({ word })

const valueOfType: Readonly<Record<string, ((word: string) => string) | undefined>> = {
  uuid: () => randomUUID(),
  bytea: () => `\\x${randomUUID().replaceAll('-', '').repeat(2)}`,
  boolean: () => 'false',
  date: moment,
  'timestamp with time zone': moment,
  json,
  jsonb: json,
}
