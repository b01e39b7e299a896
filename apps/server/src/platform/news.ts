import { monotonicMs } from './clock.ts'
import { newToken } from './ids.ts'

/** The channel on which a process says that something was committed. */
export const newsChannel = 'clew_news'
/** New events, new jobs, or a change of that by which sessions are judged. */
export type News = 'events' | 'jobs' | 'identity'

/** How often the other processes are told at most. */
const paceMs = 50

/**
 * Says that something new was committed. This process hears of it at once and without PostgreSQL. The others are told by
 * the commit itself; when they were told just before, they are told once more a little later, of all that was committed
 * meanwhile: commits that carry a notice wait for one another, and each wakes every process. A notice that is lost
 * costs time and nothing else, since everyone looks every 15 seconds anyway.
 */
export class NewsDesk {
  readonly #hear: (news: ReadonlySet<News>) => void
  readonly #tell: (payload: string) => Promise<void>
  /** By which a process knows its own news. */
  readonly #signature = ` @${newToken().slice(0, 12)}`
  #toldAt = Number.NEGATIVE_INFINITY
  #untold = new Set<News>()
  #telling: NodeJS.Timeout | undefined

  /** `tell` notifies the others, apart from any commit. */
  constructor(ways: { hear(news: ReadonlySet<News>): void; tell(payload: string): Promise<void> }) {
    this.#hear = ways.hear
    this.#tell = ways.tell
  }

  /** With what the commit notifies the others; nothing, when they are told later. */
  payloadForCommit(news: ReadonlySet<News>): string | undefined {
    const now = monotonicMs()
    if (now - this.#toldAt < paceMs) return undefined
    this.#toldAt = now
    return this.#payloadOf(news)
  }

  /** After the commit, which has told the others or has not. */
  committed(news: ReadonlySet<News>, { isTold }: { isTold: boolean }): void {
    this.#hear(news)
    if (isTold) return
    for (const each of news) this.#untold.add(each)
    this.#telling ??= setTimeout(() => void this.flush(), Math.max(0, this.#toldAt + paceMs - monotonicMs()))
  }

  /** Tells the others what they have not been told. */
  async flush(): Promise<void> {
    clearTimeout(this.#telling)
    this.#telling = undefined
    if (this.#untold.size === 0) return
    const payload = this.#payloadOf(this.#untold)
    this.#untold = new Set()
    this.#toldAt = monotonicMs()
    await this.#tell(payload)
  }

  /** What another process said; nothing, when it was this one. */
  read(payload: string): ReadonlySet<News> | undefined {
    return payload.endsWith(this.#signature) ? undefined : new Set(payload.split(' ') as News[])
  }

  #payloadOf(news: ReadonlySet<News>): string {
    return `${[...news].sort().join(' ')}${this.#signature}`
  }
}
