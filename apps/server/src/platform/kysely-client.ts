import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { ClientBase } from 'pg'
import type { DB } from './generated/schema.ts'
import { sha256 } from './ids.ts'

/**
 * The query builder on one client whose transaction someone else opened: it neither begins nor commits.
 * Each text is prepared once for a connection, so PostgreSQL parses and plans it once. When the transaction is over, a
 * query that was left behind is refused: the client may be in someone else's by then.
 */
export function kyselyOn(client: ClientBase, transaction: Watched): Kysely<DB> {
  const connection = new ClientConnection(client, transaction)
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new BorrowedDriver(connection),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

type Watched = { isOver(): boolean; beforeQuery(): void }

const maxPreparedLength = 4000
const statementNames = new Map<string, string>()

/** Names stay within PostgreSQL's 63 bytes. Very long texts are one-offs (long value lists) and stay unnamed. */
function statementName(text: string): string | undefined {
  if (text.length > maxPreparedLength) return undefined
  const known = statementNames.get(text)
  if (known) return known
  const name = sha256(text).toString('base64url').slice(0, 32)
  if (statementNames.size < 2000) statementNames.set(text, name)
  return name
}

class ClientConnection implements DatabaseConnection {
  readonly #client: ClientBase
  readonly #transaction: Watched

  constructor(client: ClientBase, transaction: Watched) {
    this.#client = client
    this.#transaction = transaction
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#transaction.isOver()) throw new Error('the transaction is over')
    this.#transaction.beforeQuery()
    const name = statementName(query.sql)
    const result = await this.#client.query({
      ...(name ? { name } : {}),
      text: query.sql,
      values: [...query.parameters],
    })
    return {
      rows: result.rows as R[],
      ...(result.rowCount === null ? {} : { numAffectedRows: BigInt(result.rowCount) }),
    }
  }

  streamQuery(): never {
    throw new Error('streaming queries are not used')
  }
}

class BorrowedDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async beginTransaction(): Promise<void> {
    throw new Error('a transaction is already open: pass tx on')
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
