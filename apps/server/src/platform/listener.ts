import pg from 'pg'
import { type ConnectionSettings, codeOf } from './database.ts'
import type { Log } from './log.ts'
import { newsChannel } from './news.ts'

/** The channel for passing news between processes. Payloads are ids and states, never what people wrote. */
export const signalChannel = 'clew_signals'

/** Held by every running process, so that one that starts can tell whether others are at work. */
export const presenceLock = 4_250_002

export type Listener = {
  /** Some process has something new to say. */
  onNews(payload: string): void
  onSignal(payload: string): void
  /** News may have been missed: everyone looks. */
  onGap(): void
}

const retryMs = 1000
const pollMs = 15_000

/**
 * The one connection of this process that hears of committed events. A notification only wakes; after a lost
 * connection and every 15 seconds everyone looks anyway, so a lost wake-up costs time and nothing else.
 */
export class NotificationListener {
  readonly #settings: () => ConnectionSettings
  readonly #listener: Listener
  readonly #log: Log
  #client: pg.Client | undefined
  #retry: NodeJS.Timeout | undefined
  #poll: NodeJS.Timeout | undefined
  #stopped = false

  constructor(settings: () => ConnectionSettings, listener: Listener, log: Log) {
    this.#settings = settings
    this.#listener = listener
    this.#log = log
  }

  async start(): Promise<void> {
    this.#poll = setInterval(() => this.#listener.onGap(), pollMs)
    await this.#connect()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#poll)
    clearTimeout(this.#retry)
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ ...this.#settings(), application_name: 'clew-listen', keepAlive: true })
    client.on('error', (error) => this.#log.warn({ code: codeOf(error) }, 'the notification connection broke'))
    client.on('end', () => this.#lost(client))
    client.on('notification', ({ channel, payload }) => {
      if (channel === newsChannel) this.#listener.onNews(payload ?? '')
      else this.#listener.onSignal(payload ?? '')
    })
    try {
      await client.connect()
      await client.query(
        `LISTEN ${newsChannel}; LISTEN ${signalChannel}; SELECT pg_advisory_lock_shared(${presenceLock})`,
      )
      this.#client = client
      this.#listener.onGap()
    } catch (error) {
      this.#log.warn({ code: codeOf(error) }, 'the notification connection could not be opened')
      this.#lost(client)
    }
  }

  #lost(client: pg.Client): void {
    if (this.#stopped || (this.#client !== undefined && this.#client !== client)) return
    this.#client = undefined
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#connect(), retryMs)
  }
}
