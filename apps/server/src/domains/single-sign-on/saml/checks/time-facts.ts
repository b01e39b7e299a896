import type { Facts } from '../refusal.ts'
import { clockSkewMs } from '../subjects.ts'

/** How far off a moment is: a few minutes are a wrong clock, an hour is an old page sent again. */
export function timeFacts(name: string, instant: number, now: Date): { observed: Facts; expected: Facts } {
  const isReal = !Number.isNaN(instant)
  return {
    observed: {
      [name]: isReal ? new Date(instant).toISOString() : 'missing or malformed',
      ...(isReal && { differenceSeconds: Math.round((instant - now.getTime()) / 1000) }),
    },
    expected: { now: now.toISOString(), allowedSkewSeconds: clockSkewMs / 1000 },
  }
}
