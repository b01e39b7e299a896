import { organisationOfEvent } from '@clew/contract/event-owners'
import { boundTo, type Ctx, type TxCtx } from './ctx.ts'
import { isRetryable } from './database.ts'
import {
  ensurePlaces,
  listBehind,
  lockAndRead,
  lockPlace,
  movePassed,
  movePlace,
  noteFailure,
  type Passed,
  parkEvent,
  type SubscriberPlace,
} from './dispatcher.repository.ts'
import type { Subscriber } from './domain.ts'
import type { LoggedEvent, LogRead } from './event-log.repository.ts'
import type { Log } from './log.ts'
import { comparePlaces, type Place } from './place-order.ts'

const batchSize = 50
const maxAttempts = 8
const firstRetryMs = 500
const unsettledMs = 15
/** How far behind a subscriber's place may be while nothing concerns it, or when it is in no hurry. */
const leisureMs = 1000

/** How long a subscriber that waits before it tries again is left alone at most: someone may have mended it meanwhile. */
const maxRestMs = 2000

/** Under these names the dispatcher itself is busy; no subscriber is called so. */
const looking = ' looks'
const passing = ' passes over'

type Progress = { more: boolean; retryInMs?: number; rests?: boolean }

/**
 * Takes every subscriber through the event log: committed events, in order. What a subscriber writes and its new
 * place are one transaction. One that fails waits and tries again, is parked in the end, and holds back no other.
 */
export class Dispatcher {
  readonly #subscribers: ReadonlyMap<string, readonly Subscriber[]>
  readonly #newCtx: (subscriber: string) => Ctx
  readonly #log: Log
  readonly #busy = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  /** Who waits before it tries again. News do not wake it. */
  readonly #resting = new Set<string>()
  /** What each subscriber may pass over, because it was seen in the log and does not concern it. */
  readonly #passed = new Map<string, Omit<Passed, 'name'>>()
  #passing: NodeJS.Timeout | undefined
  /** Who takes its events one by one, because together they failed. */
  readonly #careful = new Set<string>()
  #stopped = false

  constructor(options: { subscribers: readonly Subscriber[]; newCtx: (subscriber: string) => Ctx; log: Log }) {
    this.#subscribers = byName(options.subscribers)
    this.#newCtx = options.newCtx
    this.#log = options.log
  }

  async start(): Promise<void> {
    await this.#newCtx('dispatch').transaction((tx) => tx.conclude(ensurePlaces(tx, [...this.#subscribers.keys()])))
    this.wake()
  }

  /** Something may have happened: every subscriber that is behind looks once more. */
  wake(): void {
    if (!this.#stopped) this.#work(looking, () => this.#look())
  }

  /**
   * Events as they were seen in the log, with nothing left out after `from`. Whom one concerns looks at once, or a little
   * later when it is in no hurry; the others pass over them together.
   */
  heard(events: readonly Pick<LoggedEvent, 'name' | 'payload' | 'place'>[], from: Place): void {
    const to = events.at(-1)?.place
    if (this.#stopped || to === undefined) return
    for (const [name, subscribers] of this.#subscribers) {
      if (events.some((event) => subscribers.some((each) => concerns(each, event)))) {
        this.#passed.set(name, { from: to, to })
        if (!subscribers.every(({ gathers }) => gathers)) this.#wakeOne(name)
        else if (!this.#timers.has(name)) this.#later(name, leisureMs)
      } else this.#passed.set(name, { from: this.#passed.get(name)?.from ?? from, to })
    }
    this.#passing ??= setTimeout(() => {
      this.#passing = undefined
      this.#work(passing, () => this.#passOver())
    }, leisureMs)
  }

  /** Until no subscriber is at work. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    clearTimeout(this.#passing)
    await this.idle()
  }

  #wakeOne(name: string): void {
    if (!this.#resting.has(name)) this.#work(name, () => this.#drain(name))
  }

  /** Runs it now, or once more when it runs already. */
  #work(name: string, run: () => Promise<void>): void {
    if (this.#busy.has(name)) {
      this.#again.add(name)
      return
    }
    const running = run().finally(() => {
      this.#busy.delete(name)
      if (this.#again.delete(name) && !this.#stopped) this.#work(name, run)
    })
    this.#busy.set(name, running)
  }

  async #look(): Promise<void> {
    try {
      const behind = await this.#newCtx('dispatch').transaction((tx) => tx.conclude(listBehind(tx)))
      for (const name of behind) if (this.#subscribers.has(name)) this.#wakeOne(name)
    } catch (error) {
      this.#log.error({ err: error }, 'the places of the subscribers could not be read')
    }
  }

  /** One statement moves all whom nothing concerned. Who is not where it was thought to be looks for itself. */
  async #passOver(): Promise<void> {
    const passed = [...this.#passed].flatMap(([name, { from, to }]) => (from === to ? [] : [{ name, from, to }]))
    for (const { name, to } of passed) this.#passed.set(name, { from: to, to })
    if (passed.length === 0) return
    try {
      const there = await this.#newCtx('dispatch').transaction((tx) => tx.conclude(movePassed(tx, passed)))
      for (const { name } of passed) if (!there.has(name)) this.#wakeOne(name)
    } catch (error) {
      this.#log.error({ err: error }, 'the places of the subscribers could not be moved')
    }
  }

  async #drain(name: string): Promise<void> {
    try {
      for (let more = true; more && !this.#stopped; ) {
        const progress = await this.#step(name)
        more = progress.more
        if (progress.rests === true) this.#resting.add(name)
        if (progress.retryInMs !== undefined) this.#later(name, Math.min(progress.retryInMs, maxRestMs))
        if (!more && progress.rests !== true) this.#careful.delete(name)
      }
    } catch (error) {
      this.#log.error({ err: error, subscriber: name }, 'a subscriber could not read the event log')
      this.#later(name, firstRetryMs * 4)
    }
  }

