import type { Position } from '@clew/contract/primitives'
import type { EventList, RealtimeChange, RealtimeEvent, RealtimeSignal } from '@clew/contract/realtime'
import { browserEnvironment, type FeedEnvironment } from './feed-environment.ts'
import { ClewError, type Http } from './http.ts'
import { createSseParser, type SseMessage } from './sse.ts'

export type FeedState = 'live' | 'reconnecting' | 'polling' | 'offline'

export type FeedOptions = {
  http: Http
  streamPath: string
  eventsPath: string
  /** Where the snapshot was taken: every later change arrives, none is missed. */
  position: Position
  onChange(event: RealtimeEvent): void
  onSignal(signal: RealtimeSignal): void
  /** The log cannot continue from our position: read the snapshot again and answer its position. */
  onResync(): Promise<Position>
  onState(state: FeedState): void
  /** The server refuses us for good (401, 403, 404); the feed has closed. */
  onRefused?(error: ClewError): void
  environment?: FeedEnvironment
  times?: Partial<FeedTimes>
}

export type FeedTimes = {
  /** The server beats every 20 s; silence beyond this is a dead connection. */
  silenceMs: number
  /** How long a stream may take until its first message. A buffering proxy never delivers one. */
  openingMs: number
  pollMs: number
  firstBackoffMs: number
  longestBackoffMs: number
}

export type Feed = { close(): void; position(): Position }

/**
 * Follows the event log: by stream where that works, by polling where it does not, from the last position after any
 * absence. An event may be delivered twice; none is left out. A listener that throws is reported to the console, and
 * stops nothing.
 */
export function openFeed(options: FeedOptions): Feed {
  const run = new FeedRun(options)
  void run.follow()
  return { close: () => run.close(), position: () => run.position }
}

const defaultTimes: FeedTimes = {
  silenceMs: 45_000,
  openingMs: 10_000,
  pollMs: 15_000,
  firstBackoffMs: 500,
  longestBackoffMs: 30_000,
}

// Two tries may fail on a blink of the network; after that we ask instead of waiting to be told.
const failuresBeforePolling = 2
// While polling, the stream is tried again at every fourth poll: once a minute.
const pollsBetweenStreams = 4

class FeedRun {
  position: Position
  private readonly options: FeedOptions
  private readonly environment: FeedEnvironment
  private readonly times: FeedTimes
  private readonly stopListening: readonly (() => void)[]
  private closed = false
  private state: FeedState | undefined
  private failures = 0
  /** The stream opens and says nothing: something on the way holds it back. */
  private isMute = false
  private wakeUp: (() => void) | undefined
  private connection: AbortController | undefined
  private restartSilence: ((limitMs: number) => void) | undefined

  constructor(options: FeedOptions) {
    this.options = options
    this.position = options.position
    this.environment = options.environment ?? browserEnvironment
    this.times = { ...defaultTimes, ...options.times }
    this.stopListening = [
      this.environment.onWake(() => this.onWake()),
      // The stream may hang for long before it breaks; until then it would say that all is well.
      this.environment.onLost(() => this.connection?.abort(new ClewError({ code: 'network', status: 0 }))),
    ]
  }

  close(): void {
    this.closed = true
    for (const stop of this.stopListening) stop()
    this.connection?.abort()
    this.wakeUp?.()
  }

  async follow(): Promise<void> {
    while (!this.closed) {
      const failure = await this.stream().then(
        () => undefined,
        (error: unknown) => error,
      )
      if (this.closed) return
      if (failure !== undefined) await this.recover(failure)
    }
  }

  private async recover(failure: unknown): Promise<void> {
    if (isRefusal(failure)) {
      this.close()
      return this.tell(() => this.options.onRefused?.(failure))
    }
    const resynced = isUnknownPosition(failure) && (await this.resync())
    if (resynced) return
    this.failures += 1
    if (!this.environment.isOnline()) this.enter('offline')
    else if (this.failures <= failuresBeforePolling) this.enter('reconnecting')
    else return this.pollForAWhile()
    await this.pause(retryAfterMs(failure) ?? this.backoffMs())
  }

  private async stream(): Promise<void> {
    const connection = new AbortController()
    this.connection = connection
    let opened = false
    let mustResync = false
    const { silenceMs, openingMs } = this.times
    const watch = this.watchSilence(connection, openingMs)
    const parse = createSseParser((message) => {
      if (mustResync) return
      if (!opened) this.enterLive()
      opened = true
      if (message.event === 'resync') mustResync = true
      else this.deliver(message)
    })

    try {
      const response = await this.options.http.open('GET', this.options.streamPath, {
        headers: { accept: 'text/event-stream', 'last-event-id': this.position },
        signal: connection.signal,
      })
      const reader = response.body?.getReader()
      if (reader === undefined) throw new ClewError({ code: 'network', status: 0 })
      while (!mustResync) {
        const { done, value } = await reader.read()
        if (done) throw new ClewError({ code: 'network', status: 0 })
        parse(value)
        if (opened) watch.restart(silenceMs)
      }
      if (!(await this.resync())) throw new ClewError({ code: 'network', status: 0 })
    } finally {
      watch.stop()
      connection.abort()
    }
  }

