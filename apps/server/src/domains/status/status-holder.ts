import type { Clock } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { emptySnapshot, type StatusSnapshot } from './model.ts'
import { readStatus } from './use-cases/read-status.ts'

const checkEveryMs = 5_000

/**
 * Keeps the state of the service in memory, so that the status page answers without a database. It is read again when
 * an event says so; since that event reaches only one of several processes, the others look every few seconds while
 * somebody asks.
 */
export class StatusHolder {
  readonly #newCtx: (job: string) => Ctx
  readonly #clock: Clock
  #current = emptySnapshot
  #checkedAt = 0
  #check: Promise<void> | undefined

  constructor(parts: { newCtx: (job: string) => Ctx; clock: Clock }) {
    this.#newCtx = parts.newCtx
    this.#clock = parts.clock
  }

  /** What is true now. Answers at once; a change shows a moment later. */
  current(): StatusSnapshot {
    if (this.#now() - this.#checkedAt > checkEveryMs && this.#checkedAt > 0) this.#checkInBackground()
    return this.#current
  }

  /** Reads everything for the first time. */
  open(): Promise<void> {
    return this.refresh(this.#newCtx('status.open'))
  }

  /** Reads it again if anything has changed. */
  async refresh(ctx: Ctx): Promise<void> {
    this.#current = await readStatus(ctx, this.#current)
    this.#checkedAt = this.#now()
  }

  /** Until a look that is under way has ended. */
  async settled(): Promise<void> {
    await this.#check
  }

  #checkInBackground(): void {
    this.#checkedAt = this.#now()
    // Without a database what is in memory is the best there is; the next look comes in a few seconds.
    this.#check = this.refresh(this.#newCtx('status.check')).catch(() => undefined)
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
