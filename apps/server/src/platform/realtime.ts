import { setTimeout as pause } from 'node:timers/promises'
import type { ContactId, Position } from '@clew/contract/primitives'
import type { RealtimeEvent, RealtimeSignal } from '@clew/contract/realtime'
import { monotonicMs } from './clock.ts'
import type { Ctx, TxCtx } from './ctx.ts'
import type { Heard, Push } from './domain.ts'
import { type LoggedEvent, type LogState, listEventsAfter, logState } from './event-log.repository.ts'
import type { Log } from './log.ts'
import { positionOf } from './place.ts'
import type { Place } from './place-order.ts'
import { comparePlaces, laterPlace } from './place-order.ts'

/** Who listens on a stream. */
export type Audience = { type: 'team' } | { type: 'contact'; contactId: ContactId }

/** One open stream. `send` gets finished frames; `close` ends it. */
export type Stream = {
  audience: Audience
  /** The session or the key by whose right it is open, and from where. */
  sessionId?: string | undefined
  address?: string | undefined
  send(frame: string): void
  close(): void
}

/** One that is open by the right of a session or a key. */
export type HeldStream = Pick<Stream, 'address' | 'close'> & { sessionId: string }

export type SendSignal = (signal: Signal) => void
export type Signal = { signal: RealtimeSignal; team: boolean; contactId?: ContactId | undefined }

type Follower = { stream: Stream; reached: Place; queue: Frame[] | undefined }
type Frame = { place: Place; contactId: string | null; team: string; contact: string | undefined }

const batchSize = 200
const unsettledMs = 15
/** How often the log is read at most: under load one reading serves many commits. */
const paceMs = 10

/**
 * One more reader of the event log: it turns events into what clients see and hands them to the open streams of this
 * process. Each batch is read and written out once, however many listen.
 */
export class RealtimeHub {
  #pushes: ReadonlyMap<string, Push> = new Map()
  readonly #newCtx: (job: string) => Ctx
  readonly #log: Log
  readonly #followers = new Set<Follower>()
  readonly #onRead: (events: readonly LoggedEvent[], from: Place) => void
  #place: Place | undefined
  #running: Promise<void> | undefined
  #again = false
  #readAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  /** `onRead` gets every event of the log as this reader comes by, for others who wait for some of them. */
  constructor(options: {
    newCtx: (job: string) => Ctx
    log: Log
    onRead?(events: readonly LoggedEvent[], from: Place): void
  }) {
    this.#onRead = options.onRead ?? (() => undefined)
    this.#newCtx = options.newCtx
    this.#log = options.log
  }

  get streams(): number {
    return this.#followers.size
  }

  /** Whether someone of the team follows on this process. */
  get isTeamHere(): boolean {
    return [...this.#followers].some(({ stream }) => stream.audience.type === 'team')
  }

  /** The streams that are open here by the right of a session or a key. */
  held(by: Audience['type']): HeldStream[] {
    return [...this.#followers].flatMap(({ stream }) => {
      const { sessionId, audience } = stream
      return sessionId === undefined || audience.type !== by ? [] : [{ ...stream, sessionId }]
    })
  }

  async start(pushes: readonly Push[]): Promise<void> {
    this.#pushes = new Map(pushes.map((each) => [each.on, each]))
    this.#place = await this.#newCtx('realtime').transaction(async (tx) => (await logState(tx)).settled)
  }

  wake(): void {
    if (this.#stopped || this.#place === undefined) return
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = this.#readInTurn().finally(() => {
      this.#running = undefined
      if (this.#again) {
        this.#again = false
        this.wake()
      }
    })
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.idle()
    for (const { stream } of this.#followers) stream.close()
    this.#followers.clear()
  }

  /**
   * Brings a stream from the position it last saw to now, then keeps it there. While it catches up, live events wait
   * in its queue; each is sent once and in order. Returns how to let go of it.
   */
  async follow(ctx: Ctx, stream: Stream, after: Place | undefined): Promise<() => void> {
    const follower: Follower = { stream, reached: this.#place ?? { epoch: 0, xid: '0', id: '0' }, queue: [] }
    this.#followers.add(follower)
    const leave = (): void => {
      this.#followers.delete(follower)
    }
    try {
      if (after === undefined) stream.send(readyFrame(follower.reached))
      else await this.#catchUp(ctx, follower, after)
    } catch (error) {
      leave()
      throw error
    }
    if (this.#stopped) stream.close()
    const waiting = follower.queue ?? []
    follower.queue = undefined
    this.#deliver(follower, waiting)
    return leave
  }

  /** The same events for a client that polls. */
  async eventsAfter(
    ctx: Ctx,
    audience: Audience,
    asked: { after: Place; limit: number },
  ): Promise<{ events: RealtimeEvent[]; reached: Place; hasMore: boolean; resync: boolean }> {
    return ctx.transaction(async (tx) => {
      const state = await logState(tx)
      const { settled } = state
      if (isStale(asked.after, state)) return { events: [], reached: settled, hasMore: false, resync: true }
      const { events: logged } = await listEventsAfter(tx, asked.after, asked.limit)
      const frames = await this.#load(tx, logged)
      const events = frames.flatMap((each) => (each && hears(audience, each.heard) ? [heardBy(audience, each)] : []))
      const hasMore = logged.length === asked.limit
      const last = logged.at(-1)?.place
      return {
        events,
        reached: hasMore && last ? last : laterPlace(laterPlace(last ?? settled, settled), asked.after),
        hasMore,
        resync: false,
      }
    })
  }

  signal({ signal, team, contactId }: Signal): void {
    const frame = `event: signal\ndata: ${JSON.stringify(signal)}\n\n`
    for (const { stream } of this.#followers) {
      const hears = stream.audience.type === 'team' ? team : stream.audience.contactId === contactId
      if (hears) stream.send(frame)
    }
  }

  async #catchUp(ctx: Ctx, follower: Follower, after: Place): Promise<void> {
    const { stream } = follower
    let from = after
    for (;;) {
      const { events, reached, hasMore, resync } = await this.eventsAfter(ctx, stream.audience, {
        after: from,
        limit: batchSize,
      })
      if (resync) {
        stream.send(`event: resync\ndata: {}\n\n`)
        follower.reached = reached
        return
      }
      if (from === after) stream.send(readyFrame(after))
      for (const event of events) stream.send(changeFrame(event))
      follower.reached = reached
      from = reached
      if (!hasMore) return
    }
  }

  async #readInTurn(): Promise<void> {
    const waitMs = this.#readAt + paceMs - monotonicMs()
    if (waitMs > 0) await pause(waitMs)
    this.#readAt = monotonicMs()
    this.#again = false
    await this.#readOn()
  }

