import { setTimeout as pause } from 'node:timers/promises'
import type { OrganisationId } from '@clew/contract/primitives'
import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import PgBoss from 'pg-boss'
import type { z } from 'zod'
import { type Ctx, forOrganisation, type TxCtx } from './ctx.ts'
import { type ConnectionSettings, codeOf, openPool } from './database.ts'
import type { DB } from './generated/schema.ts'
import { JobKeeper } from './job-keeper.ts'
import { jobSchema, type QueueDefinition } from './job-queues.ts'
import { JobWorker } from './job-worker.ts'
import { presenceLock } from './listener.ts'
import type { Log } from './log.ts'
import { type Db, sqlOf } from './sql.ts'

/** A table whose rows are of no organisation, by which a job may name what it works on. */
type RowOfNone = { [T in keyof DB]: 'organisation_id' extends keyof DB[T] ? never : T }[keyof DB]

/**
 * Whose rows a job works on. What is of an organisation says in its input which one, and is done for that one only. A
 * job that names no row looks for itself at what is due, everybody's.
 */
export type JobOwner = 'organisation' | 'everybody' | { row: RowOfNone }

/** What a job may claim, by its input: one that works on rows of organisations without naming one does not compile. */
type OwnerBy<I> = string extends keyof I
  ? 'everybody'
  : 'organisationId' extends keyof I
    ? 'organisation'
    : { row: RowOfNone }

/** Background work of a room. Runs at least once, so it is written to be run twice. */
export type Job = QueueDefinition & {
  of: JobOwner
  input: z.ZodType
  /** How many of them one process works on at a time; without it one after the other. */
  atOnce?: number
  /** Five cron fields, UTC; the job then also runs by itself, with an empty input. */
  cron?: string
  run(ctx: Ctx, input: never): Promise<void>
}

export function job<I extends z.ZodType>(
  name: string,
  options: {
    of: OwnerBy<z.output<I>>
    input: I
    retries: number
    timeoutSeconds: number
    cron?: string
    atOnce?: number
  },
  run: (ctx: Ctx, input: z.output<I>) => Promise<void>,
): Job {
  return { name, ...options, run }
}

export type QueuedWork = { name: string; input: object; id?: string; startAfterSeconds?: number }

/** Puts work in the queue with the commit of the caller's transaction. The same `id` is taken once. */
export type Jobs = {
  send(tx: TxCtx, work: QueuedWork): Promise<void>
}

const executeIn = (tx: { db: Db }): PgBoss.Db => ({
  executeSql: async (text, values) => {
    const result = await sqlOf(tx).executeQuery(CompiledQuery.raw(text, values))
    return { rows: result.rows as object[] }
  },
})

const pollMs = 5_000
const dueQueues = `SELECT DISTINCT name FROM ${jobSchema}.job WHERE state < 'active' AND start_after <= now()`
const stopPatienceMs = 15_000
const maxNotes = 30

type RunnerOptions = {
  settings: () => ConnectionSettings
  log: Log
  newCtx: (job: string) => Ctx
  /** Without it nothing is queued because its time has come, and nothing is put away. */
  keepsTime?: boolean | undefined
}

/** The workers of this process, and the way into the queue. */
export class JobRunner implements Jobs {
  readonly #boss: PgBoss
  readonly #keeper: JobKeeper | undefined
  readonly #pool: pg.Pool
  readonly #log: Log
  readonly #newCtx: (job: string) => Ctx
  readonly #workers = new Map<string, JobWorker>()
  readonly #lookOut = new JobWorker(() => this.#wakeWorkers(), pollMs)
  readonly #running = new Map<string, Set<Promise<void>>>()
  /** What goes into the queue with the commit of each open transaction. */
  readonly #sent = new WeakMap<Db, PgBoss.JobInsert[]>()
  #stopping = false

