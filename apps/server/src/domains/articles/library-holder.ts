import type { Clock } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { createLibrary, emptyContent, type HelpCentre } from './library.ts'
import { type LibrarySettings, markOf } from './model.ts'
import { readLibrary } from './use-cases/read-library.ts'

type LibraryHolderParts = {
  newCtx: (job: string) => Ctx
  clock: Clock
  onRead?: (library: HelpCentre) => void
}

const checkEveryMs = 30_000
/** Reading all articles takes a tenth of a second, for which the start does not wait. */
const readAfterMs = 1000
const nobody: LibrarySettings = { brand: '', appHost: '', supportEmail: '', uploadLimitMb: 0, captureRetentionDays: 0 }

/**
 * Keeps the library in memory. It is read again when an event says so, and since that event reaches only one of several
 * processes, the others look at its version now and then, when somebody uses it.
 */
export class LibraryHolder {
  readonly #newCtx: (job: string) => Ctx
  readonly #clock: Clock
  readonly #onRead: (library: HelpCentre) => void
  #settings = (): LibrarySettings => nobody
  #filledWith = ''
  #current = createLibrary(emptyContent, nobody)
  #checkedAt = 0
  #check: Promise<void> | undefined
  #reading: NodeJS.Timeout | undefined

  /** `onRead` looks at what there is to read, whenever that has changed. */
  constructor(parts: LibraryHolderParts) {
    this.#newCtx = parts.newCtx
    this.#clock = parts.clock
    this.#onRead = parts.onRead ?? (() => undefined)
  }

  /** What there is to read. Answers at once; a change shows a moment later. */
  current(): HelpCentre {
    const isOld = this.#now() - this.#checkedAt > checkEveryMs || this.#filledWith !== markOf(this.#settings())
    if (isOld && this.#checkedAt > 0) this.#checkInBackground()
    return this.#current
  }

  /** Reads the library for the first time. */
  async open(settings: () => LibrarySettings): Promise<void> {
    this.#settings = settings
    await this.#read(this.#newCtx('articles.open_library'))
    this.#reading = setTimeout(() => this.#prepare(), readAfterMs)
    this.#reading.unref()
  }

  close(): void {
    clearTimeout(this.#reading)
  }

  /** Reads the library again if anything in it has changed. */
  async refresh(ctx: Ctx): Promise<void> {
    const known = this.#current
    await this.#read(ctx)
    if (this.#current !== known) this.#prepare()
  }

  #prepare(): void {
    this.#current.ready()
    this.#onRead(this.#current)
  }

  async #read(ctx: Ctx): Promise<void> {
    const settings = this.#settings()
    this.#current = await readLibrary(ctx, { known: this.#current, settings })
    this.#filledWith = markOf(settings)
    this.#checkedAt = this.#now()
  }

  /** Until a look that is under way has ended. */
  async settled(): Promise<void> {
    await this.#check
  }

  #checkInBackground(): void {
    this.#checkedAt = this.#now()
    this.#filledWith = markOf(this.#settings())
    // Without a database the articles in memory are as good as any; the next look comes in half a minute.
    this.#check = this.refresh(this.#newCtx('articles.check_library')).catch(() => undefined)
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}

export const createLibraryHolder = (parts: LibraryHolderParts): LibraryHolder => new LibraryHolder(parts)
