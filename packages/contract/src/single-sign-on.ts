import { z } from 'zod'
import { builtInRoles } from './permissions.ts'
import { Instant, Locale, MemberId, OrganisationId, typedText } from './primitives.ts'

export const SsoConnectionId = z.uuid().brand<'SsoConnectionId'>()
export type SsoConnectionId = z.infer<typeof SsoConnectionId>
export const SsoAttemptId = z.uuid().brand<'SsoAttemptId'>()
export type SsoAttemptId = z.infer<typeof SsoAttemptId>

export const SsoKind = z.enum(['saml', 'oidc'])
export type SsoKind = z.infer<typeof SsoKind>
export const SsoProvider = z.enum(['okta', 'entra', 'google', 'keycloak', 'other'])
export type SsoProvider = z.infer<typeof SsoProvider>
export const SsoState = z.enum(['draft', 'active', 'off'])
export type SsoState = z.infer<typeof SsoState>

/** What a person reads out: eight letters and figures that cannot be mistaken for each other. */
export const SsoReference = z.string().regex(/^SSO-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)

const BuiltInRole = z.enum(builtInRoles)
const claimName = typedText(200)

/** Where to find somebody's address, name and groups. Empty: where identity providers usually put them. */
export const SsoMapping = z
  .strictObject({ email: claimName, name: claimName, groups: claimName })
  .meta({ id: 'SsoMapping' })
export type SsoMapping = z.infer<typeof SsoMapping>

/** What being in a group of the identity provider gives. The first role that fits is taken. */
export const SsoGroupRule = z
  .strictObject({
    group: typedText(200).refine((text) => text !== ''),
    role: BuiltInRole.exactOptional(),
    customRoleId: z.uuid().exactOptional(),
    groupId: z.uuid().exactOptional(),
  })
  .meta({ id: 'SsoGroupRule' })
export type SsoGroupRule = z.infer<typeof SsoGroupRule>

export const SsoOptions = z
  .strictObject({
    /** A response that nobody asked for may sign in: the tile in the identity provider's own portal. */
    allowIdpInitiated: z.boolean(),
    /** Somebody who is not a member yet becomes one by signing in. */
    justInTime: z.boolean(),
    defaultRole: BuiltInRole,
    customRoleId: z.uuid().nullable(),
    seatTypeId: z.uuid().nullable(),
    mapping: SsoMapping,
    groupRules: z.array(SsoGroupRule).max(200),
    /** OpenID Connect: ask the userinfo endpoint for what the token leaves out. */
    readUserinfo: z.boolean(),
  })
  .meta({ id: 'SsoOptions' })
export type SsoOptions = z.infer<typeof SsoOptions>

export const SsoCertificate = z
  .object({
    fingerprint: z.string(),
    subject: z.string(),
    notBefore: Instant,
    notAfter: Instant,
    daysLeft: z.int(),
    isEnding: z.boolean(),
  })
  .meta({ id: 'SsoCertificate' })
export type SsoCertificate = z.infer<typeof SsoCertificate>

/** What the administrator of the identity provider pastes there. */
export const SsoOwnValues = z
  .object({
    entityId: z.string(),
    acsUrl: z.string(),
    metadataUrl: z.string(),
    redirectUri: z.string(),
    startUrl: z.string(),
  })
  .meta({ id: 'SsoOwnValues' })
export type SsoOwnValues = z.infer<typeof SsoOwnValues>

export const SsoConnection = z
  .object({
    id: SsoConnectionId,
    kind: SsoKind,
    provider: SsoProvider,
    name: z.string(),
    state: SsoState,
    version: z.int(),
    domains: z.array(z.string()),
    options: SsoOptions,
    own: SsoOwnValues,
    metadataUrl: z.string().optional(),
    metadataReadAt: Instant.optional(),
    metadataFailure: z.string().optional(),
    idpEntityId: z.string().optional(),
    idpSsoUrl: z.string().optional(),
    certificates: z.array(SsoCertificate),
    issuer: z.string().optional(),
    clientId: z.string().optional(),
    hasSecret: z.boolean(),
    isComplete: z.boolean(),
    people: z.int(),
    lastAt: Instant.optional(),
    lastReason: z.string().optional(),
    setupLink: z
      .object({ id: z.uuid(), createdAt: Instant, expiresAt: Instant, usedAt: Instant.optional() })
      .optional(),
  })
  .meta({ id: 'SsoConnection' })
export type SsoConnection = z.infer<typeof SsoConnection>

export const CreateSsoConnection = z.strictObject({
  kind: SsoKind,
  provider: SsoProvider,
  name: typedText(80).refine((text) => text !== ''),
})
export type CreateSsoConnection = z.infer<typeof CreateSsoConnection>

