import type { FlowLibrary } from '@clew/flows'
import type { Clock } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type LoadedFlows, libraryOf } from './model.ts'
import { loadLibrary } from './use-cases/load-library.ts'

const checkEveryMs = 5_000

/**
 * Keeps the flows that people get in memory. They are read again when an event says so; since that event reaches only
 * one of several processes, the others look every few seconds while somebody asks.
 */
export class FlowHolder {
  readonly #newCtx: (job: string) => Ctx
  readonly #clock: Clock
  #loaded: LoadedFlows = { mark: undefined, library: libraryOf([], []) }
  #checkedAt = 0
  #check: Promise<void> | undefined

  constructor(parts: { newCtx: (job: string) => Ctx; clock: Clock }) {
    this.#newCtx = parts.newCtx
    this.#clock = parts.clock
  }

  /** What holds now. Answers at once; a change of another process shows a moment later. */
  current(): FlowLibrary {
    if (this.#now() - this.#checkedAt > checkEveryMs && this.#checkedAt > 0) this.#checkInBackground()
    return this.#loaded.library
  }

  /** Reads everything for the first time, and after a change of ours, which is committed. */
  reload(): Promise<void> {
    return this.refresh(this.#newCtx('flows.reload'))
  }

  /** Reads them again if anything has changed. */
  async refresh(ctx: Ctx): Promise<void> {
    this.#loaded = await loadLibrary(ctx, this.#loaded)
    this.#checkedAt = this.#now()
  }

  /** Until a look that is under way has ended. */
  async settled(): Promise<void> {
    await this.#check
  }

  #checkInBackground(): void {
    this.#checkedAt = this.#now()
    // Without a database what is in memory is the best there is; the next look comes in a few seconds.
    this.#check = this.refresh(this.#newCtx('flows.check')).catch(() => undefined)
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
