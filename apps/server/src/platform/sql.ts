import type { Kysely } from 'kysely'
import type { DB } from './generated/schema.ts'
import type { TransactionKysely } from './kysely-client.ts'

declare const handle: unique symbol

/** An open transaction. Only repositories can turn it into SQL. */
export type Db = { readonly [handle]: true }

export const asDb = (db: TransactionKysely): Db => db as unknown as Db

/** Sends what is written already. */
export const sendOf = ({ db }: { db: Db }): TransactionKysely['send'] => (db as unknown as TransactionKysely).send

export const sqlOf = ({ db }: { db: Db }): Kysely<DB> => db as unknown as Kysely<DB>
