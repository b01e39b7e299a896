import { z } from 'zod'
import { builtInRoles, MemberRole, Permission } from './permissions.ts'
import { Instant, Locale, MemberId, OrganisationId, TimeZone, typedText } from './primitives.ts'

export const InvitationId = z.uuid().brand<'InvitationId'>()
export const CustomRoleId = z.uuid().brand<'CustomRoleId'>()
export const GroupId = z.uuid().brand<'GroupId'>()
export const SeatTypeId = z.uuid().brand<'SeatTypeId'>()
export const JoinRequestId = z.uuid().brand<'JoinRequestId'>()
export type InvitationId = z.infer<typeof InvitationId>
export type CustomRoleId = z.infer<typeof CustomRoleId>
export type GroupId = z.infer<typeof GroupId>
export type SeatTypeId = z.infer<typeof SeatTypeId>
export type JoinRequestId = z.infer<typeof JoinRequestId>

const email = z.email().max(254)
const personName = typedText(120).pipe(z.string().min(1))
const shortName = typedText(60).pipe(z.string().min(1))
const groupName = typedText(200).pipe(z.string().min(1))

export const maxInvitedAtOnce = 5_000
/** What a table of that many people takes, with room to spare. */
export const maxInviteTextLength = 2_000_000

/** How somebody signs in. `unknown`: nobody has looked yet. */
export const WayIn = z.enum(['sso', 'passkey', 'password', 'link', 'not_yet', 'cannot', 'unknown'])
export type WayIn = z.infer<typeof WayIn>

export const MemberSource = z.enum(['setup', 'invited', 'requested', 'domain', 'sso', 'scim'])
export type MemberSource = z.infer<typeof MemberSource>

const RoleOf = z.object({
  role: MemberRole,
  customRoleId: CustomRoleId.nullable(),
  roleName: z
    .string()
    .nullable()
    .meta({ description: 'The name of a custom role; built-in ones are named by `role`.' }),
})
const Named = z.object({ id: z.uuid(), name: z.string() })

export const ConsoleMember = RoleOf.extend({
  id: MemberId,
  name: z.string(),
  email: z.string(),
  title: z.string().nullable(),
  seat: Named.nullable(),
  groups: z.array(Named),
  source: MemberSource,
  connection: Named.nullable().meta({ description: 'The connection that looks after this person.' }),
  wayIn: WayIn,
  seenAt: Instant.nullable(),
  joinedAt: Instant,
  expiresAt: Instant.nullable(),
  deactivated: z.object({ at: Instant, via: z.enum(['console', 'scim', 'expiry']) }).nullable(),
  mayChange: z.boolean().meta({ description: 'Whether whoever asks may change this member.' }),
}).meta({ id: 'ConsoleMember' })
export type ConsoleMember = z.infer<typeof ConsoleMember>

export const MemberFilter = z.enum(['all', 'seat', 'without_sso', 'cannot_sign_in'])
export type MemberFilter = z.infer<typeof MemberFilter>

