import type { DnsAnswer, DomainId, DomainState } from '@clew/contract/domains'
import type { OrganisationId } from '@clew/contract/primitives'

/** A domain that an organisation says is its own. */
export type DomainRow = {
  id: DomainId
  organisationId: OrganisationId
  name: string
  token: string
  state: DomainState
  coversSubdomains: boolean
  joinsByItself: boolean
  createdAt: Date
  offerEndsAt: Date
  verifiedAt: Date | undefined
  checkedAt: Date | undefined
  nextCheckAt: Date | undefined
  provedAt: Date | undefined
  lostAt: Date | undefined
  lastAnswer: string | undefined
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** How long a new domain is looked for. */
export const offerMs = 7 * dayMs
/** How many days a lost record may be missing before the domain stops counting. */
export const graceDays = 7
/** Servers that do not answer prove nothing; after this long their silence counts as a missing record. */
const silenceMs = 2 * dayMs

export const challengeName = (name: string): string => `_clew-challenge.${name}`
export const challengeText = (token: string): string => `clew=${token}`

/** Verified, or lost so lately that it still counts. */
export const countsAsOwn = (state: DomainState): boolean => state === 'verified' || state === 'lost'

/** The part of an address after its last @, as it is compared; empty when there is none. */
export function domainOfEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 1) return ''
  return email
    .slice(at + 1)
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
}

/** Whether the addresses of `emailDomain` are those of this domain. */
export const covers = (row: Pick<DomainRow, 'name' | 'coversSubdomains'>, emailDomain: string): boolean =>
  row.name === emailDomain || (row.coversSubdomains && emailDomain.endsWith(`.${row.name}`))

/** When a domain that waits is looked at again: often at first, since somebody is sitting there. */
export function nextLook({ createdAt, offerEndsAt }: Pick<DomainRow, 'createdAt' | 'offerEndsAt'>, now: Date): Date {
  const age = now.getTime() - createdAt.getTime()
  const pause = age < hourMs ? 5 * minuteMs : age < 6 * hourMs ? 15 * minuteMs : age < dayMs ? hourMs : 6 * hourMs
  return new Date(Math.min(now.getTime() + pause, Math.max(offerEndsAt.getTime(), now.getTime())))
}

/** What a look at the name servers changes. */
export type LookChange = Pick<
  DomainRow,
  'state' | 'checkedAt' | 'nextCheckAt' | 'verifiedAt' | 'provedAt' | 'lostAt' | 'lastAnswer'
>

/** Whether an answer says that the record is not there; the others say that nobody knows. */
const isMissing = (answer: DnsAnswer): boolean =>
  answer === 'none' || answer === 'no_domain' || answer === 'other_text' || answer === 'no_servers'

/** The state of a domain after one look. `isHeld`: another organisation has proved it, or what covers it. */
export function afterLook(
  row: DomainRow,
  answer: DnsAnswer,
  { now, isHeld }: { now: Date; isHeld: boolean },
): LookChange {
  const looked = { ...changeOf(row), checkedAt: now, lastAnswer: answer }
  if (answer === 'found') {
    const seen = { ...looked, provedAt: now, nextCheckAt: new Date(now.getTime() + dayMs), lostAt: undefined }
    if (countsAsOwn(row.state)) return { ...seen, state: 'verified' }
    return isHeld ? { ...seen, state: 'disputed' } : { ...seen, state: 'verified', verifiedAt: now }
  }
  if (countsAsOwn(row.state)) return withoutRecord(row, looked, { now, isGone: isMissing(answer) })
  // Servers that do not answer take nobody's claim away.
  if (row.state === 'disputed' && !isMissing(answer))
    return { ...looked, nextCheckAt: new Date(now.getTime() + hourMs) }
  if (now >= row.offerEndsAt) return { ...looked, state: 'expired', nextCheckAt: undefined }
  return { ...looked, state: 'waiting', nextCheckAt: nextLook(row, now) }
}

function withoutRecord(
  row: DomainRow,
  looked: LookChange,
  { now, isGone }: { now: Date; isGone: boolean },
): LookChange {
  const inAnHour = new Date(now.getTime() + hourMs)
  const silentSince = row.provedAt ?? row.verifiedAt ?? row.createdAt
  const counted = isGone || now.getTime() - silentSince.getTime() >= silenceMs
  if (row.state === 'verified' && !counted) return { ...looked, nextCheckAt: inAnHour }
  const lostAt = row.lostAt ?? now
  const endsAt = stopsCountingAt(lostAt)
  if (now >= endsAt)
    return { ...looked, state: 'expired', lostAt: undefined, verifiedAt: undefined, nextCheckAt: undefined }
  const tomorrow = new Date(now.getTime() + dayMs)
  return { ...looked, state: 'lost', lostAt, nextCheckAt: tomorrow < endsAt ? tomorrow : endsAt }
}

const changeOf = ({
  state,
  checkedAt,
  nextCheckAt,
  verifiedAt,
  provedAt,
  lostAt,
  lastAnswer,
}: DomainRow): LookChange => ({
  state,
  checkedAt,
  nextCheckAt,
  verifiedAt,
  provedAt,
  lostAt,
  lastAnswer,
})

export const stopsCountingAt = (lostAt: Date): Date => new Date(lostAt.getTime() + graceDays * dayMs)

/** Day 1 is the day on which it was found missing. */
export const dayOfLoss = (lostAt: Date, now: Date): number =>
  Math.min(graceDays, Math.floor((now.getTime() - lostAt.getTime()) / dayMs) + 1)
