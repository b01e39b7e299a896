import type { EventName, EventPayload } from '@clew/contract/events'
import type { Locale, OrganisationId } from '@clew/contract/primitives'
import { type Actor, scopeOf } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Announce, Database } from './database.ts'
import { appendEvents, type EventDraft } from './event-log.repository.ts'
import { uuidv7 } from './ids.ts'
import type { Db } from './sql.ts'

/** Makes ids that sort by time. */
export type Ids = { next(): string }

/** Who asks, on whose behalf, and the few things every use-case needs. A new field needs a decision record. */
export type Ctx = {
  readonly actor: Actor
  readonly organisationId: OrganisationId | undefined
  readonly locale: Locale
  readonly requestId: string
  readonly clock: Clock
  readonly ids: Ids
  /** All or nothing. A call inside a transaction joins it. */
  transaction<T>(work: (tx: TxCtx) => Promise<T>): Promise<T>
}

/** A `Ctx` inside its transaction: the only one that can read, write and emit. */
export type TxCtx = Ctx & {
  readonly db: Db
  /** Writes an event in this transaction; subscribers see it after commit. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): Promise<void>
  /** Makes the commit wake the workers of the queue. */
  announceJobs(): void
}

export type CtxParts = Omit<Ctx, 'transaction' | 'ids'> & { ids?: Ids }

export function createCtx(database: Database, parts: CtxParts): Ctx {
  const whole = { ...parts, ids: parts.ids ?? clockIds(parts.clock) }
  return {
    ...whole,
    transaction: (work) =>
      database.transaction(scopeOf(parts.actor), (db, announce) =>
        work(joined({ ...whole, db, announce, epoch: database.epoch })),
      ),
  }
}

export const clockIds = (clock: Clock): Ids => ({ next: () => uuidv7(clock.now().getTime()) })

type InTransaction = Omit<Ctx, 'transaction'> & { db: Db; announce: Announce; epoch: number }

/** Joins a transaction that is already open, as the dispatcher does for the subscribers. */
export function joined(parts: InTransaction): TxCtx {
  const { announce, epoch, ...rest } = parts
  const tx: TxCtx = {
    ...rest,
    transaction: (work) => work(tx),
    emit: async (name, payload) => {
      const draft: EventDraft = { epoch, name, payload, at: parts.clock.now() }
      await appendEvents(tx, [draft])
      announce('events')
    },
    announceJobs: () => announce('jobs'),
  }
  return tx
}

/** The same transaction with someone else acting in it. The scope stays what it was. */
export function actingAs(tx: TxCtx, actor: Actor): TxCtx {
  const other: TxCtx = { ...tx, actor, transaction: (work) => work(other) }
  return other
}
