import type { Clock } from '../platform/clock.ts'

/** A clock that goes where it is put, so that the past can be played. */
export type SettableClock = Clock & { set(ms: number): void; advance(ms: number): void }

export function settableClock(start: Date): SettableClock {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    set: (ms) => {
      at = ms
    },
    advance: (ms) => {
      at += ms
    },
  }
}
