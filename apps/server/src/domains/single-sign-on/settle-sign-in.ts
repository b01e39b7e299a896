import type { SsoCheck } from '@clew/contract/single-sign-on'
import type { TxCtx } from '../../platform/ctx.ts'
import { recordAudit } from '../audit/index.ts'
import {
  admitMember,
  findMember,
  findOpenInvitation,
  findWhereabouts,
  followProvider,
  isActive,
  type MemberRow,
  markInvitationAccepted,
} from '../organisations/index.ts'
import { enterBySso, type OpenedSession } from '../sign-in/index.ts'
import { noteAttempt } from './attempts.ts'
import { type Admission, type AdmitFacts, admit, type Candidate } from './model.admit.ts'
import { type Asserted, granted, redact } from './model.claims.ts'
import { type ConnectionRow, localPartOf, serves } from './model.ts'
import { domainFor, findByAddress, joiningSeat, listVerifiedDomains } from './organisation.ts'
import type { SsoParts } from './parts.ts'
import type { AttemptRow } from './repository.attempts.ts'
import { findIdentity, hasOtherSubject, linkIdentity, noteProof, unlinkMember } from './repository.identities.ts'
import type { RequestRow } from './repository.requests.ts'
import { isBreakGlass } from './repository.requirement.ts'

/** How a sign-in by SSO, or a test of it, ended. */
export type Landing =
  | { kind: 'signed_in'; opened: OpenedSession; next: string }
  | { kind: 'tested'; attempt: AttemptRow }
  | { kind: 'refused'; attempt: AttemptRow }

export type Coming = {
  connection: ConnectionRow
  /** What this answers; nothing where it came unasked. */
  request: RequestRow | undefined
  next: string
}

type Proved = Coming & { asserted: Asserted; checks: readonly SsoCheck[] }

/** Somebody is vouched for: whether they are let in, as whom, and what comes with it. In the scope of the system. */
export async function settleSignIn(
  tx: TxCtx,
  { asserted, checks, ...coming }: Proved,
  parts: Pick<SsoParts, 'provisionedBy'>,
): Promise<Landing> {
  const { connection, request } = coming
  const { facts, linked, byAddress, invitationId } = await factsFor(tx, coming, asserted)
  const admission = admit(facts)
  const all = [...checks, ...admission.checks]
  const known = linked ?? byAddress
  const about = {
    purpose: facts.purpose,
    assertedEmail: asserted.email,
    claims: redact(asserted.claims, connection.options.mapping),
    checks: all,
    memberId: known?.id,
  }
  if (admission.kind === 'refused') return refuse(tx, coming, { ...about, reason: admission.reason })

  const isProvisioned = (await parts.provisionedBy(tx, connection.organisationId)) !== undefined
  const gives = granted(connection.options.groupRules, asserted.groups)
  if (facts.purpose === 'test') {
    if (known?.role === 'owner') await proveOwner(tx, connection, known)
    const observed = wouldBe({ admission, connection, known, gives, isProvisioned })
    return finishTest(tx, coming, { ...about, outcome: 'passed', observed })
  }
  const joining = { connection, asserted, invitationId, gives: isProvisioned ? undefined : gives }
  const opened = await letIn(tx, { known, joining, gives, isProvisioned })
  await noteAttempt(tx, { ...basics(coming), ...about, outcome: 'signed_in', memberId: opened.member.id })
  return { kind: 'signed_in', opened, next: request?.next ?? coming.next }
}

type LettingIn = {
  known: MemberRow | undefined
  joining: Joining
  gives: ReturnType<typeof granted>
  isProvisioned: boolean
}

async function letIn(tx: TxCtx, { known, joining, gives, isProvisioned }: LettingIn): Promise<OpenedSession> {
  const { connection, asserted } = joining
  const member = known ?? (await join(tx, joining))
  await link(tx, { connection, asserted, member })
  if (known) await follow(tx, known, { gives, isProvisioned })
  const fresh = (await findMember(tx, member.id)) ?? member
  if (fresh.role === 'owner') await proveOwner(tx, connection, fresh)
  return enterBySso(tx, fresh)
}

