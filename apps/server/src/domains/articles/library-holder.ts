import type { Clock } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { createLibrary, emptyContent, type HelpCentre } from './library.ts'
import type { LibrarySettings } from './model.ts'
import { readLibrary } from './use-cases/read-library.ts'

const checkEveryMs = 30_000
const nobody: LibrarySettings = { brand: '', appHost: '', supportEmail: '', uploadLimitMb: 0, captureRetentionDays: 0 }

/**
 * Keeps the library in memory. It is read again when an event says so, and since that event reaches only one of several
 * processes, the others look at its version now and then, when somebody uses it.
 */
export class LibraryHolder {
  readonly #newCtx: (job: string) => Ctx
  readonly #clock: Clock
  #settings = nobody
  #current = createLibrary(emptyContent, nobody)
  #checkedAt = 0
  #check: Promise<void> | undefined

  constructor(parts: { newCtx: (job: string) => Ctx; clock: Clock }) {
    this.#newCtx = parts.newCtx
    this.#clock = parts.clock
  }

  /** What there is to read. Answers at once; a change shows a moment later. */
  current(): HelpCentre {
    if (this.#now() - this.#checkedAt > checkEveryMs && this.#checkedAt > 0) this.#checkInBackground()
    return this.#current
  }

  /** Reads the library for the first time. */
  async open(settings: LibrarySettings): Promise<void> {
    this.#settings = settings
    await this.refresh(this.#newCtx('articles.open_library'))
  }

  /** Reads the library again if anything in it has changed. */
  async refresh(ctx: Ctx): Promise<void> {
    this.#current = await readLibrary(ctx, { known: this.#current, settings: this.#settings })
    this.#checkedAt = this.#now()
  }

  /** Until a look that is under way has ended. */
  async settled(): Promise<void> {
    await this.#check
  }

  #checkInBackground(): void {
    this.#checkedAt = this.#now()
    // Without a database the articles in memory are as good as any; the next look comes in half a minute.
    this.#check = this.refresh(this.#newCtx('articles.check_library')).catch(() => undefined)
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}

export const createLibraryHolder = (parts: { newCtx: (job: string) => Ctx; clock: Clock }): LibraryHolder =>
  new LibraryHolder(parts)