  #later(name: string, ms: number): void {
    if (this.#stopped) return
    // One at a time for each subscriber: what it reads next tells how long to wait after that.
    clearTimeout(this.#timers.get(name))
    const timer = setTimeout(() => {
      this.#timers.delete(name)
      this.#resting.delete(name)
      this.#wakeOne(name)
    }, ms)
    this.#timers.set(name, timer)
  }

  async #step(name: string): Promise<Progress> {
    try {
      return await this.#newCtx(name).transaction(async (tx) => {
        const now = tx.clock.now()
        const found = await lockAndRead(tx, name, { now, limit: batchSize })
        if (!found) return { more: false, retryInMs: firstRetryMs }
        const waitMs = (found.held.retryAt?.getTime() ?? 0) - now.getTime()
        if (waitMs > 0) return { more: false, retryInMs: waitMs, rests: true }
        return this.#take(tx, name, found)
      })
    } catch (error) {
      if (error instanceof DeliveryFailed) return this.#afterFailure(name, error)
      throw error
    }
  }

  /**
   * Passes over what concerns nobody and delivers one event that does. Each is a transaction of its own, so that a
   * subscriber holds the rows of one conversation at a time; one that gathers holds none and takes all.
   */
  async #take(tx: TxCtx, name: string, { held, read }: Found): Promise<Progress> {
    const subscribers = this.#subscribers.get(name) ?? []
    const concerning = read.events.filter((event) => subscribers.some((each) => concerns(each, event)))
    const gathers = subscribers.every((each) => each.gathers) && !this.#careful.has(name)
    const taken = gathers ? concerning : concerning.slice(0, 1)
    const isLast = taken.length === concerning.length
    const reached = isLast && (gathers || concerning.length === 0) ? read.events.at(-1) : taken.at(-1)
    const from = held.place
    const delivered = taken.map((event) => {
      const passed = read.events[read.events.indexOf(event) - 1]?.place
      return deliver(tx, subscribers, { event, from, passed, isGathered: gathers })
    })
    await Promise.all(delivered)
    if (reached) await tx.conclude(movePlace(tx, name, reached.place))
    const isBehind = read.events.length === batchSize || (reached !== undefined && reached !== read.events.at(-1))
    return { more: isBehind, ...(read.hasUnsettled ? { retryInMs: unsettledMs } : {}) }
  }

  /** What the subscriber wrote is undone. Meanwhile another process may have taken the event. */
  async #afterFailure(name: string, failed: DeliveryFailed): Promise<Progress> {
    const { event, from, passed, isGathered } = failed.delivery
    if (isGathered) {
      this.#careful.add(name)
      return { more: true }
    }
    return this.#newCtx(name).transaction(async (tx) => {
      const held = await lockPlace(tx, name)
      if (!held || comparePlaces(held.place, from) !== 0) return { more: true }
      if (passed) await movePlace(tx, name, passed)
      const attempts = passed ? 1 : held.attempts + 1
      const about = { subscriber: name, event: event.name, attempts }
      if (attempts >= maxAttempts) {
        this.#log.error({ err: failed.cause, ...about, eventId: event.place.id }, 'an event was parked')
        await parkEvent(tx, { subscriber: name, eventId: event.place.id, error: failed.message, at: tx.clock.now() })
        await movePlace(tx, name, event.place)
        return { more: true }
      }
      this.#log.warn({ err: failed.cause, ...about }, 'a subscriber failed and will try again')
      const retryInMs = firstRetryMs * 2 ** (attempts - 1)
      const retryAt = new Date(tx.clock.now().getTime() + retryInMs)
      await noteFailure(tx, name, { attempts, retryAt, error: failed.message })
      return { more: false, retryInMs, rests: true }
    })
  }
}

type Found = { held: SubscriberPlace; read: LogRead }

/** An event on its way to a subscriber: from which place it was read, and the last one before it that was passed over. */
type Delivery = { event: LoggedEvent; from: Place; passed: Place | undefined; isGathered: boolean }

class DeliveryFailed extends Error {
  readonly delivery: Delivery

  constructor(delivery: Delivery, cause: unknown) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    super(`${error.name}: ${error.message}`.slice(0, 500), { cause })
    this.delivery = delivery
  }
}

async function deliver(tx: TxCtx, subscribers: readonly Subscriber[], delivery: Delivery): Promise<void> {
  const { event } = delivery
  try {
    for (const each of subscribers)
      if (concerns(each, event)) await each.run(forOwner(tx, event), event.payload as never)
  } catch (error) {
    // PostgreSQL asks to do it all again: that is no failure of the subscriber.
    if (isRetryable(error)) throw error
    throw new DeliveryFailed(delivery, error)
  }
}

/** What follows from an event of an organisation is done for that organisation. */
function forOwner(tx: TxCtx, { name, payload }: LoggedEvent): TxCtx {
  const organisationId = organisationOfEvent(name, payload as object)
  return organisationId === undefined ? tx : boundTo(tx, organisationId)
}

/** Whether a subscription is for this event. */
export const concerns = ({ on, when }: Subscriber, event: Pick<LoggedEvent, 'name' | 'payload'>): boolean =>
  on === event.name && (when?.(event.payload as never) ?? true)

/** Subscriptions with the same name share one place: `assistant` may listen to several events in one order. */
function byName(subscribers: readonly Subscriber[]): Map<string, Subscriber[]> {
  const groups = new Map<string, Subscriber[]>()
  for (const each of subscribers) groups.set(each.name, [...(groups.get(each.name) ?? []), each])
  return groups
}