/** All that decides, read in one go. */
async function factsFor(tx: TxCtx, { connection, request }: Coming, asserted: Asserted) {
  const linked = await linkedMember(tx, connection, asserted)
  const address = await addressFacts(tx, connection, asserted.email)
  const seat = await joiningSeat(tx, connection)
  const isInvited = address.invitation?.isOpen === true
  const facts: AdmitFacts = {
    purpose: request?.purpose ?? 'sign_in',
    connection,
    asserted,
    verifiedDomain: address.domain,
    isServed: address.domain !== undefined && serves(connection, address.domain),
    linked: linked && (await candidate(tx, linked, { connection, asserted })),
    byAddress: address.found && {
      ...(await candidate(tx, address.found.member, { connection, asserted })),
      isAlias: address.found.isAlias,
    },
    wasDeprovisioned: address.deprovisionedAt !== undefined,
    hasInvitation: isInvited,
    hasSeat: seat === undefined || seat.isFree || isInvited,
  }
  return {
    facts,
    linked,
    byAddress: address.found?.member,
    invitationId: isInvited ? address.invitation?.id : undefined,
  }
}

/** A link never leads out of the organisation, whatever stands in it. */
async function linkedMember(
  tx: TxCtx,
  { id: connectionId, organisationId }: ConnectionRow,
  { subject }: Asserted,
): Promise<MemberRow | undefined> {
  const identity = subject === undefined ? undefined : await findIdentity(tx, { connectionId, subject })
  const member = identity && (await findMember(tx, identity.memberId))
  return member?.organisationId === organisationId ? member : undefined
}

async function addressFacts(tx: TxCtx, { organisationId }: ConnectionRow, email: string | undefined) {
  if (email === undefined)
    return { domain: undefined, found: undefined, deprovisionedAt: undefined, invitation: undefined }
  const { deprovisionedAt, invitation } = await findWhereabouts(tx, organisationId, email)
  return {
    domain: domainFor(await listVerifiedDomains(tx, organisationId), email),
    found: await findByAddress(tx, organisationId, email),
    deprovisionedAt,
    invitation,
  }
}

async function candidate(
  tx: TxCtx,
  member: MemberRow,
  { connection, asserted }: { connection: ConnectionRow; asserted: Asserted },
): Promise<Candidate> {
  const { subject, isStableSubject } = asserted
  return {
    id: member.id,
    email: member.email,
    deactivatedVia: member.deactivatedVia,
    hasEnded: !isActive(member, tx.clock.now()),
    hasOtherSubject:
      isStableSubject &&
      subject !== undefined &&
      (await hasOtherSubject(tx, { connectionId: connection.id, subject, memberId: member.id })),
  }
}

type Joining = {
  connection: ConnectionRow
  asserted: Asserted
  invitationId: string | undefined
  /** What their groups give; nothing where provisioning has the word. */
  gives: ReturnType<typeof granted> | undefined
}

/** An open invitation says more than the connection's own default: somebody chose it for this person. */
async function join(tx: TxCtx, joining: Joining): Promise<MemberRow> {
  const { connection, asserted, invitationId } = joining
  const { organisationId, id: connectionId } = connection
  const invitation = invitationId === undefined ? undefined : await findOpenInvitation(tx, organisationId, invitationId)
  if (invitation) await markInvitationAccepted(tx, invitation.id)
  const email = asserted.email ?? ''
  return admitMember(tx, {
    organisationId,
    connectionId,
    email,
    name: asserted.name ?? invitation?.name ?? localPartOf(email),
    source: 'sso',
    ...(invitation ? invited(invitation) : byDefault(joining)),
  })
}

type Invitation = NonNullable<Awaited<ReturnType<typeof findOpenInvitation>>>

const invited = (invitation: Invitation) => ({
  role: invitation.role,
  customRoleId: invitation.customRoleId,
  groupIds: invitation.groupIds,
  locale: invitation.locale,
  expiresAt: invitation.memberExpiresAt,
  seat: invitation.seatTypeId,
})

function byDefault({ connection: { options }, gives }: Joining) {
  const { defaultRole, customRoleId, seatTypeId } = options
  const given = roleOf(gives?.role) ?? roleOf({ role: defaultRole, customRoleId })
  return {
    role: given?.role ?? ('member' as const),
    customRoleId: given?.customRoleId,
    groupIds: gives?.groupIds ?? [],
    seat: seatTypeId ?? 'default',
  }
}

type Named = { role?: MemberRow['role'] | undefined; customRoleId?: string | null | undefined }

function roleOf(rule: Named | undefined): { role: MemberRow['role']; customRoleId: string | undefined } | undefined {
  if (rule?.customRoleId) return { role: 'custom', customRoleId: rule.customRoleId }
  return rule?.role === undefined ? undefined : { role: rule.role, customRoleId: undefined }
}

