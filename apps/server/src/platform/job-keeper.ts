import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import PgBoss from 'pg-boss'
import type { Ctx, TxCtx } from './ctx.ts'
import { codeOf } from './database.ts'
import { jobSchema } from './job-queues.ts'
import type { Log } from './log.ts'
import { claimTime, dueBetween, listWaiting, type TimeTable } from './time-tables.ts'

/** Nobody waits for it, while a start has better things to do. */
const leisureMs = 1_000
const everyMs = 20_000

type Sender = { send(tx: TxCtx, work: { name: string; input: object }): Promise<void> }
type Parts = { pool: pg.Pool; newCtx: (job: string) => Ctx; jobs: Sender; log: Log }

/** Queues work when its time has come, and tidies the queues up. Of several processes one does it at a time. */
export class JobKeeper {
  readonly #parts: Parts
  readonly #boss: PgBoss
  readonly #leaving = new AbortController()
  #keeping: Promise<void> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => onOneConnection(parts.pool, text, values) },
      schema: jobSchema,
      archiveCompletedAfterSeconds: 3600,
      deleteAfterDays: 7,
    })
  }

  start(tables: readonly TimeTable[]): void {
    this.#keeping ??= this.#keep(tables)
  }

  async stop(): Promise<void> {
    this.#leaving.abort()
    await this.#keeping
  }

  async #keep(tables: readonly TimeTable[]): Promise<void> {
    const { signal } = this.#leaving
    const passes = (ms: number): Promise<boolean> => pause(ms, true, { signal }).catch(() => false)
    for (let waitMs = leisureMs; await passes(waitMs); waitMs = everyMs) {
      try {
        // Work of a process that was killed is queued anew, what is done is put away.
        if (await this.#queueDue(tables)) await this.#boss.maintain()
      } catch (error) {
        if (!signal.aborted) this.#parts.log.warn({ code: codeOf(error) }, 'the job queues could not be looked after')
      }
    }
  }

  /** Whether it was this process's turn. */
  #queueDue(tables: readonly TimeTable[]): Promise<boolean> {
    const { newCtx, jobs } = this.#parts
    return newCtx('platform.read_time_tables').transaction(async (tx) => {
      const time = await claimTime(tx)
      if (time === undefined) return false
      const due = dueBetween(tables, time.from, time.to)
      const waiting = due.length === 0 ? new Set<string>() : await listWaiting(tx, due)
      for (const name of due) if (!waiting.has(name)) await jobs.send(tx, { name, input: {} })
      return true
    })
  }
}

/** Its statements begin and end transactions; a connection on which one of them failed is not used again. */
async function onOneConnection(pool: pg.Pool, text: string, values?: unknown[]): Promise<pg.QueryResult> {
  const client = await pool.connect()
  try {
    const result = await client.query(text, values)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
