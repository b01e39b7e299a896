import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { DB } from './generated/schema.ts'
import type { Answer } from './statement-batch.ts'

type Send = (text: string, values: readonly unknown[]) => Promise<Answer>

/**
 * The query builder on a transaction that someone else opened: it neither begins nor commits. Each text is prepared once
 * for a connection, so PostgreSQL parses and plans it once.
 */
export class TransactionKysely extends Kysely<DB> {
  /** What is built already need not pass through the query builder. */
  readonly send: Send

  constructor(send: Send) {
    const connection = new TransactionConnection(send)
    const provideConnection = <T>(use: (connection: DatabaseConnection) => Promise<T>): Promise<T> => use(connection)
    super({ ...shared, executor: new DefaultQueryExecutor(compiler, adapter, { provideConnection }) })
    this.send = send
  }
}

class TransactionConnection implements DatabaseConnection {
  readonly #send: Send

  constructor(send: Send) {
    this.#send = send
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount } = await this.#send(query.sql, query.parameters)
    return { rows: rows as R[], ...(rowCount === null ? {} : { numAffectedRows: BigInt(rowCount) }) }
  }

  streamQuery(): never {
    throw new Error('streaming queries are not used')
  }
}

/** A transaction is open before the query builder gets to it, and someone else ends it. */
const driver: Driver = {
  init: async () => undefined,
  acquireConnection: () => Promise.reject(new Error('the query builder has no connections of its own')),
  beginTransaction: () => Promise.reject(new Error('a transaction is already open: pass tx on')),
  commitTransaction: async () => undefined,
  rollbackTransaction: async () => undefined,
  releaseConnection: async () => undefined,
  destroy: async () => undefined,
}

const adapter = new PostgresAdapter()
// It compiles a query from beginning to end before the next one, so all transactions can share it.
const compiler = new PostgresQueryCompiler()
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
}
const shared = { config: { dialect }, dialect, driver }
