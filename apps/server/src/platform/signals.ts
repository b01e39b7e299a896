import type pg from 'pg'
import { type ConnectionSettings, openPool } from './database.ts'
import { signalChannel } from './listener.ts'
import type { Log } from './log.ts'
import { newsChannel } from './news.ts'
import type { Signal } from './realtime.ts'

const maxNotifyBytes = 7000

/**
 * Passes signals to every process, this one included, through PostgreSQL. They hold ids, names of agents, states, and
 * words of an answer that is still being written; a lost one is not missed.
 */
export class SignalBus {
  readonly #pool: pg.Pool
  readonly #log: Log

  constructor(settings: () => ConnectionSettings, log: Log) {
    this.#log = log
    this.#pool = openPool(settings, 1, { name: 'clew-signals' })
    this.#pool.on('error', () => undefined)
  }

  readonly send = (signal: Signal): void => {
    const payload = JSON.stringify(signal)
    if (Buffer.byteLength(payload) > maxNotifyBytes) return
    void this.#notify(signalChannel, payload)
  }

  /** That something was committed. Should it be lost, the others find it when they next look. */
  readonly tellNews = (payload: string): Promise<void> => this.#notify(newsChannel, payload)

  async #notify(channel: string, payload: string): Promise<void> {
    try {
      await this.#pool.query({ name: 'notify', text: 'SELECT pg_notify($1, $2)', values: [channel, payload] })
    } catch (error) {
      this.#log.debug({ err: error, channel }, 'a signal was lost')
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

export const readSignal = (payload: string): Signal => JSON.parse(payload) as Signal
