export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved. For tests. */
export function fixedClock(iso: string): Clock & { advance(ms: number): void } {
  let at = Date.parse(iso)
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms
    },
  }
}

/** Milliseconds that only grow, for measuring how long something took. */
export const monotonicMs = (): number => performance.now()

/** For how long something took; it has no date. */
export const stopwatchMs = (): number => performance.now()
