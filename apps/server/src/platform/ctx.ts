import { organisationOfEvent } from '@clew/contract/event-owners'
import type { EventName, EventPayload } from '@clew/contract/events'
import type { Locale, OrganisationId } from '@clew/contract/primitives'
import { type Actor, scopeOf } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Database, Transaction } from './database.ts'
import { appendEvents, type EventDraft, eventDraft } from './event-log.repository.ts'
import { uuidv7 } from './ids.ts'
import type { Db } from './sql.ts'

/** Makes ids that sort by time. */
export type Ids = { next(): string }

/** Where a request came from: what the audit log says and what rules about addresses go by. */
export type Origin = {
  /** How whoever acts has said who they are. */
  via: 'session' | 'api_key' | 'scim' | 'sign_in' | 'job' | 'cli'
  /** The address of the caller, as the proxy in front says it. */
  address?: string
  userAgent?: string
  /** The id of the session or of the key; never its token. */
  sessionId?: string
}

/** Who asks, on whose behalf, and the few things every use-case needs. A new field needs a decision record. */
export type Ctx = {
  readonly actor: Actor
  readonly organisationId: OrganisationId | undefined
  readonly locale: Locale
  readonly requestId: string
  readonly origin: Origin
  readonly clock: Clock
  readonly ids: Ids
  /** All or nothing. A call inside a transaction joins it. */
  transaction<T>(work: (tx: TxCtx) => Promise<T>): Promise<T>
}

/** A `Ctx` inside its transaction: the only one that can read, write and emit. */
export type TxCtx = Ctx & {
  readonly db: Db
  /** The one organisation that it is for, where it is for one: by its scope, or because what it works on is of one. */
  readonly boundTo?: OrganisationId
  /** Writes an event with the commit of this transaction; subscribers see it after that. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
  /** Runs just before the commit, after everything else was asked: for what must be locked last. */
  beforeCommit(work: (tx: TxCtx) => Promise<unknown>): void
  /** Runs just before the commit and goes to PostgreSQL with it in one write. */
  withCommit(send: () => Promise<unknown>): void
  /** Makes the commit wake the workers of the queue. */
  announceJobs(): void
  /**
   * Says that nothing is asked after `last`, so that the commit goes out with it instead of a round trip later. What
   * throws afterwards undoes nothing.
   */
  conclude<T>(last: Promise<T>): Promise<T>
}

export type CtxParts = Omit<Ctx, 'transaction' | 'ids' | 'origin'> & { ids?: Ids; origin?: Origin }

const ofJob: Origin = { via: 'job' }

export function createCtx(database: Database, parts: CtxParts): Ctx {
  const whole = { ...parts, origin: parts.origin ?? ofJob, ids: parts.ids ?? clockIds(parts.clock) }
  return {
    ...whole,
    transaction: (work) => {
      const scope = scopeOf(parts.actor)
      return database.transaction(scope, (open) => {
        const tx = inside(whole, open, database.epoch)
        return work(scope.role === 'clew_organisation' ? boundTo(tx, scope.organisationId) : tx)
      })
    },
  }
}

export const clockIds = (clock: Clock): Ids => ({ next: () => uuidv7(clock.now().getTime()) })

function inside(parts: Omit<Ctx, 'transaction'>, open: Transaction, epoch: number): TxCtx {
  const events: EventDraft[] = []
  const tx: TxCtx = {
    ...parts,
    db: open.db,
    transaction: (work) => work(within(tx)),
    emit: (name, payload) => {
      if (events.length === 0) {
        open.announce('events')
        open.beforeCommit(() => appendEvents(tx, events))
      }
      events.push(eventDraft({ epoch, name, payload, at: parts.clock.now() }))
    },
    beforeCommit: (work) => open.atEnd(() => work(tx)),
    withCommit: (send) => open.beforeCommit(send),
    announceJobs: () => open.announce('jobs'),
    conclude: (last) => open.conclude(last),
  }
  return tx
}

/**
 * The same transaction for one organisation: nothing is said in it in the name of another, whatever the scope could see.
 */
export function boundTo(tx: TxCtx, organisationId: OrganisationId): TxCtx {
  const bound: TxCtx = {
    ...tx,
    organisationId,
    boundTo: organisationId,
    transaction: (work) => work(within(bound)),
    emit: (name, payload) => {
      refuseOther(bound, organisationOfEvent(name, payload))
      tx.emit(name, payload)
    },
  }
  return bound
}

/** The same for everything that is done in a context. */
export const forOrganisation = (ctx: Ctx, organisationId: OrganisationId): Ctx => ({
  ...ctx,
  organisationId,
  transaction: (work) => ctx.transaction((tx) => work(boundTo(tx, organisationId))),
})

/** A defect, and no wish of anybody's: so it fails whatever was under way. */
export function refuseOther({ boundTo: own }: TxCtx, said: OrganisationId | undefined): void {
  if (own !== undefined && said !== undefined && said !== own)
    throw new Error('one organisation acts in the name of another')
}

/** The same transaction with someone else acting in it. The scope stays what it was. */
export function actingAs(tx: TxCtx, actor: Actor): TxCtx {
  const other: TxCtx = { ...tx, actor, transaction: (work) => work(within(other)) }
  return other
}

/** For a use-case that runs inside another's transaction: it does not know what is asked after it. */
export function within(tx: TxCtx): TxCtx {
  const inner: TxCtx = { ...tx, transaction: (work) => work(inner), conclude: (last) => last }
  return inner
}
