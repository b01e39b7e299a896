import { Cron } from 'croner'
import { sql } from 'kysely'
import type { TxCtx } from './ctx.ts'
import { jobSchema } from './job-queues.ts'
import { sqlOf } from './sql.ts'

export type TimeTable = { name: string; cron?: string }

/**
 * The names of those whose time came after `from` and not later than `to`: each once, however often it came. Five fields
 * as in crontab, in UTC.
 */
export function dueBetween(tables: readonly TimeTable[], from: Date, to: Date): string[] {
  return tables.flatMap(({ name, cron }) => {
    const next = cron === undefined ? null : new Cron(cron, { timezone: 'UTC', paused: true }).nextRun(from)
    return next !== null && next <= to ? [name] : []
  })
}

/**
 * The time that nobody has looked at yet, which from now on is looked at. Undefined while another process is at it, or was
 * a moment ago. One that looks for the first time begins now; after a clock that was wrong it begins anew.
 */
export async function claimTime(tx: TxCtx): Promise<{ from: Date; to: Date } | undefined> {
  const { rows } = await sql<{ from: Date | null; to: Date }>`
    UPDATE installation SET time_tables_read_to = now()
      FROM (SELECT time_tables_read_to AS read_to FROM installation FOR UPDATE SKIP LOCKED) AS before
     WHERE read_to IS NULL OR read_to NOT BETWEEN now() - interval '15 seconds' AND now()
    RETURNING read_to AS from, time_tables_read_to AS to`.execute(sqlOf(tx))
  const [row] = rows
  return row && { from: row.from ?? row.to, to: row.to }
}

/** Of these jobs, those that are queued and have not begun: one of them is enough. */
export async function listWaiting(tx: TxCtx, names: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    SELECT DISTINCT name FROM ${sql.table(`${jobSchema}.job`)} WHERE state < 'active' AND name = ANY(${names})`.execute(
    sqlOf(tx),
  )
  return new Set(rows.map(({ name }) => name))
}