/** Provisioning has the last word on what its people may do; what an assertion says of it is passed over. */
async function follow(
  tx: TxCtx,
  member: MemberRow,
  { gives, isProvisioned }: { gives: ReturnType<typeof granted>; isProvisioned: boolean },
): Promise<void> {
  if (isProvisioned || member.source === 'scim') return
  // Whoever breaks the glass stays an owner, or nobody could.
  const keepsRole = await isBreakGlass(tx, member.id)
  const { groupIds, managedGroupIds } = gives
  await followProvider(tx, member, { role: keepsRole ? undefined : roleOf(gives.role), groupIds, managedGroupIds })
}

async function link(
  tx: TxCtx,
  { connection, asserted, member }: { connection: ConnectionRow; asserted: Asserted; member: MemberRow },
): Promise<void> {
  const { id: connectionId, organisationId } = connection
  const { subject, isStableSubject } = asserted
  if (subject === undefined) return
  // A name that follows the address takes the place of the one before.
  if (!isStableSubject && !(await findIdentity(tx, { connectionId, subject })))
    await unlinkMember(tx, member.id, connectionId)
  const isNew = await linkIdentity(tx, { connectionId, subject, memberId: member.id, organisationId })
  if (isNew)
    recordAudit(tx, {
      action: 'sso.identity_linked',
      organisationId,
      targets: [
        { type: 'member', id: member.id, name: member.name },
        { type: 'sso_connection', id: connectionId, name: connection.name },
      ],
    })
}

const proveOwner = (tx: TxCtx, { id, organisationId }: ConnectionRow, member: MemberRow): Promise<void> =>
  noteProof(tx, { connectionId: id, memberId: member.id, organisationId })

type Would = {
  admission: Admission
  connection: ConnectionRow
  known: MemberRow | undefined
  gives: ReturnType<typeof granted>
  isProvisioned: boolean
}

/** What a sign-in would have done, for whoever tests. */
function wouldBe({ admission, connection, known, gives, isProvisioned }: Would): Record<string, string> {
  const byGroups = isProvisioned ? undefined : (gives.role?.role ?? gives.role?.customRoleId)
  return {
    would: admission.kind === 'join' ? 'join' : 'sign_in',
    ...(admission.kind === 'member' ? { by: admission.by } : {}),
    role: byGroups ?? known?.role ?? connection.options.customRoleId ?? connection.options.defaultRole,
  }
}

const basics = ({ connection, request }: Coming) => ({
  ...(request ? { id: request.attemptId as AttemptRow['id'] } : {}),
  organisationId: connection.organisationId,
  connectionId: connection.id,
  typedEmail: request?.loginHint,
  setupLinkId: request?.setupLinkId,
})

export type Refusing = Partial<AttemptRow> & Pick<AttemptRow, 'purpose' | 'checks'> & { reason: string }

/** Writes down why somebody was not let in. They hear a reference and nothing else; whoever tests hears it all. */
export async function refuse(tx: TxCtx, coming: Coming, refusing: Refusing): Promise<Landing> {
  if (refusing.purpose === 'test') return finishTest(tx, coming, { ...refusing, outcome: 'refused' })
  const { connection } = coming
  const attempt = await noteAttempt(tx, { ...basics(coming), ...refusing, outcome: 'refused' })
  // Noise that anybody can make does not go into a record that nobody can shorten.
  if (!attempt.isStranger)
    recordAudit(tx, {
      action: 'auth.failed',
      outcome: 'denied',
      reason: refusing.reason,
      organisationId: connection.organisationId,
      targets: [{ type: 'sso_connection', id: connection.id, name: connection.name }],
      metadata: { method: 'sso', reference: attempt.reference },
      ...(attempt.assertedEmail === undefined ? {} : { personal: { email: attempt.assertedEmail } }),
    })
  return { kind: 'refused', attempt }
}

type Testing = Partial<AttemptRow> & Pick<AttemptRow, 'purpose' | 'outcome'>

async function finishTest(tx: TxCtx, coming: Coming, testing: Testing): Promise<Landing> {
  const { connection, request } = coming
  const attempt = await noteAttempt(tx, { ...basics(coming), ...testing })
  const tester = request?.memberId === undefined ? undefined : await findMember(tx, request.memberId)
  recordAudit(tx, {
    action: 'sso.connection.tested',
    organisationId: connection.organisationId,
    targets: [{ type: 'sso_connection', id: connection.id, name: connection.name }],
    outcome: testing.outcome === 'passed' ? 'success' : 'failure',
    metadata: { reference: attempt.reference, by_setup_link: request?.setupLinkId !== undefined },
    ...(testing.reason === undefined ? {} : { reason: testing.reason }),
    ...(tester ? { actor: { type: 'member', id: tester.id, name: tester.name } } : {}),
  })
  return { kind: 'tested', attempt }
}
