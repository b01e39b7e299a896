import type { Ctx, TxCtx } from './ctx.ts'
import { isRetryable } from './database.ts'
import {
  ensurePlace,
  lockPlace,
  movePlace,
  noteFailure,
  parkEvent,
  release,
  rollBackToSavepoint,
  savepoint,
} from './dispatcher.repository.ts'
import type { Subscriber } from './domain.ts'
import { type LoggedEvent, type LogRead, listEventsAfter } from './event-log.repository.ts'
import type { Log } from './log.ts'

const batchSize = 50
const maxAttempts = 8
const firstRetryMs = 500
const unsettledMs = 15
/** How far behind a subscriber's place may be while nothing concerns it. */
const unconcernedMs = 1000

type Progress = { more: boolean; retryInMs?: number }

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
  #stopped = false

  constructor(options: { subscribers: readonly Subscriber[]; newCtx: (subscriber: string) => Ctx; log: Log }) {
    this.#subscribers = byName(options.subscribers)
    this.#newCtx = options.newCtx
    this.#log = options.log
  }

  async start(): Promise<void> {
    await this.#newCtx('dispatch').transaction(async (tx) => {
      for (const name of this.#subscribers.keys()) await ensurePlace(tx, name)
    })
    this.wake()
  }

  /** Something may have happened: every subscriber looks once more. */
  wake(): void {
    if (this.#stopped) return
    for (const name of this.#subscribers.keys()) this.#wakeOne(name)
  }

  /** Events that were seen in the log: whom one concerns looks at once, the others move up a little later. */
  heard(events: readonly Pick<LoggedEvent, 'name' | 'payload'>[]): void {
    if (this.#stopped) return
    for (const [name, subscribers] of this.#subscribers) {
      if (events.some((event) => subscribers.some((each) => concerns(each, event)))) this.#wakeOne(name)
      else if (!this.#timers.has(name)) this.#later(name, unconcernedMs)
    }
  }

  /** Until no subscriber is at work. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    await this.idle()
  }

  #wakeOne(name: string): void {
    if (this.#busy.has(name)) {
      this.#again.add(name)
      return
    }
    const run = this.#drain(name).finally(() => {
      this.#busy.delete(name)
      if (this.#again.delete(name) && !this.#stopped) this.#wakeOne(name)
    })
    this.#busy.set(name, run)
  }

  async #drain(name: string): Promise<void> {
    try {
      for (let more = true; more && !this.#stopped; ) {
        const progress = await this.#step(name)
        more = progress.more
        if (progress.retryInMs !== undefined) this.#later(name, progress.retryInMs)
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
      this.#wakeOne(name)
    }, ms)
    this.#timers.set(name, timer)
  }

  async #step(name: string): Promise<Progress> {
    return this.#newCtx(name).transaction(async (tx) => {
      const held = await lockPlace(tx, name)
      if (!held) return { more: false, retryInMs: firstRetryMs }
      const waitMs = (held.retryAt?.getTime() ?? 0) - tx.clock.now().getTime()
      if (waitMs > 0) return { more: false, retryInMs: waitMs }
      const read = await listEventsAfter(tx, held.place, batchSize)
      return this.#take(tx, name, { read, attempts: held.attempts })
    })
  }

  /**
   * Passes over what concerns nobody and delivers one event that does. Each is a transaction of its own, so that a
   * subscriber holds the rows of one conversation at a time.
   */
  async #take(tx: TxCtx, name: string, { read, attempts }: { read: LogRead; attempts: number }): Promise<Progress> {
    const subscribers = this.#subscribers.get(name) ?? []
    const found = read.events.findIndex((event) => subscribers.some((each) => concerns(each, event)))
    const event = read.events[found]
    const passed = found === -1 ? read.events.at(-1) : read.events[found - 1]
    const failure = event && (await this.#deliver(tx, subscribers, event))
    if (event && failure) {
      if (passed) await movePlace(tx, name, passed.place)
      return this.#afterFailure(tx, name, { event, error: failure, attempts: passed ? 1 : attempts + 1 })
    }
    const reached = event ?? passed
    if (reached) await movePlace(tx, name, reached.place)
    const more = event !== undefined || read.events.length === batchSize
    return { more, ...(read.hasUnsettled ? { retryInMs: unsettledMs } : {}) }
  }

  async #deliver(tx: TxCtx, subscribers: readonly Subscriber[], event: LoggedEvent): Promise<Error | undefined> {
    const interested = subscribers.filter((each) => concerns(each, event))
    try {
      const mark = savepoint(tx)
      for (const each of interested) await Promise.all([mark, each.run(tx, event.payload as never)])
      await release(tx)
      return undefined
    } catch (error) {
      // PostgreSQL asks to do it all again: that is no failure of the subscriber.
      if (isRetryable(error)) throw error
      await rollBackToSavepoint(tx)
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  async #afterFailure(
    tx: TxCtx,
    name: string,
    failed: { event: LoggedEvent; error: Error; attempts: number },
  ): Promise<Progress> {
    const { event, error, attempts } = failed
    const text = `${error.name}: ${error.message}`.slice(0, 500)
    if (attempts >= maxAttempts) {
      this.#log.error(
        { err: error, subscriber: name, event: event.name, eventId: event.place.id },
        'an event was parked',
      )
      await parkEvent(tx, { subscriber: name, eventId: event.place.id, error: text, at: tx.clock.now() })
      await movePlace(tx, name, event.place)
      return { more: true }
    }
    this.#log.warn(
      { err: error, subscriber: name, event: event.name, attempts },
      'a subscriber failed and will try again',
    )
    const retryInMs = firstRetryMs * 2 ** (attempts - 1)
    await noteFailure(tx, name, { attempts, retryAt: new Date(tx.clock.now().getTime() + retryInMs), error: text })
    return { more: false, retryInMs }
  }
}

const concerns = ({ on, when }: Subscriber, event: Pick<LoggedEvent, 'name' | 'payload'>): boolean =>
  on === event.name && (when?.(event.payload as never) ?? true)

/** Subscriptions with the same name share one place: `assistant` may listen to several events in one order. */
function byName(subscribers: readonly Subscriber[]): Map<string, Subscriber[]> {
  const groups = new Map<string, Subscriber[]>()
  for (const each of subscribers) groups.set(each.name, [...(groups.get(each.name) ?? []), each])
  return groups
}
