import pg from 'pg'
import { serialize } from 'pg-protocol'

/** `execution`: what executes it once it is prepared, when that is always the same. */
export type Statement = { name: string | undefined; text: string; values: readonly unknown[]; execution?: Buffer }
export type Answer = { command: string; rowCount: number | null; rows: object[] }

/** One that takes no values, under its own text as its name. */
export const plainStatement = (text: string): Statement => ({
  name: text,
  text,
  values: [],
  execution: Buffer.concat([serialize.bind({ statement: text }), serialize.execute()]),
})

/**
 * Statements that go to PostgreSQL in one write and come back in one: it answers when it reaches the `Sync` at their end,
 * while `pg` by itself puts one after each. When one fails, PostgreSQL passes over those behind it, and they fail with
 * the same error. A prepared statement is parsed and described once for a connection; its columns cannot change, since
 * PostgreSQL refuses a plan whose result would.
 */
export class StatementBatch implements pg.Submittable {
  readonly #items: Item[] = []
  /** Which statement is being answered. */
  #at = 0
  /** Why those that were not sent were not. */
  #unsent: unknown

  /** `passedOver` says how this one fails when an earlier one did. */
  ask(statement: Statement, passedOver: (cause: unknown) => unknown = same): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#items.push(new Item(statement, { resolve, reject, passedOver }))
    })
  }

  /** The same, when the answer does not matter: should it fail, all that follows does. */
  tell(statement: Statement): void {
    this.#items.push(new Item(statement, nobody))
  }

  /** `pg` notes under these what has been parsed. */
  get name(): string | undefined {
    return this.#items[this.#at]?.name
  }
  get text(): string | undefined {
    return this.#items[this.#at]?.text
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire
    const messages: Buffer[] = []
    try {
      for (const item of this.#items) append(messages, wire, item)
    } catch (error) {
      // A value that cannot be written down. What stands before it is answered.
      this.#unsent = error
    }
    messages.push(serialize.sync())
    // When the connection is gone, `pg` is about to say so.
    if (wire.stream.writable) wire.stream.write(Buffer.concat(messages))
  }

  handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
    const item = this.#items[this.#at]
    if (item) item.shape = shapeOf(fields)
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const item = this.#items[this.#at]
    if (!item?.shape || item.broken) return
    try {
      item.rows.push(rowOf(item.shape, fields))
    } catch (error) {
      item.broken = { error }
    }
  }

  handleCommandComplete({ text }: { text: string }, connection: pg.Connection): void {
    const item = this.#items[this.#at]
    this.#at += 1
    if (!item) return
    if (item.name !== undefined) shapesOf(connection as unknown as Wire).set(item.name, item.shape)
    if (item.broken) item.waiter.reject(item.broken.error)
    else item.waiter.resolve(answerOf(text, item.rows))
  }

  handleReadyForQuery(connection: pg.Connection): void {
    if (this.#at < this.#items.length) this.handleError(this.#unsent, connection)
  }

  handleError(error: unknown, connection: pg.Connection): void {
    const { submittedNamedStatements } = connection as unknown as Wire
    const [failed, ...later] = this.#items.slice(this.#at)
    failed?.waiter.reject(error)
    for (const { name, waiter } of later) {
      if (name !== undefined) delete submittedNamedStatements[name]
      waiter.reject(waiter.passedOver(error))
    }
    this.#at = this.#items.length
  }
}

const same = (cause: unknown): unknown => cause

type Waiter = {
  resolve(answer: Answer): void
  reject(error: unknown): void
  passedOver(cause: unknown): unknown
}

const nobody: Waiter = { resolve: () => undefined, reject: () => undefined, passedOver: same }

class Item {
  readonly name: string | undefined
  readonly text: string
  readonly values: readonly unknown[]
  readonly execution: Buffer | undefined
  readonly waiter: Waiter
  readonly rows: object[] = []
  shape: Shape | undefined
  broken: { error: unknown } | undefined

  constructor({ name, text, values, execution }: Statement, waiter: Waiter) {
    this.name = name
    this.text = text
    this.values = values
    this.execution = execution
    this.waiter = waiter
  }
}

/** The part of `pg`'s connection that is needed here. Its types do not know all of it. */
type Wire = {
  stream: { writable: boolean; write(bytes: Buffer): void }
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils
// The mapper is called with an index, which this one would take for what it has seen.
const valueMapper = (value: unknown): unknown => prepareValue(value)

function append(messages: Buffer[], wire: Wire, item: Item): void {
  const { name = '', text, values } = item
  const isParsed = name !== '' && (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]) !== undefined
  const known = shapesOf(wire)
  const isDescribed = known.has(name)
  if (isDescribed) item.shape = known.get(name)
  if (isParsed && isDescribed && item.execution) {
    messages.push(item.execution)
    return
  }
  const bound = serialize.bind({ statement: name, values: values as unknown[], valueMapper })
  if (!isParsed) {
    messages.push(serialize.parse({ name, text }))
    if (name !== '') wire.submittedNamedStatements[name] = text
  }
  messages.push(bound)
  if (!isDescribed) messages.push(serialize.describe({ type: 'P' }))
  messages.push(serialize.execute())
}

/** The columns of an answer, and how to read each. */
type Shape = readonly { name: string; read(text: string): unknown }[]

const shapes = new WeakMap<Wire, Map<string, Shape | undefined>>()

/** What each prepared statement of a connection answers with; undefined when it answers with no rows. */
function shapesOf(wire: Wire): Map<string, Shape | undefined> {
  const known = shapes.get(wire) ?? new Map<string, Shape | undefined>()
  if (known.size === 0) shapes.set(wire, known)
  return known
}

const int8 = 20
const date = 1082
const timestamptz = 1184
const readTime = pg.types.getTypeParser(timestamptz, 'text') as (text: string) => Date

/** Eight-byte integers are numbers as long as JavaScript can hold them; a calendar day stays text (`2026-11-24`). */
export function readerOf(oid: number): (text: string) => unknown {
  if (oid === int8) return (text) => (text.length < 16 ? Number(text) : text)
  if (oid === date) return (text) => text
  if (oid === timestamptz) return timeOf
  return pg.types.getTypeParser(oid, 'text')
}

/** `2026-11-24 08:00:00.123456+00`, which is how times come: a list of conversations holds some hundred of them. */
function timeOf(text: string): Date {
  if (text.length > 29 || text[0] === '0' || text[4] !== '-' || !text.endsWith('+00')) return readTime(text)
  const two = (at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * zero
  const ms = text.length === 22 ? 0 : Number(text.slice(20, -3).padEnd(3, '0').slice(0, 3))
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), ms))
}

const zero = '0'.charCodeAt(0)

const shapeOf = (fields: readonly pg.FieldDef[]): Shape =>
  fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID) }))

function rowOf(shape: Shape, fields: readonly (string | null)[]): object {
  const row: Record<string, unknown> = {}
  for (let i = 0; i < shape.length; i += 1) {
    const column = shape[i]
    const text = fields[i]
    if (column) row[column.name] = text === null || text === undefined ? null : column.read(text)
  }
  return row
}

/** With the command and the count of PostgreSQL's tag, such as `INSERT 0 1`. */
function answerOf(tag: string, rows: object[]): Answer {
  const count = Number(tag.slice(tag.lastIndexOf(' ') + 1))
  const end = tag.indexOf(' ')
  return { command: end < 0 ? tag : tag.slice(0, end), rowCount: Number.isNaN(count) ? null : count, rows }
}
