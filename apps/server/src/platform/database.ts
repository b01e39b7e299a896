import pg from 'pg'
import type { Scope } from './actor.ts'
import { AppError } from './app-error.ts'
import { sha256 } from './ids.ts'
import { TransactionKysely } from './kysely-client.ts'
import type { Log } from './log.ts'
import { type News, type NewsDesk, newsChannel } from './news.ts'
import { asDb, type Db } from './sql.ts'
import { type Answer, plainStatement, readerOf, type Statement, StatementBatch } from './statement-batch.ts'

/** Where PostgreSQL is and as whom to sign in. `host` may be the folder of a socket. */
export type ConnectionSettings = {
  host: string
  port: number
  user: string
  password: string
  database: string
  ssl?: boolean | { rejectUnauthorized: boolean }
}

/** As whom to serve, and the epoch of the event log. */
export type Access = { app: ConnectionSettings; epoch: number }

/** One transaction while it is open. */
export type Transaction = {
  readonly db: Db
  /** Makes the commit tell every process that there is something new. */
  announce(news: News): void
  /** Runs just before the commit and goes to PostgreSQL with it in one write. */
  beforeCommit(send: () => Promise<unknown>): void
  /** Runs when everything else was asked, before the commit is sent: for what has to be locked last. */
  atEnd(work: () => Promise<unknown>): void
  /**
   * Says that nothing is asked after `last`, so that the commit goes out with it instead of a round trip later. What
   * throws afterwards undoes nothing.
   */
  conclude<T>(last: Promise<T>): Promise<T>
}

export type Database = {
  readonly epoch: number
  readonly settings: ConnectionSettings
  /**
   * Runs `work` in one transaction with the rights of a scope, and again when PostgreSQL asks for it (deadlock,
   * serialisation).
   */
  transaction<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** A plain statement outside any scope, for health checks. */
  ping(): Promise<void>
  stats(): { total: number; idle: number; waiting: number }
  close(): Promise<void>
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    format === 'binary' ? pg.types.getTypeParser(oid, format) : readerOf(oid)) as pg.CustomTypesConfig['getTypeParser'],
}

type PoolOptions = { name: string; options?: string }

/** `settings` is asked for when a connection is opened, not before. */
export function openPool(settings: () => ConnectionSettings, max: number, more: PoolOptions): pg.Pool {
  class Client extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super({ ...options, ...settings() })
    }
  }
  const pool = new pg.Pool({
    Client,
    max,
    // Each is a process that holds some MB: what a burst has opened goes when it is over, and one stays for the next.
    min: 1,
    types,
    application_name: more.name,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    // A server that vanishes without a word is noticed within seconds, and who waits for its answer is told.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(more.options === undefined ? {} : { options: more.options }),
  })
  // The pool looks after idle clients only. One whose connection breaks between two statements of a transaction would
  // end the process; its next statement says what happened.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** What a statement makes new by its text, beside the events and jobs of its transaction. Asked once for each text. */
export type NewsOf = (text: string) => News | undefined

type Options = { log: Log; desk: NewsDesk; newsOf?: NewsOf; max?: number }

