import type { SsoBreakGlass, SsoGateRule, SsoLockedOut } from '@clew/contract/single-sign-on'
import { proofHours } from './model.ts'

export type GateMember = {
  id: string
  name: string
  email: string
  role: string
  isActive: boolean
  /** The addresses of theirs that may be vouched for. */
  verifiedDomains: readonly string[]
  isProvisioned: boolean
  isLinked: boolean
}

export type GateFacts = {
  now: Date
  members: readonly GateMember[]
  /** Domains that a connection which is on serves. */
  servedDomains: ReadonlySet<string>
  isProvisioned: boolean
  /** When an owner last got through, by a test or for good. */
  proof: { memberId: string; name: string; at: Date } | undefined
  breakGlass: readonly SsoBreakGlass[]
  keys: { total: number; ofPeople: number }
}

/** Whom requiring SSO keeps out at their next sign-in. */
export function lockedOut({ members, servedDomains, isProvisioned, breakGlass }: GateFacts): SsoLockedOut[] {
  const exempt = new Set<string>(breakGlass.map(({ memberId }) => memberId))
  return members
    .filter(({ id, isActive }) => isActive && !exempt.has(id))
    .flatMap((member) => {
      const why = whyOut(member, { servedDomains, isProvisioned })
      return why === undefined
        ? []
        : [{ memberId: member.id as SsoLockedOut['memberId'], name: member.name, email: member.email, why }]
    })
}

function whyOut(
  { verifiedDomains, isProvisioned, isLinked }: GateMember,
  facts: Pick<GateFacts, 'servedDomains' | 'isProvisioned'>,
): SsoLockedOut['why'] | undefined {
  if (verifiedDomains.length === 0) return 'domain'
  if (!verifiedDomains.some((domain) => facts.servedDomains.has(domain))) return 'no_connection'
  // Where provisioning says who is there, whom it does not know is not there.
  if (facts.isProvisioned && !isProvisioned && !isLinked) return 'not_in_provider'
  return undefined
}

export const isReady = ({ hasPassword, hasSecondFactor, hasRecoveryCodes }: SsoBreakGlass): boolean =>
  hasPassword && hasSecondFactor && hasRecoveryCodes

/** What has to be true, and what ought to be, before SSO is required. */
export function gateRules(facts: GateFacts): SsoGateRule[] {
  const { now, members, proof, breakGlass, keys } = facts
  const isFresh = proof !== undefined && now.getTime() - proof.at.getTime() < proofHours * 3_600_000
  const ready = breakGlass.find(isReady)
  const [nearest] = breakGlass
  const outside = members.filter(({ isActive, verifiedDomains }) => isActive && verifiedDomains.length === 0).length
  return [
    {
      rule: 'owner_tested',
      isMet: isFresh,
      isRequired: true,
      ...(proof ? { name: proof.name, at: proof.at.toISOString() } : {}),
    },
    {
      rule: 'break_glass_ready',
      isMet: ready !== undefined,
      isRequired: true,
      ...(ready ? { name: ready.name } : {}),
      ...(ready ? {} : { missing: missingOf(nearest) }),
    },
    { rule: 'addresses_verified', isMet: outside === 0, isRequired: false, count: outside },
    { rule: 'keys_of_services', isMet: keys.ofPeople === 0, isRequired: false, count: keys.ofPeople, of: keys.total },
  ]
}

function missingOf(person: SsoBreakGlass | undefined): NonNullable<SsoGateRule['missing']> {
  if (!person) return ['chosen']
  return [
    ...(person.hasPassword ? [] : ['password' as const]),
    ...(person.hasSecondFactor ? [] : ['second_factor' as const]),
    ...(person.hasRecoveryCodes ? [] : ['recovery_codes' as const]),
  ]
}

export const isOpen = (rules: readonly SsoGateRule[]): boolean =>
  rules.every(({ isMet, isRequired }) => isMet || !isRequired)

/** What somebody has to type: with the number that it is about, so that nobody types it out of habit. */
export const confirmation = (count: number): string => `lock out ${count}`
