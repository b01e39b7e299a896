import type { Kysely } from 'kysely'
import type { DB } from './generated/schema.ts'

declare const handle: unique symbol

/** An open transaction. Only repositories can turn it into SQL. */
export type Db = { readonly [handle]: true }

export const asDb = (db: Kysely<DB>): Db => db as unknown as Db

export const sqlOf = ({ db }: { db: Db }): Kysely<DB> => db as unknown as Kysely<DB>
