import type { Writable } from 'node:stream'
import pg from 'pg'
import type { Scope } from './actor.ts'
import { AppError } from './app-error.ts'
import { kyselyOn } from './kysely-client.ts'
import type { Log } from './log.ts'
import { asDb, type Db } from './sql.ts'

/** Where PostgreSQL is and as whom to sign in. `host` may be the folder of a socket. */
export type ConnectionSettings = {
  host: string
  port: number
  user: string
  password: string
  database: string
  ssl?: boolean | { rejectUnauthorized: boolean }
}

/** The channel on which a commit says what it added: events, jobs, or both. */
export const newsChannel = 'clew_news'
export type News = 'events' | 'jobs'
/** Makes the commit tell every process that there is something new. */
export type Announce = (news: News) => void

export type Database = {
  readonly epoch: number
  readonly settings: ConnectionSettings
  /**
   * Runs `work` in one transaction with the rights of a scope, and again when PostgreSQL asks for it (deadlock,
   * serialisation).
   */
  transaction<T>(scope: Scope, work: (db: Db, announce: Announce) => Promise<T>): Promise<T>
  /** A plain statement outside any scope, for health checks. */
  ping(): Promise<void>
  stats(): { total: number; idle: number; waiting: number }
  close(): Promise<void>
}

const int8 = 20
const date = 1082
const parseInt8 = (text: string): number | string => (text.length < 16 ? Number(text) : text)

/** Eight-byte integers are numbers as long as JavaScript can hold them; a calendar day stays text (`2026-11-24`). */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === int8 && format !== 'binary') return parseInt8
    if (oid === date && format !== 'binary') return (text: string) => text
    return pg.types.getTypeParser(oid, format ?? 'text')
  }) as pg.CustomTypesConfig['getTypeParser'],
}

type PoolOptions = {
  name: string
  options?: string
  /** Sends a query without waiting for the answer to the one before. */
  pipeline?: boolean
}

export function openPool(settings: ConnectionSettings, max: number, more: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...settings,
    max,
    types,
    application_name: more.name,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    ...(more.options === undefined ? {} : { options: more.options }),
    ...(more.pipeline === undefined ? {} : { pipeline: more.pipeline }),
  })
  // The pool looks after idle clients only. One whose connection breaks between two statements of a transaction would
  // end the process; its next statement says what happened.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Opens the pool of the sign-in role. The caller has migrated before and knows the epoch. */
export function openDatabase(
  settings: ConnectionSettings,
  options: { epoch: number; log: Log; max?: number },
): Database {
  const pool = openPool(settings, options.max ?? 20, { name: 'clew', pipeline: true })
  let isClosing = false
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => {
    if (!isClosing) options.log.warn({ code: codeOf(error) }, 'a database connection was lost')
  })
  return {
    epoch: options.epoch,
    settings,
    transaction: (scope, work) => withRetries(() => inTransaction(pool, scope, work)),
    ping: async () => {
      await pool.query('SELECT 1')
    },
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => {
      isClosing = true
      return pool.end()
    },
  }
}

async function inTransaction<T>(
  pool: pg.Pool,
  scope: Scope,
  work: (db: Db, announce: Announce) => Promise<T>,
): Promise<T> {
  const client = await connect(pool)
  const news = new Set<News>()
  // Not waited for: the first query goes out with it. Should it fail, the transaction is void and so is the query.
  sendTogether(client)
  const opening = client.query(openingOf(scope)).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  let isOver = false
  try {
    const db = kyselyOn(client, () => isOver)
    const result = await work(asDb(db), (what) => news.add(what))
    isOver = true
    await client.query(news.size > 0 ? `NOTIFY ${newsChannel}, '${[...news].join(' ')}'; COMMIT` : 'COMMIT')
    client.release()
    return result
  } catch (error) {
    isOver = true
    const failed = await opening
    await rollBack(client)
    throw failed ? failed.error : error
  }
}

/** What is asked before the event loop turns goes to PostgreSQL in one write. */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** Begins, takes the scope's role, and says whose rows. The id was parsed as a UUID before. */
function openingOf(scope: Scope): string {
  const begin = `BEGIN; SET LOCAL ROLE ${scope.role}`
  return scope.role === 'clew_contact' ? `${begin}; SET LOCAL clew.contact_id = '${uuid(scope.contactId)}'` : begin
}

function uuid(id: string): string {
  if (!/^[0-9a-f-]{36}$/i.test(id)) throw new Error('a scope needs a UUID')
  return id
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw new AppError('server.database_unavailable', {}, { cause })
  }
}

/** A client that cannot even roll back is thrown away. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch (error) {
    client.release(error instanceof Error ? error : true)
  }
}

const retried = new Set(['40001', '40P01'])
const gone = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ENOENT',
])
const maxTries = 4

/** A deadlock or a serialisation failure: the same transaction may well go through when it is run again. */
export const isRetryable = (error: unknown): boolean => retried.has(codeOf(error))

async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (isRetryable(error) && attempt < maxTries) continue
      if (isGone(error)) throw new AppError('server.database_unavailable', {}, { cause: error })
      throw error
    }
  }
}

function isGone(error: unknown): boolean {
  return (
    gone.has(codeOf(error)) ||
    (error instanceof Error && /Connection terminated|connection is closed|not queryable/i.test(error.message))
  )
}

export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
