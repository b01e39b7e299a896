import type { Asserted } from './model.claims.ts'
import type { ConnectionRow } from './model.ts'

/** Whom an assertion may mean here. */
export type Candidate = {
  id: string
  email: string
  deactivatedVia: 'console' | 'scim' | 'expiry' | undefined
  hasEnded: boolean
  /** This connection knows them by another name that never changes. */
  hasOtherSubject: boolean
}

export type AdmitFacts = {
  purpose: 'sign_in' | 'test'
  connection: Pick<ConnectionRow, 'state' | 'options'>
  asserted: Asserted
  /** The domain of this very organisation that covers the address; undefined when it has none. */
  verifiedDomain: string | undefined
  isServed: boolean
  linked: Candidate | undefined
  byAddress: (Candidate & { isAlias: boolean }) | undefined
  /** Provisioning has taken somebody with this address away. */
  wasDeprovisioned: boolean
  hasInvitation: boolean
  hasSeat: boolean
}

export const admitRefusals = [
  'connection_off',
  'address_missing',
  'address_not_verified',
  'domain_not_verified',
  'domain_not_served',
  'subject_differs',
  'member_deactivated',
  'member_ended',
  'member_deprovisioned',
  'member_unknown',
  'no_seat',
] as const
export type AdmitRefusal = (typeof admitRefusals)[number]

export type AdmitCheck = { check: string; outcome: 'passed' | 'refused' }

export type Admission =
  | { kind: 'member'; memberId: string; by: 'subject' | 'address' | 'alias'; checks: AdmitCheck[] }
  | { kind: 'join'; checks: AdmitCheck[] }
  | { kind: 'refused'; reason: AdmitRefusal; memberId: string | undefined; checks: AdmitCheck[] }

/** The questions in their order; the first that is answered with a reason ends it. */
const questions: readonly (readonly [check: string, ask: (facts: AdmitFacts) => AdmitRefusal | undefined])[] = [
  [
    'connection-on',
    ({ purpose, connection }) => (purpose === 'test' || connection.state === 'active' ? undefined : 'connection_off'),
  ],
  ['address-present', ({ asserted }) => (asserted.email === undefined ? 'address_missing' : undefined)],
  ['address-verified', ({ asserted }) => (asserted.isEmailVerified ? undefined : 'address_not_verified')],
  // Of this organisation: whoever runs an identity provider can assert any address in the world.
  ['domain-verified', ({ verifiedDomain }) => (verifiedDomain === undefined ? 'domain_not_verified' : undefined)],
  ['domain-served', ({ isServed }) => (isServed ? undefined : 'domain_not_served')],
  // An address that was given to somebody new must not open the account of who had it before.
  [
    'same-subject',
    ({ linked, byAddress }) => (linked === undefined && byAddress?.hasOtherSubject ? 'subject_differs' : undefined),
  ],
  ['member-active', (facts) => (found(facts)?.deactivatedVia === undefined ? undefined : 'member_deactivated')],
  ['member-lasts', (facts) => (found(facts)?.hasEnded ? 'member_ended' : undefined)],
  [
    'not-deprovisioned',
    (facts) => (found(facts) === undefined && facts.wasDeprovisioned ? 'member_deprovisioned' : undefined),
  ],
  [
    'member-known',
    (facts) =>
      found(facts) === undefined && !facts.hasInvitation && !facts.connection.options.justInTime
        ? 'member_unknown'
        : undefined,
  ],
  ['seat-free', (facts) => (found(facts) === undefined && !facts.hasSeat ? 'no_seat' : undefined)],
]

const found = ({ linked, byAddress }: AdmitFacts): Candidate | undefined => linked ?? byAddress

/** Whether, and as whom, somebody is let in. */
export function admit(facts: AdmitFacts): Admission {
  const checks: AdmitCheck[] = []
  for (const [check, ask] of questions) {
    const reason = ask(facts)
    checks.push({ check, outcome: reason === undefined ? 'passed' : 'refused' })
    if (reason !== undefined) return { kind: 'refused', reason, memberId: found(facts)?.id, checks }
  }
  const { linked, byAddress } = facts
  if (linked) return { kind: 'member', memberId: linked.id, by: 'subject', checks }
  if (byAddress) return { kind: 'member', memberId: byAddress.id, by: byAddress.isAlias ? 'alias' : 'address', checks }
  return { kind: 'join', checks }
}