export const ListMembers = z.object({
  q: z.string().max(200).optional(),
  show: MemberFilter.default('all'),
  group: GroupId.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ListMembers = z.output<typeof ListMembers>
export const ConsoleMemberList = z
  .object({ members: z.array(ConsoleMember), next: z.string().nullable(), total: z.int() })
  .meta({ id: 'ConsoleMemberList' })
export type ConsoleMemberList = z.infer<typeof ConsoleMemberList>

const SeatUse = z.object({
  used: z.int(),
  invited: z.int().meta({ description: 'Kept for open invitations.' }),
  limit: z.int().nullable().meta({ description: 'None: as many as there are people.' }),
})
export const SeatType = SeatUse.extend({
  id: SeatTypeId,
  name: z.string(),
  isDefault: z.boolean(),
  waiting: z.int().meta({ description: 'Invitations that go out when a seat is free.' }),
}).meta({ id: 'SeatType' })
export type SeatType = z.infer<typeof SeatType>

export const MemberFigures = z
  .object({
    members: z.int(),
    active: z.int(),
    withSeat: z.int(),
    seats: SeatUse.nullable().meta({ description: 'Over all types of seats; null where there are none.' }),
    invitations: z.int(),
    joinRequests: z.int(),
    withoutSso: z.int(),
    cannotSignIn: z.int(),
    provisioned: z.array(Named.extend({ members: z.int() })),
    groups: z.int(),
    roles: z.int(),
  })
  .meta({ id: 'MemberFigures' })
export type MemberFigures = z.infer<typeof MemberFigures>

const GivenRole = z.strictObject({ role: MemberRole, customRoleId: CustomRoleId.optional() })

export const ChangeMember = z.strictObject({
  role: GivenRole.optional(),
  seatTypeId: SeatTypeId.nullable().optional(),
  expiresAt: Instant.nullable().optional(),
  title: typedText(120).nullable().optional(),
})
export type ChangeMember = z.output<typeof ChangeMember>

/** What a person leaves behind; a part that no room knows of is 0. */
export const RemovalPreview = z
  .object({
    member: Named,
    openConversations: z.int(),
    apiKeys: z.int(),
    sessions: z.int(),
    groups: z.array(z.string()),
    aliases: z.array(z.string()),
    seat: z.string().nullable(),
    successors: z.array(Named).meta({ description: 'Who can take the conversations over.' }),
  })
  .meta({ id: 'RemovalPreview' })
export type RemovalPreview = z.infer<typeof RemovalPreview>
export const RemoveMember = z.strictObject({ successorId: MemberId.optional() })
export type RemoveMember = z.output<typeof RemoveMember>

export const OwnProfile = ConsoleMember.pick({ id: true, name: true, email: true, title: true, role: true })
  .extend({
    roleName: z.string().nullable(),
    locale: Locale,
    timeZone: z.string().nullable(),
    isLastOwner: z.boolean(),
    isProvisioned: z.boolean(),
  })
  .meta({ id: 'OwnProfile' })
export type OwnProfile = z.infer<typeof OwnProfile>
export const ChangeOwnProfile = z.strictObject({
  name: personName.optional(),
  title: typedText(120).nullable().optional(),
  locale: Locale.optional(),
  timeZone: TimeZone.nullable().optional(),
})
export type ChangeOwnProfile = z.output<typeof ChangeOwnProfile>

/** `default`: the organisation's default type, where it has one. */
const SeatChoice = z.union([z.enum(['default', 'none']), SeatTypeId])

export const InvitePeople = z.strictObject({
  source: z.enum(['paste', 'csv']),
  text: z.string().max(maxInviteTextLength),
  role: GivenRole.default({ role: 'member' }),
  groupIds: z.array(GroupId).max(50).default([]),
  seat: SeatChoice.default('default'),
  memberExpiresAt: Instant.optional().meta({ description: 'For guests: after this they no longer sign in.' }),
  locale: Locale.default('en'),
})
export type InvitePeople = z.output<typeof InvitePeople>

export const InviteOutcome = z.enum([
  'sends',
  'renews',
  'waits_for_seat',
  'waits_for_domain',
  'duplicate',
  'member_already',
  'member_deactivated',
  'invalid',
  'domain_blocked',
  'role_unknown',
  'role_not_yours',
  'group_unknown',
  'seat_unknown',
  'name_too_long',
])
export type InviteOutcome = z.infer<typeof InviteOutcome>

export const InviteRow = z
  .object({
    line: z.int(),
    email: z.string(),
    name: z.string().nullable(),
    outcome: InviteOutcome,
    role: z.string(),
    groups: z.array(z.string()),
    seat: z
      .object({ name: z.string(), number: z.int(), limit: z.int().nullable() })
      .nullable()
      .meta({ description: 'The seat it takes: the how manieth of how many.' }),
    detail: z.string().nullable().meta({ description: 'What was not understood, or the domain that is meant.' }),
    link: z.string().nullable().meta({ description: 'Only in the answer to sending, and only where it was sent.' }),
  })
  .meta({ id: 'InviteRow' })
export type InviteRow = z.infer<typeof InviteRow>

export const InvitePreview = z
  .object({
    rows: z.array(InviteRow),
    sends: z.int(),
    waits: z.int(),
    refused: z.int(),
    mail: z.enum(['queued', 'kept']),
  })
  .meta({ id: 'InvitePreview' })
export type InvitePreview = z.infer<typeof InvitePreview>

export const OpenInvitation = RoleOf.extend({
  id: InvitationId,
  email: z.string(),
  name: z.string().nullable(),
  groups: z.array(z.string()),
  seat: z.string().nullable(),
  invitedBy: z.string().nullable(),
  sentAt: Instant.nullable(),
  sentCount: z.int(),
  expiresAt: Instant,
  state: z.enum(['sent', 'expired', 'waits_for_seat', 'waits_for_domain']),
}).meta({ id: 'OpenInvitation' })
export type OpenInvitation = z.infer<typeof OpenInvitation>
export const OpenInvitationList = z.object({ invitations: z.array(OpenInvitation) }).meta({ id: 'OpenInvitationList' })
export type OpenInvitationList = z.infer<typeof OpenInvitationList>
export const SentInvitation = z
  .object({ invitation: OpenInvitation, link: z.string(), mail: z.enum(['queued', 'kept']) })
  .meta({ id: 'SentInvitation' })
export type SentInvitation = z.infer<typeof SentInvitation>

export const RoleView = z
  .object({
    id: CustomRoleId.nullable(),
    builtIn: z.enum(builtInRoles).nullable(),
    name: z.string().nullable(),
    permissions: z.array(Permission),
    members: z.int(),
    invitations: z.int(),
    mayGive: z.boolean().meta({ description: 'Whether whoever asks may give it, and change it if it is custom.' }),
  })
  .meta({ id: 'RoleView' })
export type RoleView = z.infer<typeof RoleView>
export const RoleList = z
  .object({ roles: z.array(RoleView), permissions: z.array(Permission) })
  .meta({ id: 'RoleList' })
export type RoleList = z.infer<typeof RoleList>
export const SaveRole = z.strictObject({
  name: shortName,
  permissions: z
    .array(Permission)
    .min(1)
    .transform((each) => [...new Set(each)]),
})
export type SaveRole = z.output<typeof SaveRole>

export const GroupView = z
  .object({
    id: GroupId,
    name: z.string(),
    members: z.int(),
    connection: Named.nullable().meta({ description: 'The connection that decides about it; then it is read only.' }),
  })
  .meta({ id: 'GroupView' })
export type GroupView = z.infer<typeof GroupView>
export const GroupList = z.object({ groups: z.array(GroupView) }).meta({ id: 'GroupList' })
export type GroupList = z.infer<typeof GroupList>
export const SaveGroup = z.strictObject({ name: groupName })
export const ChangeGroupMembers = z.strictObject({
  add: z.array(MemberId).max(1_000).default([]),
  remove: z.array(MemberId).max(1_000).default([]),
})
export type ChangeGroupMembers = z.output<typeof ChangeGroupMembers>

export const SeatTypeList = z.object({ seatTypes: z.array(SeatType) }).meta({ id: 'SeatTypeList' })
export type SeatTypeList = z.infer<typeof SeatTypeList>
export const SaveSeatType = z.strictObject({
  name: shortName,
  limit: z.int().min(0).max(1_000_000).nullable(),
  isDefault: z.boolean().default(false),
})
export type SaveSeatType = z.output<typeof SaveSeatType>
export const SeatHistory = z
  .object({
    changes: z.array(
      z.object({ at: Instant, seatType: z.string(), used: z.int(), limit: z.int().nullable(), highest: z.int() }),
    ),
  })
  .meta({ id: 'SeatHistory', description: 'The newest first. `highest`: the most that were ever taken up to then.' })
export type SeatHistory = z.infer<typeof SeatHistory>

const slug = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)

export const AskToJoin = z.strictObject({
  organisation: slug,
  email,
  name: personName,
  message: typedText(1_000).default(''),
  locale: Locale.default('en'),
})
export type AskToJoin = z.output<typeof AskToJoin>
export const ConfirmJoin = z.strictObject({ token: z.string().min(20).max(200) })
export const JoinConfirmed = z.object({ state: z.enum(['waiting', 'joined']) }).meta({ id: 'JoinConfirmed' })
export type JoinConfirmed = z.infer<typeof JoinConfirmed>
export const JoinRequest = z
  .object({
    id: JoinRequestId,
    email: z.string(),
    name: z.string(),
    message: z.string(),
    state: z.enum(['waiting', 'waitlisted']),
    at: Instant,
  })
  .meta({ id: 'JoinRequest' })
export type JoinRequest = z.infer<typeof JoinRequest>
export const JoinRequestList = z.object({ requests: z.array(JoinRequest) }).meta({ id: 'JoinRequestList' })
export type JoinRequestList = z.infer<typeof JoinRequestList>
export const ApproveJoin = GivenRole.extend({ seat: SeatChoice.default('default') }).partial({ role: true })
export type ApproveJoin = z.output<typeof ApproveJoin>
export const JoinDecision = z
  .object({ state: z.enum(['approved', 'waitlisted', 'refused']) })
  .meta({ id: 'JoinDecision' })
export type JoinDecision = z.infer<typeof JoinDecision>

export const OrganisationView = z
  .object({
    id: OrganisationId,
    name: z.string(),
    slug: z.string(),
    kind: z.enum(['support', 'customer']),
    region: z.string().nullable(),
    members: z.int(),
    owners: z.int(),
    seats: SeatUse.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'OrganisationView' })
export type OrganisationView = z.infer<typeof OrganisationView>
export const OrganisationList = z.object({ organisations: z.array(OrganisationView) }).meta({ id: 'OrganisationList' })
export type OrganisationList = z.infer<typeof OrganisationList>
export const CreateOrganisation = z.strictObject({
  name: typedText(120).pipe(z.string().min(1)),
  slug,
  region: typedText(60).nullable().default(null),
  seats: z.int().min(0).max(1_000_000).nullable().default(null),
  ownerEmail: email.optional(),
  locale: Locale.default('en'),
})
export type CreateOrganisation = z.output<typeof CreateOrganisation>
export const CreatedOrganisation = z
  .object({ organisation: OrganisationView, ownerLink: z.string().nullable(), mail: z.enum(['queued', 'kept']) })
  .meta({ id: 'CreatedOrganisation' })
export type CreatedOrganisation = z.infer<typeof CreatedOrganisation>
export const ChangeOrganisation = z.strictObject({
  name: typedText(120).pipe(z.string().min(1)).optional(),
  slug: slug.optional(),
  region: typedText(60).nullable().optional(),
  seats: z.int().min(0).max(1_000_000).nullable().optional(),
})
export type ChangeOrganisation = z.output<typeof ChangeOrganisation>
export const InviteOwner = z.strictObject({ email, locale: Locale.default('en') })
export const InvitedOwner = z
  .object({ link: z.string(), mail: z.enum(['queued', 'kept']) })
  .meta({ id: 'InvitedOwner' })
export type InvitedOwner = z.infer<typeof InvitedOwner>