  async #readOn(): Promise<void> {
    try {
      for (let more = true; more && !this.#stopped; ) more = await this.#readBatch()
    } catch (error) {
      this.#log.warn({ err: error }, 'the realtime reader could not read the event log')
      const timer = setTimeout(() => this.wake(), 1000)
      timer.unref()
    }
  }

  async #readBatch(): Promise<boolean> {
    const from = this.#place
    if (from === undefined) return false
    const isHeard = this.#followers.size > 0
    const { logged, frames, hasUnsettled } = await this.#newCtx('realtime').transaction(async (tx) => {
      const reading = listEventsAfter(tx, from, batchSize)
      const { events, ...read } = await (isHeard ? reading : tx.conclude(reading))
      if (events.length > 0) this.#onRead(events, from)
      const loaded = isHeard ? await this.#load(tx, events) : []
      return { ...read, logged: events, frames: loaded }
    })
    // Someone came meanwhile, for whom this was not made ready: once more, from the same place.
    if (!isHeard && this.#followers.size > 0) return true
    if (hasUnsettled) this.#lookAgain()
    const batch = frames.flatMap((each) => (each ? [frameOf(each)] : []))
    for (const follower of this.#followers) this.#deliver(follower, batch)
    this.#place = logged.at(-1)?.place ?? from
    return logged.length === batchSize
  }

  #lookAgain(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.wake(), unsettledMs)
    this.#timer.unref()
  }

  /** One write for all that a stream hears of a batch. */
  #deliver(follower: Follower, batch: readonly Frame[]): void {
    if (follower.queue) {
      follower.queue.push(...batch)
      return
    }
    const { audience } = follower.stream
    let text = ''
    for (const frame of batch) {
      if (comparePlaces(frame.place, follower.reached) <= 0) continue
      if (audience.type === 'team') text += frame.team
      else if (audience.contactId === frame.contactId) text += frame.contact ?? ''
      follower.reached = frame.place
    }
    if (text !== '') follower.stream.send(text)
  }

  async #load(tx: TxCtx, logged: readonly LoggedEvent[]) {
    const loaded = new Map<LoggedEvent, Awaited<ReturnType<Push['load']>>[number]>()
    for (const [name, events] of groupByName(logged)) {
      const views = await this.#pushes.get(name)?.load(
        tx,
        events.map(({ payload }) => payload as never),
      )
      events.forEach((event, i) => loaded.set(event, views?.[i]))
    }
    return logged.map((event) => {
      const heard = loaded.get(event)
      if (!heard) return undefined
      return {
        place: event.place,
        contactId: event.contactId,
        heard,
        event: { position: positionOf(event.place), change: heard.change },
      }
    })
  }
}

/**
 * A place we cannot serve from: of an earlier epoch, older than the log keeps, or ahead of anything we ever gave out
 * (forged, or from before a restore).
 */
const isStale = (after: Place, { settled, pruned, horizon }: LogState): boolean =>
  after.epoch !== settled.epoch || BigInt(after.xid) >= BigInt(horizon) || comparePlaces(after, pruned) < 0

function groupByName(logged: readonly LoggedEvent[]): Map<string, LoggedEvent[]> {
  const groups = new Map<string, LoggedEvent[]>()
  for (const event of logged) groups.set(event.name, [...(groups.get(event.name) ?? []), event])
  return groups
}

type Loaded = { place: Place; contactId: string | null; heard: Heard; event: RealtimeEvent }

const hears = ({ type }: Audience, { team, contact }: Heard): boolean => (type === 'team' ? team !== false : contact)

const heardBy = ({ type }: Audience, { heard, event }: Loaded): RealtimeEvent =>
  type === 'contact' && heard.toContact !== undefined ? { ...event, change: heard.toContact } : event

function frameOf({ place, contactId, heard, event }: Loaded): Frame {
  const said = changeFrame(event)
  const team = heard.team === false ? '' : said
  if (!heard.contact) return { place, contactId, team, contact: undefined }
  const contact = heard.toContact === undefined ? said : changeFrame({ ...event, change: heard.toContact })
  return { place, contactId, team, contact }
}

const readyFrame = (place: Place): string => `event: ready\nid: ${positionOf(place)}\ndata: {}\n\n`

const changeFrame = ({ position, change }: RealtimeEvent): string =>
  `event: change\nid: ${position satisfies Position}\ndata: ${JSON.stringify(change)}\n\n`