/** Opens the pool of the sign-in role. Nothing may be asked before the database is prepared and `access` answers. */
export function openDatabase(access: () => Access, options: Options): Database {
  const statements = new Statements(options.newsOf)
  const pool = openPool(() => access().app, options.max ?? 20, { name: 'clew' })
  let isClosing = false
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => {
    if (!isClosing) options.log.warn({ code: codeOf(error) }, 'a database connection was lost')
  })
  return {
    get epoch() {
      return access().epoch
    },
    get settings() {
      return access().app
    },
    transaction: (scope, work) =>
      withRetries(() => inTransaction({ pool, scope, desk: options.desk, statements }, work)),
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

type Opening = { pool: pg.Pool; scope: Scope; desk: NewsDesk; statements: Statements }

async function inTransaction<T>(opening: Opening, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await connect(opening.pool)
  const open = new OpenTransaction(client, opening)
  try {
    const result = await work(open)
    await open.commit()
    client.release()
    open.tell()
    return result
  } catch (error) {
    const failed = await open.end()
    await rollBack(client)
    // When the connection broke as it was committed, nobody knows whether it was.
    if (isGone(error)) open.tell()
    throw failed ? failed.error : error
  }
}

class OpenTransaction implements Transaction {
  readonly db: Db
  readonly #client: pg.PoolClient
  readonly #opening: Promise<{ error: unknown } | undefined>
  readonly #last: (() => Promise<unknown>)[] = []
  readonly #ending: (() => Promise<unknown>)[] = []
  readonly #news = new Set<News>()
  readonly #desk: NewsDesk
  /** Whether the commit tells the other processes. */
  #tells = true
  #batch = new StatementBatch()
  #isHeld = 0
  #isSendingLast = false
  #committed: Promise<void> | undefined
  #isOver = false

  constructor(client: pg.PoolClient, { scope, desk, statements }: Opening) {
    this.#client = client
    this.#desk = desk
    this.db = asDb(
      new TransactionKysely((text, values) => {
        const { name, news } = statements.known(scope, text)
        if (news !== undefined) this.#news.add(news)
        return this.#query({ name, text, values })
      }),
    )
    // Not waited for: the first query goes out with it. Should it fail, the transaction is void and so is the query.
    this.#sendTogether()
    this.#batch.tell(begin)
    this.#opening = this.#batch.ask(takingOn(scope)).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
  }

  announce(news: News): void {
    this.#news.add(news)
  }

  beforeCommit(send: () => Promise<unknown>): void {
    if (this.#isSendingLast) throw new Error('the commit has begun')
    this.#last.push(send)
  }

  atEnd(work: () => Promise<unknown>): void {
    if (this.#committed) throw new Error('the commit has begun')
    this.#ending.push(work)
  }

  conclude<T>(last: Promise<T>): Promise<T> {
    this.commit().catch(() => undefined)
    return last
  }

  commit(): Promise<void> {
    this.#committed ??= this.#sendCommit()
    return this.#committed
  }

  /** Once it is committed: whoever waits for what it added is told. */
  tell(): void {
    if (this.#news.size > 0) this.#desk.committed(this.#news, { isTold: this.#tells })
  }

  /** No query comes through any more. Answers what went wrong when the transaction was opened, if anything did. */
  async end(): Promise<{ error: unknown } | undefined> {
    this.#isOver = true
    await this.#committed?.catch(() => undefined)
    return this.#opening
  }

  async #sendCommit(): Promise<void> {
    for (const work of this.#ending) await work()
    this.#isSendingLast = true
    const before = Promise.all(this.#last.map((send) => send()))
    before.catch(() => undefined)
    const committed = new Promise<Answer>((resolve, reject) => {
      this.#sendTogether(() => {
        // By now the queries that were asked before have been handed on, though not answered.
        this.#isOver = true
        if (this.#news.size > 0) this.#giveNotice()
        this.#batch.ask(commit, undone).then(resolve, reject)
      })
    })
    committed.catch(() => undefined)
    await before
    // A transaction in which a query failed ends with a rollback, and PostgreSQL does not call that an error.
    if ((await committed).command === 'ROLLBACK') throw undone()
  }

  #giveNotice(): void {
    const payload = this.#desk.payloadForCommit(this.#news)
    this.#tells = payload !== undefined
    if (payload !== undefined) this.#batch.tell(fixedStatement(`NOTIFY ${newsChannel}, '${payload}'`))
  }

  /** When the transaction is over, a query that was left behind is refused: the client may be in someone else's by then. */
  async #query(statement: Statement): Promise<Answer> {
    if (this.#isOver) throw new Error('the transaction is over')
    this.#sendTogether()
    return this.#batch.ask(statement)
  }

  /** What is asked before the event loop turns goes to PostgreSQL in one write. */
  #sendTogether(last?: () => void): void {
    this.#isHeld += 1
    process.nextTick(() => {
      last?.()
      this.#isHeld -= 1
      if (this.#isHeld > 0) return
      this.#client.query(this.#batch)
      this.#batch = new StatementBatch()
    })
  }
}

const begin = plainStatement('BEGIN')
const commit = plainStatement('COMMIT')
const fixed = new Map<string, Statement>()

/** One of the few that are said again and again. */
function fixedStatement(text: string): Statement {
  const statement = fixed.get(text) ?? plainStatement(text)
  fixed.set(text, statement)
  return statement
}

/** How a commit fails when a query before it did: PostgreSQL passes it over. */
const undone = (cause?: unknown): unknown =>
  isRetryable(cause) || isGone(cause) ? cause : new Error('the transaction was rolled back', { cause })

/** Takes the scope's role, and says whose rows. */
function takingOn(scope: Scope): Statement {
  if (scope.role === 'clew_contact') return { ...asContact, values: [scope.contactId] }
  if (scope.role === 'clew_organisation') return { ...asOrganisation, values: [scope.organisationId] }
  return fixedStatement(`SET LOCAL ROLE ${scope.role}`)
}

const asContact = {
  name: 'as_contact',
  text: `SELECT set_config('role', 'clew_contact', true), set_config('clew.contact_id', $1, true)`,
}

const asOrganisation = {
  name: 'as_organisation',
  text: `SELECT set_config('role', 'clew_organisation', true), set_config('clew.organisation_id', $1, true)`,
}

const maxPreparedLength = 4000
const maxNamed = 2000

type Known = { name: string | undefined; news: News | undefined }

/** What is known of each text. A plan holds for one role, so each prepares its own. */
class Statements {
  readonly #newsOf: NewsOf
  readonly #byRole = new Map<Scope['role'], Map<string, Known>>()

  constructor(newsOf: NewsOf = () => undefined) {
    this.#newsOf = newsOf
  }

  /** Very long texts are one-offs (long value lists) and stay unnamed. */
  known({ role }: Scope, text: string): Known {
    if (text.length > maxPreparedLength) return { name: undefined, news: this.#newsOf(text) }
    const ofRole = this.#byRole.get(role) ?? new Map<string, Known>()
    this.#byRole.set(role, ofRole)
    const known = ofRole.get(text)
    if (known) return known
    // Names stay within PostgreSQL's 63 bytes.
    const name = sha256(role, text).toString('base64url').slice(0, 32)
    const fresh = { name, news: this.#newsOf(text) }
    if (ofRole.size < maxNamed) ofRole.set(text, fresh)
    return fresh
  }
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
