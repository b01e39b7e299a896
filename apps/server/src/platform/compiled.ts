import type { CompiledQuery, Kysely } from 'kysely'
import type { DB } from './generated/schema.ts'
import { TransactionKysely } from './kysely-client.ts'
import { type Db, sendOf } from './sql.ts'

/**
 * A query of a path that is taken often: built once, then only sent. `build` gets what stands for each value by name, and
 * passes it on as it is: it is no value yet. What depends on a value otherwise (how many there are, `IS NULL`) is another
 * query. A value that is undefined is NULL.
 */
export function compiled<V extends object, R>(
  build: (db: Kysely<DB>, values: V) => CompiledQuery<R>,
): (tx: { db: Db }, values: V) => Promise<R[]> {
  let built: CompiledQuery<R> | undefined
  return async (tx, values) => {
    built ??= build(builder, places as V)
    const parameters = built.parameters.map((each) =>
      each instanceof ValuePlace ? values[each.name as keyof V] : each,
    )
    return (await sendOf(tx)(built.sql, parameters)).rows as R[]
  }
}

class ValuePlace {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

const places = new Proxy({}, { get: (_target, name) => new ValuePlace(String(name)) })

const builder = new TransactionKysely(() => Promise.reject(new Error('a query that is only built is not sent')))