const address = typedText(2000)
export const maxMetadataLength = 200_000

/** What comes from the identity provider, as an outside administrator may fill it in too. */
export const SsoSetUp = z.strictObject({
  metadataUrl: address.exactOptional(),
  metadata: z.string().max(maxMetadataLength).exactOptional(),
  idpEntityId: address.exactOptional(),
  idpSsoUrl: address.exactOptional(),
  certificates: z.array(z.string().max(20_000)).max(2).exactOptional(),
  issuer: address.exactOptional(),
  clientId: typedText(500).exactOptional(),
  clientSecret: typedText(1000).exactOptional(),
})
export type SsoSetUp = z.infer<typeof SsoSetUp>

/** Only what is there changes. */
export const UpdateSsoConnection = z.strictObject({
  version: z.int(),
  name: typedText(80)
    .refine((text) => text !== '')
    .exactOptional(),
  provider: SsoProvider.exactOptional(),
  domains: z.array(z.string().max(253)).max(100).exactOptional(),
  options: SsoOptions.exactOptional(),
  setUp: SsoSetUp.exactOptional(),
})
export type UpdateSsoConnection = z.infer<typeof UpdateSsoConnection>

export const ChangeSsoState = z.strictObject({ state: z.enum(['active', 'off']) })

/** One question that was asked, and how it was answered. */
export const SsoCheck = z.object({ check: z.string(), outcome: z.enum(['passed', 'refused']) }).meta({ id: 'SsoCheck' })
export type SsoCheck = z.infer<typeof SsoCheck>

/** A claim as it came, with what is nobody's business blotted out. */
export const SsoClaim = z
  .object({ name: z.string(), values: z.array(z.string()), isRedacted: z.boolean() })
  .meta({ id: 'SsoClaim' })
export type SsoClaim = z.infer<typeof SsoClaim>

export const SsoAttempt = z
  .object({
    id: SsoAttemptId,
    reference: z.string(),
    connectionId: SsoConnectionId.optional(),
    connectionName: z.string().optional(),
    purpose: z.enum(['sign_in', 'test']),
    outcome: z.enum(['signed_in', 'passed', 'refused']),
    reason: z.string().optional(),
    typedEmail: z.string().optional(),
    assertedEmail: z.string().optional(),
    memberId: MemberId.optional(),
    memberName: z.string().optional(),
    claims: z.array(SsoClaim),
    checks: z.array(SsoCheck),
    observed: z.record(z.string(), z.string()),
    isStranger: z.boolean(),
    at: Instant,
  })
  .meta({ id: 'SsoAttempt' })
export type SsoAttempt = z.infer<typeof SsoAttempt>

export const SsoAttempts = z.object({ attempts: z.array(SsoAttempt) }).meta({ id: 'SsoAttempts' })

export const SsoDomain = z.object({ name: z.string(), state: z.string(), members: z.int() }).meta({ id: 'SsoDomain' })

/** Whom requiring SSO keeps out, and why. */
export const SsoLockedOut = z
  .object({
    memberId: MemberId,
    name: z.string(),
    email: z.string(),
    why: z.enum(['domain', 'no_connection', 'not_in_provider', 'api_only']),
  })
  .meta({ id: 'SsoLockedOut' })
export type SsoLockedOut = z.infer<typeof SsoLockedOut>

export const ssoGateRules = ['owner_tested', 'break_glass_ready', 'addresses_verified', 'keys_of_services'] as const
export const SsoGateRule = z
  .object({
    rule: z.enum(ssoGateRules),
    isMet: z.boolean(),
    /** One that is only advice may stay unmet: the typed words answer for it. */
    isRequired: z.boolean(),
    count: z.int().optional(),
    of: z.int().optional(),
    name: z.string().optional(),
    at: Instant.optional(),
    missing: z.array(z.enum(['chosen', 'password', 'second_factor', 'recovery_codes'])).optional(),
  })
  .meta({ id: 'SsoGateRule' })
export type SsoGateRule = z.infer<typeof SsoGateRule>

export const SsoBreakGlass = z
  .object({
    memberId: MemberId,
    name: z.string(),
    email: z.string(),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    hasRecoveryCodes: z.boolean(),
  })
  .meta({ id: 'SsoBreakGlass' })
export type SsoBreakGlass = z.infer<typeof SsoBreakGlass>

