import type { EventName, EventPayload } from '@clew/contract/events'
import type { ContactId } from '@clew/contract/primitives'
import type { RealtimeChange } from '@clew/contract/realtime'
import type { TxCtx } from './ctx.ts'
import type { Job } from './jobs.ts'
import type { AnyRoute } from './routes.ts'

/** What a room does when something happened elsewhere. Runs after commit, in the transaction that moves its place. */
export type Subscriber = {
  name: string
  on: EventName
  /** Whether this one is of any concern. Without it all are. */
  when?(payload: never): boolean
  /**
   * It is in no hurry and holds no rows of others: its events are taken a little later and many at a time, in one
   * transaction in which all are begun together.
   */
  gathers?: boolean
  run(tx: TxCtx, payload: never): Promise<void>
}

type Reaction<N extends EventName> = (tx: TxCtx, payload: EventPayload<N>) => Promise<void>

export function subscriber<N extends EventName>(
  name: string,
  on: N,
  does: Reaction<N> | { when(payload: EventPayload<N>): boolean; gathers?: boolean; run: Reaction<N> },
): Subscriber {
  return typeof does === 'function' ? { name, on, run: does } : { name, on, ...does }
}

/** Who hears of a change: always the team, and the contact too unless it is internal. */
export type Heard = {
  change: RealtimeChange
  contact: boolean
  /** What the contact hears instead, where the team may know more. */
  toContact?: RealtimeChange
}

/** How an event becomes something clients see. Loads for a whole batch at once; the answer follows the payloads' order. */
export type Push = {
  on: EventName
  load(tx: TxCtx, payloads: readonly never[]): Promise<readonly (Heard | undefined)[]>
}

export function push<N extends EventName>(
  on: N,
  load: (tx: TxCtx, payloads: readonly EventPayload<N>[]) => Promise<readonly (Heard | undefined)[]>,
): Push {
  return { on, load }
}

/** How much of somebody a room held. */
export type Held = { conversations?: number; messages?: number; files?: number; captures?: number }

/** What a room does with what it holds of people. All of it in the scope of the system, in the caller's transaction. */
export type People = {
  /** Gives what is of one contact to another, who has turned out to be the same person. */
  join?(tx: TxCtx, pair: { from: ContactId; to: ContactId }): Promise<void>
  /** How much there is of a contact. */
  count?(tx: TxCtx, contactId: ContactId): Promise<Held>
  /** Deletes all there is of a contact. Answers with what lies in the store and has to go once this has happened. */
  forget(tx: TxCtx, contactId: ContactId): Promise<readonly string[]>
}

/** One room of the house: what it offers to the outside. */
export type Domain = {
  name: string
  routes?: readonly AnyRoute[]
  subscribers?: readonly Subscriber[]
  jobs?: readonly Job[]
  realtime?: readonly Push[]
  people?: People
  /** Runs once before the server listens. */
  start?(): Promise<void>
  stop?(): Promise<void>
}
