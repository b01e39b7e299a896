import type { OrganisationId } from '@clew/contract/primitives'
import type { RetentionClass } from '@clew/contract/retention'

const dayMs = 86_400_000
/** For so long a shorter time can be taken back. */
export const graceDays = 7
/** When the runs of the night begin, UTC. */
const runHour = 4

export type PolicyOf = 'own' | 'team' | 'built_in'

/** What holds for a kind of data: whose word it is, and for how many days; `null` for ever. */
export type Policy = { of: PolicyOf; version: number; keepDays: number | null }

export type PolicyChange = {
  organisationId: OrganisationId
  class: RetentionClass
  version: number
  keepDays: number | null
  setBy: string | undefined
  setAt: Date
  effectiveAt: Date
  takenBackAt: Date | undefined
  takenBackBy: string | undefined
}

/** The latest change that has come into force; those that were taken back never do. */
export function inForce(changes: readonly PolicyChange[], now: Date): PolicyChange | undefined {
  return latest(changes.filter((each) => !each.takenBackAt && each.effectiveAt <= now))
}

/** What comes into force later. */
export function pendingOf(changes: readonly PolicyChange[], now: Date): PolicyChange | undefined {
  return latest(changes.filter((each) => !each.takenBackAt && each.effectiveAt > now))
}

const latest = (changes: readonly PolicyChange[]): PolicyChange | undefined =>
  changes.reduce<PolicyChange | undefined>(
    (best, each) => (best && best.version > each.version ? best : each),
    undefined,
  )

type Sources = { own: readonly PolicyChange[]; team: readonly PolicyChange[]; builtIn: number | null }

/** An organisation's own word, else the support team's, else the product's. */
export function policyNow({ own, team, builtIn }: Sources, now: Date): Policy {
  for (const [of, changes] of [['own', own] as const, ['team', team] as const]) {
    const found = inForce(changes, now)
    if (found) return { of, version: found.version, keepDays: found.keepDays }
  }
  return { of: 'built_in', version: 0, keepDays: builtIn }
}

/** What held for the same organisation just before one of its changes was made. */
export function policyBefore(
  change: PolicyChange,
  { all, team, builtIn }: { all: readonly PolicyChange[]; team: OrganisationId; builtIn: number | null },
): Policy {
  const of = (id: OrganisationId) => all.filter((each) => each.organisationId === id && each.class === change.class)
  const own = of(change.organisationId).filter(({ version }) => version < change.version)
  return policyNow({ own, team: change.organisationId === team ? [] : of(team), builtIn }, change.setAt)
}

export const isShorter = (to: number | null, from: number | null): boolean =>
  to !== null && (from === null || to < from)

/** A shorter one bites with the first run after the grace; a longer one, which deletes nothing, at once. */
export const effectiveAt = (change: { from: number | null; to: number | null }, now: Date): Date =>
  isShorter(change.to, change.from) ? nextRun(new Date(now.getTime() + graceDays * dayMs)) : now

export function nextRun(after: Date): Date {
  const run = new Date(after)
  run.setUTCHours(runHour, 0, 0, 0)
  return run < after ? new Date(run.getTime() + dayMs) : run
}

/** What is older than this goes; undefined when all is kept for ever. */
export const cutoff = (keepDays: number | null, at: Date): Date | undefined =>
  keepDays === null ? undefined : new Date(at.getTime() - keepDays * dayMs)

export const daysLater = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs)

const bars = 66

/** How many days one bar of the picture is, so that both limits are in it. */
export function bucketDays(days: readonly (number | null)[]): number {
  const longest = Math.max(30, ...days.flatMap((each) => each ?? []))
  return Math.max(0.5, Math.ceil((longest * 2.2) / bars) / 2)
}

/** What has to be typed before so much is deleted for good. */
export const confirmationOf = (count: number): string | undefined => (count === 0 ? undefined : `delete ${count}`)