export const SsoRequirement = z
  .object({
    isRequired: z.boolean(),
    requiredAt: Instant.optional(),
    requiredBy: z.string().optional(),
    graceEndsAt: Instant.optional(),
    rules: z.array(SsoGateRule),
    isOpen: z.boolean(),
    lockedOut: z.array(SsoLockedOut),
    breakGlass: z.array(SsoBreakGlass),
    /** Owners who may be chosen to break the glass. */
    owners: z.array(z.object({ memberId: MemberId, name: z.string(), email: z.string() })),
  })
  .meta({ id: 'SsoRequirement' })
export type SsoRequirement = z.infer<typeof SsoRequirement>

/** `confirm` is `lock out N`, with the number of people whom it keeps out now. */
export const RequireSso = z.strictObject({ confirm: z.string().max(60) })
export const AddBreakGlass = z.strictObject({ memberId: MemberId })

export const SsoOverview = z
  .object({
    connections: z.array(SsoConnection),
    domains: z.array(SsoDomain),
    members: z.int(),
    ready: z.int(),
    requirement: SsoRequirement,
    canManage: z.boolean(),
  })
  .meta({ id: 'SsoOverview' })
export type SsoOverview = z.infer<typeof SsoOverview>

export const SsoSetupLink = z.object({ id: z.uuid(), url: z.string(), expiresAt: Instant }).meta({ id: 'SsoSetupLink' })

// ---------- "No accounts found", diagnosed ----------

/** a to j of the decision tree, and what it says when nothing of it fits. */
export const ssoCauses = [
  'domain_unknown',
  'not_invited',
  'invited_elsewhere',
  'invitation_expired',
  'deactivated_by_provisioning',
  'not_provisioned',
  'address_differs',
  'wrong_connection',
  'untrusted_response',
  'no_seat',
  'deactivated',
  'guest_ended',
  'invitation_open',
  'address_not_verified',
  'address_missing',
  'connection_off',
  'interrupted',
  'works',
  'nothing_known',
] as const
export const SsoCause = z.enum(ssoCauses)
export type SsoCause = z.infer<typeof SsoCause>

/** One line of the evidence. `sent` is what came, `differs` is what does not fit, `not_it` was looked at and ruled out. */
export const SsoFinding = z
  .object({
    mark: z.enum(['sent', 'met', 'differs', 'not_it']),
    finding: z.string(),
    values: z.record(z.string(), z.string()),
    at: Instant.optional(),
  })
  .meta({ id: 'SsoFinding' })
export type SsoFinding = z.infer<typeof SsoFinding>

export const ssoRemedies = [
  'verify_domain',
  'invite',
  'invite_as',
  'link_alias',
  'move_address',
  'resend_invitation',
  'lift_deactivation',
  'turn_on_just_in_time',
  'fix_mapping',
  'open_connection',
  'add_seats',
] as const
export const SsoRemedyName = z.enum(ssoRemedies)
export type SsoRemedyName = z.infer<typeof SsoRemedyName>

export const SsoRemedy = z
  .object({
    remedy: SsoRemedyName,
    /** Done by one press; the others lead to where it is done. */
    isOneClick: z.boolean(),
    email: z.string().exactOptional(),
    memberId: MemberId.exactOptional(),
    invitationId: z.uuid().exactOptional(),
    connectionId: SsoConnectionId.exactOptional(),
    domain: z.string().exactOptional(),
    /** Where the address stands in what the provider sends. */
    claim: z.string().exactOptional(),
  })
  .meta({ id: 'SsoRemedy' })
export type SsoRemedy = z.infer<typeof SsoRemedy>

export const SsoDiagnosis = z
  .object({
    cause: SsoCause,
    letter: z.string().optional(),
    values: z.record(z.string(), z.string()),
    findings: z.array(SsoFinding),
    remedies: z.array(SsoRemedy),
    organisation: z.object({ id: OrganisationId, name: z.string() }).optional(),
    attempt: SsoAttempt.optional(),
    subject: z.string(),
  })
  .meta({ id: 'SsoDiagnosis' })
export type SsoDiagnosis = z.infer<typeof SsoDiagnosis>

/** An address, the reference that the person was shown, or the number of their case. */
export const DiagnoseSso = z.strictObject({ about: typedText(320).refine((text) => text !== '') })

/** How many of those who answer for the organisation were written to. */
export const SsoLetter = z.object({ sentTo: z.int() })
export type SsoLetter = z.infer<typeof SsoLetter>

export const ApplySsoRemedy = z.strictObject({
  remedy: SsoRemedyName,
  email: z.email().max(254).exactOptional(),
  memberId: MemberId.exactOptional(),
  invitationId: z.uuid().exactOptional(),
  connectionId: SsoConnectionId.exactOptional(),
  claim: claimName.exactOptional(),
  locale: Locale.exactOptional(),
})
export type ApplySsoRemedy = z.infer<typeof ApplySsoRemedy>
