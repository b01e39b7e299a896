import { ticks } from '../clock.ts'
import type { Session } from './session.ts'
import { type Watched, watched } from './watched.ts'

/** Our own program files: they carry nothing, and most come from this browser's own store. */
const isProgramFile = (address: string): boolean => /^blob:|\/assets\/site\/[^/]+$/.test(address)

/**
 * How many requests the page has made since a file was chosen, as the browser itself counts them. Undefined where it
 * does not, and before there is a file.
 */
export function countRequests(session: Pick<Session, 'get' | 'subscribe'>): Watched<number | undefined> {
  const count = watched<number | undefined>(undefined)
  if (typeof PerformanceObserver === 'undefined') return count
  let since: number | undefined
  const observer = new PerformanceObserver((list) => {
    if (since === undefined) return
    const from = since
    const made = list.getEntries().filter(({ name, startTime }) => startTime >= from && !isProgramFile(name))
    count.set((count.get() ?? 0) + made.length)
  })
  observer.observe({ type: 'resource' })
  session.subscribe(() => {
    if (since !== undefined || session.get().jobs.length === 0) return
    since = ticks()
    count.set(0)
  })
  return count
}
