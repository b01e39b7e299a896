import type { SsoFinding } from '@clew/contract/single-sign-on'
import type { AddressFacts, Cause, DiagnosisFacts, Person } from './model.facts.ts'

/** The address that counts for this sign-in: the one that was vouched for, else the one that was asked about. */
const subjectOf = ({ asserted, asked }: DiagnosisFacts): AddressFacts | undefined => asserted ?? asked
const memberOf = (facts: DiagnosisFacts): Person | undefined => subjectOf(facts)?.member ?? facts.asked?.member
const reasonOf = ({ attempt }: DiagnosisFacts): string => attempt?.reason ?? ''
const isReason = (facts: DiagnosisFacts, ...reasons: string[]): boolean => reasons.includes(reasonOf(facts))

const finding = (mark: SsoFinding['mark'], name: string, values: Record<string, string> = {}): SsoFinding => ({
  mark,
  finding: name,
  values,
})

const dated = (found: SsoFinding, at: Date | undefined): SsoFinding =>
  at === undefined ? found : { ...found, at: at.toISOString() }

/** What ended a sign-in before anybody could be looked for, and is nobody's fault. */
const interruptions = new Set([
  'request_unknown',
  'saml.unknown_request',
  'saml.request_mismatch',
  'saml.status_not_success',
  'replayed',
  'oidc.denied',
  'oidc.login_required',
])

const isProtocol = (reason: string): boolean => /^(?:saml|oidc)\./.test(reason) && !interruptions.has(reason)

const isDeprovisioned = (facts: DiagnosisFacts): boolean =>
  memberOf(facts)?.deactivatedVia === 'scim' ||
  (memberOf(facts) === undefined && subjectOf(facts)?.deprovisionedAt !== undefined)

const hasNobody = (facts: DiagnosisFacts): boolean => subjectOf(facts) !== undefined && memberOf(facts) === undefined

const isOwnDomain = (facts: DiagnosisFacts): boolean => subjectOf(facts)?.domainIs === 'own'

/** The account is under one address, the identity provider says another. */
const otherAccount = (facts: DiagnosisFacts): Person | undefined => {
  const subject = subjectOf(facts)
  if (subject === undefined || subject.member) return undefined
  const [other] = [facts.asked?.member, facts.elsewhere.member].filter((each) => each !== undefined)
  return other && other.email !== subject.address ? other : undefined
}

/**
 * The decision tree as a table, asked from the top: what stopped the sign-in itself, then what is known of the person,
 * then of the address, then of the domain.
 */
