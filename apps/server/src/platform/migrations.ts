import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { say } from './say.ts'

export type Migration = { name: string; sql: string; checksum: string }

/** A migration that was changed after it ran, or is missing: the database and this release do not belong together. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** What runs now: the so-manieth of so many that have to. */
export type MigrationStep = { name: string; at: number; of: number }

/** Any number, the same in every process: only one migrates at a time. */
const lockKey = 4_250_001

/**
 * Brings the database up to date: each file in its own transaction together with the note that it ran, so being
 * killed half-way leaves either all of a file or nothing. Returns the names that ran.
 */
export async function migrate(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  onProgress: (step: MigrationStep) => void = () => undefined,
): Promise<string[]> {
  await client.query('SET ROLE clew_owner')
  await client.query(`SELECT pg_advisory_lock(${lockKey})`)
  try {
    const done = await applied(client)
    refuseDrift(done, migrations)
    const due = migrations.filter(({ name }) => !done.has(name))
    for (const [i, migration] of due.entries()) {
      onProgress({ name: migration.name, at: i + 1, of: due.length })
      await run(client, migration)
    }
    return due.map(({ name }) => name)
  } finally {
    await client.query(`SELECT pg_advisory_unlock(${lockKey})`)
    await client.query('RESET ROLE')
  }
}

/** Names of migrations that still have to run; needs no more than the right to look. */
export async function pendingMigrations(
  client: pg.ClientBase | pg.Pool,
  migrations: readonly Migration[],
): Promise<string[]> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS found`,
  )
  if (!rows[0]?.found) return migrations.map(({ name }) => name)
  const done = new Set(
    (await client.query<{ name: string }>('SELECT name FROM clew_migrations_done()')).rows.map(({ name }) => name),
  )
  return migrations.map(({ name }) => name).filter((name) => !done.has(name))
}

async function applied(client: pg.ClientBase): Promise<Map<string, string>> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, checksum text NOT NULL, ran_at timestamptz NOT NULL DEFAULT now());
    ALTER TABLE migrations ENABLE ROW LEVEL SECURITY;
    ALTER TABLE migrations FORCE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS owner_all ON migrations;
    CREATE POLICY owner_all ON migrations TO clew_owner USING (true) WITH CHECK (true);
    CREATE OR REPLACE FUNCTION clew_migrations_done() RETURNS SETOF migrations LANGUAGE sql STABLE SECURITY DEFINER
      SET search_path = public AS $$ SELECT * FROM migrations $$`)
  const { rows } = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migrations')
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

function refuseDrift(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  for (const [name, checksum] of done) {
    const ours = known.get(name)
    if (ours === undefined) throw new MigrationError(say('cli.migration_newer', { name }))
    if (ours !== checksum) throw new MigrationError(say('cli.migration_changed', { name }))
  }
}

/** In one write: while a process starts, it is busy with other things between two of them. */
async function run(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(`BEGIN;
      SET LOCAL lock_timeout = '2s';
      ${sql}
      ;
      INSERT INTO migrations (name, checksum) VALUES (${pg.escapeLiteral(name)}, ${pg.escapeLiteral(checksum)});
      COMMIT`)
  } catch (cause) {
    await client.query('ROLLBACK')
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new MigrationError(say('cli.migration_failed', { name, reason }), { cause })
  }
}
