import type { MemberId } from '@clew/contract/primitives'
import type { SignInMethod } from '@clew/contract/sign-in'
import type { MemberRow } from '../organisations/index.ts'

export const setupHours = 24
/** How long somebody may take from one step of signing in to the next, and a sign-in link is good. */
export const attemptMinutes = 15
export const resetMinutes = 30
/** A session that is good for setting up a second factor, and for nothing else. */
export const setUpMinutes = 30
/** The token before is good for requests that were under way when it changed. */
export const rotationGraceSeconds = 10
export const maxAttemptFailures = 5
export const maxPasskeys = 20

/** Cookies that only https (or this machine) carries, on every path, and no script reads. RFC 6265bis §4.1.3. */
export const sessionCookie = '__Host-clew_session'
/** The way in that this browser is on. */
export const attemptCookie = '__Host-clew_attempt'
/** The sign-in link that this browser waits for. */
export const linkCookie = '__Host-clew_link'
/** Says that somebody has signed in here before. */
export const deviceCookie = '__Host-clew_device'

/** For so long those who were told to wait are gathered before the audit log says so. */
export const refusalWindowMs = 10 * 60_000

/** Whom the key of an account is about: an address (perhaps in one browser, perhaps its letter box), or a member. */
export function aimOf(account: string): { email: string } | { memberId: MemberId } {
  if (account.startsWith('factor:')) return { memberId: account.slice('factor:'.length) as MemberId }
  return { email: account.replace(/^(mail:|device:[\w-]+:)/, '') }
}

export type SessionRow = {
  id: string
  member: MemberRow
  createdAt: Date
  expiresAt: Date
  /** When who it is was last proved; nothing for a token that has been replaced. */
  provedAt: Date | undefined
  methods: readonly SignInMethod[]
  /** Good for setting up a second factor only. */
  isLimited: boolean
  /** Other memberships that were proved together with this one. */
  peers: readonly string[]
  /** The token that takes the place of the one that came. */
  replacedBy?: string
}

/** The role that a token stands for. When it changes, so does the token. ASVS 5.0 §7.2.4. */
export const standingOf = ({ role, customRoleId }: MemberRow): string => `${role}:${customRoleId ?? ''}`

const windowMinutes = 15

export type RestRule = { freeFailures: number }
export const accountRule: RestRule = { freeFailures: 8 }
/** Behind one address may be a whole office. */
export const addressRule: RestRule = { freeFailures: 30 }

/**
 * How long an account, or an address, rests after failed attempts: nothing for the first few within a quarter of an
 * hour, then longer each time, never for ever, so that nobody can lock out an owner.
 */
export function restSeconds(failures: readonly Date[], now: Date, { freeFailures }: RestRule = accountRule): number {
  const recent = failures.filter((at) => now.getTime() - at.getTime() < windowMinutes * 60_000)
  if (recent.length < freeFailures) return 0
  const last = Math.max(...recent.map((at) => at.getTime()))
  const restMs = Math.min(15 * 2 ** Math.min(recent.length - freeFailures, 10), 300) * 1000
  return Math.max(0, Math.ceil((last + restMs - now.getTime()) / 1000))
}

/** Who is counted together: one machine under IPv4, one network of 64 bits under IPv6, where a machine has as many addresses as it likes. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const whole =
    tail === undefined ? front : [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back]
  return `${whole
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`
}