export const causes: readonly Cause[] = [
  {
    cause: 'works',
    fits: ({ attempt }) => attempt?.outcome === 'signed_in',
    evidence: ({ attempt }) => [dated(finding('met', 'signed_in'), attempt?.at)],
  },
  {
    cause: 'untrusted_response',
    letter: 'i',
    fits: (facts) => isProtocol(reasonOf(facts)),
    values: (facts) => ({ reason: reasonOf(facts) }),
    evidence: (facts) => [
      finding('differs', 'response_refused', { reason: reasonOf(facts), ...facts.attempt?.observed }),
    ],
    remedies: ({ connection }) =>
      connection ? [{ remedy: 'open_connection', connectionId: connection.id as never }] : [],
    ruledOut: ({ attempt }) => (attempt?.assertedEmail === undefined ? undefined : 'response_sound'),
  },
  {
    cause: 'interrupted',
    fits: (facts) => interruptions.has(reasonOf(facts)),
    values: (facts) => ({ reason: reasonOf(facts) }),
    evidence: (facts) => [finding('differs', 'interrupted', { reason: reasonOf(facts), ...facts.attempt?.observed })],
  },
  {
    cause: 'connection_off',
    fits: (facts) => isReason(facts, 'connection_off', 'connection_incomplete'),
    evidence: ({ connection }) => [finding('differs', 'connection_is_off', { connection: connection?.name ?? '' })],
    remedies: ({ connection }) =>
      connection ? [{ remedy: 'open_connection', connectionId: connection.id as never }] : [],
  },
  {
    cause: 'address_missing',
    fits: (facts) => isReason(facts, 'address_missing'),
    evidence: () => [finding('differs', 'no_address_sent')],
    remedies: ({ connection, addressClaim }) =>
      connection
        ? [
            {
              remedy: 'fix_mapping',
              connectionId: connection.id as never,
              ...(addressClaim === undefined ? {} : { claim: addressClaim }),
            },
          ]
        : [],
  },
  {
    cause: 'address_not_verified',
    fits: (facts) => isReason(facts, 'address_not_verified'),
    evidence: () => [finding('differs', 'address_unproved')],
    remedies: ({ connection }) => (connection ? [{ remedy: 'fix_mapping', connectionId: connection.id as never }] : []),
  },
  {
    cause: 'deactivated_by_provisioning',
    letter: 'e',
    fits: isDeprovisioned,
    values: (facts) => ({ name: memberOf(facts)?.name ?? '', by: facts.provisionedBy ?? '' }),
    evidence: (facts) => {
      const at = memberOf(facts)?.deactivatedAt ?? subjectOf(facts)?.deprovisionedAt
      return [dated(finding('differs', 'deactivated_by_scim', { by: facts.provisionedBy ?? '' }), at)]
    },
    remedies: (facts) => {
      const member = memberOf(facts)
      return member ? [{ remedy: 'lift_deactivation', memberId: member.id as never }] : []
    },
    ruledOut: (facts) => (subjectOf(facts) === undefined ? undefined : 'not_deactivated'),
  },
  {
    cause: 'deactivated',
    fits: (facts) => memberOf(facts)?.deactivatedVia === 'console',
    values: (facts) => ({ name: memberOf(facts)?.name ?? '' }),
    evidence: (facts) => [dated(finding('differs', 'deactivated_here'), memberOf(facts)?.deactivatedAt)],
    remedies: (facts) => [{ remedy: 'lift_deactivation', memberId: memberOf(facts)?.id as never }],
  },
  {
    cause: 'guest_ended',
    fits: (facts) => memberOf(facts)?.endedAt !== undefined || memberOf(facts)?.deactivatedVia === 'expiry',
    values: (facts) => ({ name: memberOf(facts)?.name ?? '' }),
    evidence: (facts) => [dated(finding('differs', 'guest_over'), memberOf(facts)?.endedAt)],
  },
  {
    cause: 'no_seat',
    letter: 'j',
    fits: (facts) => isReason(facts, 'no_seat'),
    values: ({ seats }) => ({ used: String(seats?.used ?? 0), limit: String(seats?.limit ?? 0) }),
    evidence: ({ seats }) => [
      finding('differs', 'seats_full', { used: String(seats?.used ?? 0), limit: String(seats?.limit ?? 0) }),
    ],
    remedies: () => [{ remedy: 'add_seats' }],
    ruledOut: ({ seats }) => (seats !== undefined && seats.used >= seats.limit ? undefined : 'seat_free'),
  },
  {
    cause: 'wrong_connection',
    letter: 'h',
    fits: (facts) =>
      isReason(facts, 'domain_not_served') ||
      subjectOf(facts)?.domainIs === 'other' ||
      (isReason(facts, 'domain_not_verified') && facts.asserted !== undefined && facts.asked?.domainIs === 'own'),
    values: (facts) => ({ right: facts.servedBy.join(', ') }),
    evidence: (facts) => [
      finding('differs', facts.servedBy.length > 0 ? 'served_by_another' : 'domain_of_others', {
        domain: subjectOf(facts)?.domain ?? '',
        right: facts.servedBy.join(', '),
        connection: facts.connection?.name ?? '',
      }),
    ],
    remedies: ({ connection }) =>
      connection ? [{ remedy: 'open_connection', connectionId: connection.id as never }] : [],
    ruledOut: (facts) => (facts.attempt && isOwnDomain(facts) ? 'right_workspace' : undefined),
  },
  {
    cause: 'address_differs',
    letter: 'g',
    fits: (facts) => isReason(facts, 'subject_differs') || (isOwnDomain(facts) && otherAccount(facts) !== undefined),
    values: (facts) => {
      const other = otherAccount(facts) ?? memberOf(facts)
      return { name: other?.name ?? '', account: other?.email ?? '', address: subjectOf(facts)?.address ?? '' }
    },
    evidence: (facts) => {
      const other = otherAccount(facts) ?? memberOf(facts)
      if (isReason(facts, 'subject_differs'))
        return [finding('differs', 'other_subject', { account: other?.email ?? '' })]
      return [finding('differs', 'account_is', { account: other?.email ?? '', name: other?.name ?? '' })]
    },
    remedies: (facts) => {
      const other = otherAccount(facts)
      const address = subjectOf(facts)?.address
      if (!other || address === undefined) return []
      const about = { memberId: other.id as never, email: address }
      return [
        { remedy: 'move_address', ...about },
        { remedy: 'link_alias', ...about },
        { remedy: 'invite_as', ...about },
      ]
    },
  },
  {
    cause: 'invited_elsewhere',
    letter: 'c',
    fits: (facts) =>
      hasNobody(facts) && !subjectOf(facts)?.invitation?.isOpen && facts.elsewhere.invitation?.isOpen === true,
    values: ({ elsewhere }) => ({ invited: elsewhere.invitation?.email ?? '' }),
    evidence: ({ elsewhere }) => [
      dated(
        finding('differs', 'invited_as', { invited: elsewhere.invitation?.email ?? '' }),
        elsewhere.invitation?.expiresAt,
      ),
    ],
    remedies: (facts) => [
      { remedy: 'invite', email: subjectOf(facts)?.address ?? '' },
      { remedy: 'resend_invitation', invitationId: facts.elsewhere.invitation?.id ?? '' },
    ],
  },
  {
    cause: 'invitation_expired',
    letter: 'd',
    fits: (facts) => hasNobody(facts) && subjectOf(facts)?.invitation?.isOpen === false,
    evidence: (facts) => {
      const at = subjectOf(facts)?.invitation?.expiresAt
      return [dated(finding('differs', 'invitation_over'), at)]
    },
    remedies: (facts) => [
      {
        remedy: 'resend_invitation',
        invitationId: subjectOf(facts)?.invitation?.id ?? '',
        email: subjectOf(facts)?.address ?? '',
      },
    ],
  },
  {
    cause: 'invitation_open',
    fits: (facts) => hasNobody(facts) && subjectOf(facts)?.invitation?.isOpen === true,
    evidence: (facts) => [dated(finding('differs', 'invitation_waits'), subjectOf(facts)?.invitation?.expiresAt)],
    remedies: (facts) => [
      {
        remedy: 'resend_invitation',
        invitationId: subjectOf(facts)?.invitation?.id ?? '',
        email: subjectOf(facts)?.address ?? '',
      },
    ],
  },
  {
    cause: 'domain_unknown',
    letter: 'a',
    fits: (facts) => subjectOf(facts) !== undefined && !isOwnDomain(facts),
    evidence: (facts) => [finding('differs', 'domain_unproved', { domain: subjectOf(facts)?.domain ?? '' })],
    remedies: (facts) => [{ remedy: 'verify_domain', domain: subjectOf(facts)?.domain ?? '' }],
    ruledOut: (facts) => (isOwnDomain(facts) ? 'domain_is_verified' : undefined),
  },
  {
    cause: 'not_provisioned',
    letter: 'f',
    fits: (facts) => hasNobody(facts) && facts.provisionedBy !== undefined && !facts.connection?.justInTime,
    values: ({ provisionedBy = '' }) => ({ by: provisionedBy }),
    evidence: ({ provisionedBy = '' }) => [finding('differs', 'not_pushed', { by: provisionedBy })],
    remedies: ({ connection }) =>
      connection ? [{ remedy: 'turn_on_just_in_time', connectionId: connection.id as never }] : [],
  },
  {
    cause: 'not_invited',
    letter: 'b',
    fits: hasNobody,
    evidence: (facts) => [finding('differs', 'nobody_here', { address: subjectOf(facts)?.address ?? '' })],
    remedies: (facts) => [
      { remedy: 'invite', email: subjectOf(facts)?.address ?? '' },
      ...(facts.connection && !facts.connection.justInTime
        ? [{ remedy: 'turn_on_just_in_time' as const, connectionId: facts.connection.id as never }]
        : []),
    ],
  },
  {
    cause: 'works',
    fits: (facts) => memberOf(facts) !== undefined,
    values: (facts) => ({ name: memberOf(facts)?.name ?? '' }),
    evidence: (facts) => [finding('met', 'member_ready', { account: memberOf(facts)?.email ?? '' })],
  },
]
