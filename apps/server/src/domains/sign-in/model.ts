import type { MemberRow } from '../organisations/index.ts'

export const sessionDays = 30
export const idleDays = 7
export const setupHours = 24

/** A sign-in cookie that only https (or this machine) carries, on every path, and no script reads. RFC 6265bis §4.1.3. */
export const sessionCookie = '__Host-clew_session'

export type SessionRow = { member: MemberRow; expiresAt: Date }

const freeFailures = 8
const windowMinutes = 15

/**
 * How long an account rests after failed attempts: nothing for the first eight within a quarter of an hour, then
 * longer each time, never for ever, so that nobody can lock out an owner.
 */
export function restSeconds(failures: readonly Date[], now: Date): number {
  const recent = failures.filter((at) => now.getTime() - at.getTime() < windowMinutes * 60_000)
  if (recent.length < freeFailures) return 0
  const last = Math.max(...recent.map((at) => at.getTime()))
  const restMs = Math.min(15 * 2 ** (recent.length - freeFailures), 300) * 1000
  return Math.max(0, Math.ceil((last + restMs - now.getTime()) / 1000))
}