  constructor(options: RunnerOptions) {
    this.#log = options.log
    this.#newCtx = options.newCtx
    this.#pool = openPool(options.settings, 2, { name: 'clew-jobs', options: '-c role=clew_system' })
    this.#pool.on('error', (error) => {
      if (!this.#stopping) this.#log.warn({ code: codeOf(error) }, 'a database connection of the jobs was lost')
    })
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => this.#pool.query(text, values) },
      schema: jobSchema,
    })
    const { log, newCtx, keepsTime = true } = options
    this.#keeper = keepsTime ? new JobKeeper({ pool: this.#pool, newCtx, jobs: this, log }) : undefined
  }

  /** Before the process listens for notifications, by which it would count as at work itself. */
  async start(jobs: readonly Job[]): Promise<void> {
    await this.#takeUpOrphans()
    for (const each of jobs) {
      const worker = new JobWorker(() => this.#takeOne(each))
      this.#workers.set(each.name, worker)
      worker.start()
    }
    this.#lookOut.start()
    this.#keeper?.start(jobs)
  }

  /** One look at all queues wakes the workers that have something to do, so that the others need not ask. */
  async #wakeWorkers(): Promise<false> {
    try {
      const { rows } = await this.#pool.query<{ name: string }>({ name: 'due_queues', text: dueQueues })
      for (const { name } of rows) this.#workers.get(name)?.wake()
    } catch (error) {
      if (!this.#stopping) this.#log.warn({ code: codeOf(error) }, 'the job queues could not be looked at')
    }
    return false
  }

  async send(tx: TxCtx, { name, input, id, startAfterSeconds }: QueuedWork): Promise<void> {
    // The store drops in silence what is for a queue that it does not know.
    if (this.#workers.size > 0 && !this.#workers.has(name)) throw new Error(`there is no job ${name}`)
    const sent = this.#sent.get(tx.db) ?? []
    if (sent.length === 0) {
      this.#sent.set(tx.db, sent)
      tx.withCommit(() => this.#boss.insert(sent, { db: executeIn(tx) }))
    }
    sent.push({
      name,
      data: input,
      ...(id === undefined ? {} : { id }),
      // A number of seconds from now, which the types do not know.
      ...(startAfterSeconds === undefined ? {} : { startAfter: String(startAfterSeconds) }),
    })
    // What starts later is found by the worker's own look-out.
    if (startAfterSeconds === undefined) tx.announceJobs()
  }

  /** Lets somebody look now instead of at the next poll. */
  wake(): void {
    this.#lookOut.wake()
  }

  /** Finishes what is running, then lets go. What takes too long is taken up by the next process. */
  async stop(): Promise<void> {
    this.#stopping = true
    const patience = new AbortController()
    await Promise.race([
      Promise.all([this.#lookOut, ...this.#workers.values()].map((worker) => worker.stop())).then(() =>
        this.#allEnded(),
      ),
      pause(stopPatienceMs, undefined, patience).catch(() => undefined),
    ])
    patience.abort()
    await this.#keeper?.stop()
    await this.#pool.end()
  }

  /**
   * What a killed process had begun would wait until its time is over, which is minutes. Whoever starts while nobody
   * else is at work takes it up at once. One that may itself have killed the process is left to its time and tries.
   */
  async #takeUpOrphans(): Promise<void> {
    await this.#pool.query(`
      WITH alone AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${presenceLock}) AS yes)
      UPDATE ${jobSchema}.job SET state = 'retry', start_after = now()
       WHERE state = 'active' AND retry_count < retry_limit AND (SELECT yes FROM alone)`)
  }

  /**
   * Our own loop around pg-boss's steps: its worker does not wait for the note that a job has ended, so that a database
   * which goes away at that moment would end the process.
   */
  async #takeOne(each: Job): Promise<boolean> {
    try {
      const [found] = await this.#boss.fetch<unknown>(each.name)
      if (!found) return false
      const running = this.#running.get(each.name) ?? new Set()
      this.#running.set(each.name, running)
      const run = this.#runToEnd(each, found).finally(() => running.delete(run))
      running.add(run)
      if (running.size >= (each.atOnce ?? 1)) await Promise.race(running)
      return true
    } catch (error) {
      this.#noteUnreachable(each, error)
      return false
    }
  }

  /** Never throws. */
  async #runToEnd(each: Job, found: PgBoss.Job<unknown>): Promise<void> {
    try {
      const failure = await this.#attempt(each, found)
      await this.#settle(() =>
        failure === undefined
          ? this.#boss.complete(each.name, found.id)
          : this.#boss.fail(each.name, found.id, failure),
      )
    } catch (error) {
      this.#noteUnreachable(each, error)
    }
  }

  #noteUnreachable(each: Job, error: unknown): void {
    if (!this.#stopping) this.#log.warn({ code: codeOf(error), job: each.name }, 'the job queue could not be reached')
  }

  async #allEnded(): Promise<void> {
    await Promise.all([...this.#running.values()].flatMap((running) => [...running]))
  }

  /** Runs a job within its time. Answers what went wrong, if anything did. */
  async #attempt(each: Job, { id, data }: PgBoss.Job<unknown>): Promise<object | undefined> {
    const timer = new AbortController()
    const late = pause(each.timeoutSeconds * 1000, undefined, timer).then(() => {
      throw new Error(`the job took more than ${each.timeoutSeconds} s`)
    })
    try {
      const input = each.input.parse(data ?? {})
      this.#log.debug({ job: each.name, id }, 'job runs')
      await Promise.race([each.run(this.#ctxFor(each, input), input as never), late])
      return undefined
    } catch (error) {
      this.#log.warn({ err: error, job: each.name, id }, 'a job failed')
      return error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { error }
    } finally {
      timer.abort()
      late.catch(() => undefined)
    }
  }

  /** An older version did not say whose the work is that it left in the queue. */
  #ctxFor({ name, of }: Job, input: unknown): Ctx {
    const ctx = this.#newCtx(name)
    const { organisationId } = input as { organisationId?: OrganisationId }
    return of !== 'organisation' || organisationId === undefined ? ctx : forOrganisation(ctx, organisationId)
  }

  /** The end of a job is noted even when the database is away for a moment; later its time runs out there. */
  async #settle(note: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await note()
      } catch (error) {
        if (tries === maxNotes || this.#stopping) throw error
        await pause(1_000)
      }
    }
  }
}
