import type pg from 'pg'
import { type ConnectionSettings, openPool } from './database.ts'
import { signalChannel } from './listener.ts'
import type { Log } from './log.ts'
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
    this.#pool
      .query('SELECT pg_notify($1, $2)', [signalChannel, payload])
      .catch((error: unknown) => this.#log.debug({ err: error }, 'a signal was lost'))
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

export const readSignal = (payload: string): Signal => JSON.parse(payload) as Signal
