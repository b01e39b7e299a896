import type { SignInMethod } from '@clew/contract/sign-in'
import type { PoliciesNow } from '../organisations/index.ts'

export type { PoliciesNow }

/** Ways that are two factors at once, or that somebody else vouches for. */
const twofold: ReadonlySet<SignInMethod> = new Set(['passkey', 'code', 'recovery_code', 'sso'])
export const isTwofold = (methods: readonly SignInMethod[]): boolean => methods.some((method) => twofold.has(method))

const dayMs = 86_400_000

/** From when on somebody gets no further without a second factor; nothing where it is not asked for. */
export function secondFactorDueAt({ mfa, since }: PoliciesNow, joinedAt: Date): Date | undefined {
  if (mfa.mode !== 'required') return undefined
  const required = since.get('mfa') ?? joinedAt
  return new Date(Math.max(required.getTime(), joinedAt.getTime()) + mfa.graceDays * dayMs)
}

/** Whether the organisation lets its people sign in so. */
export function isAllowedWay({ passwords: { ways } }: PoliciesNow, method: SignInMethod): boolean {
  if (method === 'password') return ways.includes('password')
  if (method === 'link') return ways.includes('magic_link')
  return method !== 'passkey' || ways.includes('passkey')
}

export const absoluteMs = ({ sessions }: PoliciesNow): number => sessions.absoluteHours * 3_600_000
export const idleMs = ({ sessions }: PoliciesNow): number => sessions.idleMinutes * 60_000

/** Whether a session that began then and was last used then is over. */
export const hasEnded = (
  policies: PoliciesNow,
  { createdAt, seenAt }: { createdAt: Date; seenAt: Date },
  now: Date,
): boolean =>
  now.getTime() - createdAt.getTime() >= absoluteMs(policies) || now.getTime() - seenAt.getTime() >= idleMs(policies)
