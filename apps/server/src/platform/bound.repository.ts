import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxCtx } from './ctx.ts'

/**
 * Whether a row with this organisation is one that the transaction is for. Where it is for one, nothing of another is
 * found by its id either, though the policies of the database should fail.
 */
export const isOfBound = ({ boundTo }: TxCtx, column: string): RawBuilder<SqlBool> =>
  boundTo === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(column)} = ${boundTo}::uuid`