  private watchSilence(connection: AbortController, limitMs: number) {
    const { setTimer } = this.environment
    const expire = () => connection.abort(new ClewError({ code: 'network', status: 0 }))
    let cancel = setTimer(() => {
      this.isMute = true
      expire()
    }, limitMs)
    const restart = (nextMs: number) => {
      cancel()
      cancel = setTimer(expire, nextMs)
    }
    this.restartSilence = restart
    const stop = () => {
      cancel()
      this.restartSilence = undefined
    }
    return { restart, stop }
  }

  private deliver(message: SseMessage): void {
    if (message.event === 'ready' && message.id) this.position = message.id
    if (message.event === 'signal') {
      const signal = JSON.parse(message.data) as RealtimeSignal
      this.tell(() => this.options.onSignal(signal))
    }
    if (message.event !== 'change' || !message.id) return
    this.tellChange({ position: message.id, change: JSON.parse(message.data) as RealtimeChange })
    this.position = message.id
  }

  private async pollForAWhile(): Promise<void> {
    for (let polls = 0; polls < pollsBetweenStreams && !this.closed; polls += 1) {
      const failure = await this.poll()
      if (isRefusal(failure)) {
        this.close()
        return this.tell(() => this.options.onRefused?.(failure))
      }
      if (await this.pauseAfterPoll(failure)) return
    }
  }

  /** Answers whether the stream should be tried now: someone woke us, or the server is back and its stream with it. */
  private async pauseAfterPoll(failure: ClewError | undefined): Promise<boolean> {
    if (failure === undefined) {
      this.enter('polling')
      const woken = await this.pause(this.isMute ? this.times.pollMs : this.backoffMs())
      return woken || !this.isMute
    }
    this.enter(this.environment.isOnline() ? 'reconnecting' : 'offline')
    this.failures += 1
    return this.pause(retryAfterMs(failure) ?? this.backoffMs())
  }

  /** Asks for what is new, page by page. Answers what went wrong, if anything did. */
  private async poll(): Promise<ClewError | undefined> {
    try {
      for (let hasMore = true; hasMore && !this.closed; ) {
        const list = await this.askEvents(this.position)
        if (list.resync) {
          await this.resync()
          return undefined
        }
        for (const event of list.events) this.tellChange(event)
        this.position = list.position
        hasMore = list.hasMore
      }
      return undefined
    } catch (error) {
      if (isUnknownPosition(error) && (await this.resync())) return undefined
      return error instanceof ClewError ? error : new ClewError({ code: 'network', status: 0, cause: error })
    }
  }

  private askEvents(after: Position): Promise<EventList> {
    return this.options.http.request<EventList>('GET', this.options.eventsPath, { query: { after } })
  }

  /** Answers whether it could be done. A short pause keeps a server that always says so from being flooded. */
  private async resync(): Promise<boolean> {
    try {
      this.position = await this.options.onResync()
    } catch {
      return false
    }
    await this.pause(this.backoffMs())
    return true
  }

  private onWake(): void {
    if (this.wakeUp !== undefined) {
      this.failures = 0
      return this.wakeUp()
    }
    if (this.state !== 'live') return
    // A phone that slept keeps a dead stream for a while. What we missed is asked for now; the stream must prove
    // itself within one beat. The position stays: the stream alone moves it while it runs.
    this.restartSilence?.(25_000)
    void this.askEvents(this.position).then(
      (list) => !this.closed && list.events.forEach((event) => this.tellChange(event)),
      () => undefined,
    )
  }

  private enterLive(): void {
    this.failures = 0
    this.isMute = false
    this.enter('live')
  }

  private enter(state: FeedState): void {
    if (this.state === state || this.closed) return
    this.state = state
    this.tell(() => this.options.onState(state))
  }

  private tellChange(event: RealtimeEvent): void {
    this.tell(() => this.options.onChange(event))
  }

  /** What a listener throws is its own affair: asking again for the same would only make it throw again. */
  private tell(listener: () => void): void {
    try {
      listener()
    } catch (error) {
      console.error('A listener of the Clew feed failed.', error)
    }
  }

  /** Answers true when something woke us before the time was over. */
  private pause(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (woken: boolean) => {
        cancel()
        this.wakeUp = undefined
        resolve(woken)
      }
      const cancel = this.environment.setTimer(() => finish(false), ms)
      this.wakeUp = () => finish(true)
    })
  }

  private backoffMs(): number {
    const { firstBackoffMs, longestBackoffMs } = this.times
    const ceiling = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(this.failures, 10))
    return ceiling / 2 + (this.environment.random() * ceiling) / 2
  }
}

const isRefusal = (failure: unknown): failure is ClewError =>
  failure instanceof ClewError && [401, 403, 404].includes(failure.status)

const isUnknownPosition = (failure: unknown): boolean =>
  failure instanceof ClewError && failure.code === 'stream.position_invalid'

const retryAfterMs = (failure: unknown): number | undefined =>
  failure instanceof ClewError ? failure.retryAfterMs : undefined
