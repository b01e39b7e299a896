import { z } from 'zod'
import { Instant, Json, typedText } from './primitives.ts'

export const ConnectionId = z.uuid().brand<'ConnectionId'>()
export type ConnectionId = z.infer<typeof ConnectionId>
export const ScimTokenId = z.uuid().brand<'ScimTokenId'>()
export type ScimTokenId = z.infer<typeof ScimTokenId>
export const ProvisioningRequestId = z.uuid().brand<'ProvisioningRequestId'>()
export type ProvisioningRequestId = z.infer<typeof ProvisioningRequestId>

/** Which identity provider is at the other end; decides what the guide says. */
export const ProviderKind = z.enum(['okta', 'entra', 'google', 'other'])
export type ProviderKind = z.infer<typeof ProviderKind>

/** A role that a connection can give. Owners are appointed by people alone. */
export const ProvisionedRole = z
  .strictObject({
    role: z.enum(['admin', 'billing', 'member', 'auditor', 'agent', 'custom']),
    customRoleId: z.uuid().nullable().default(null),
  })
  .refine(({ role, customRoleId }) => (role === 'custom') === (customRoleId !== null), {
    error: 'a role of its own needs its id, and no other role has one',
  })
export type ProvisionedRole = z.output<typeof ProvisionedRole>

export const RoleRule = z.strictObject({
  groupName: typedText(200).refine((name) => name.length > 0, { error: 'must have a name' }),
  role: ProvisionedRole,
})
export type RoleRule = z.output<typeof RoleRule>

const name = typedText(80).refine((text) => text.length > 0, { error: 'must have a name' })

export const SaveConnection = z.strictObject({
  version: z.int().min(1),
  name,
  kind: ProviderKind,
  defaultRole: ProvisionedRole,
  rules: z.array(RoleRule).max(50),
})
export type SaveConnection = z.output<typeof SaveConnection>

/** Another name changes nothing of what a connection does, so nobody has to prove again who they are. */
export const RenameConnection = SaveConnection.pick({ version: true, name: true })
export type RenameConnection = z.output<typeof RenameConnection>

export const NewConnection = z.strictObject({ name, kind: ProviderKind })
export type NewConnection = z.output<typeof NewConnection>

export const TokenScope = z.strictObject({ users: z.boolean(), groups: z.boolean(), readOnly: z.boolean() })
export type TokenScope = z.output<typeof TokenScope>

export const tokenLifeDays = { least: 1, most: 730, usual: 365 } as const
export const tokenOverlapDays = { most: 30, usual: 7 } as const

export const NewScimToken = z.strictObject({
  scope: TokenScope.default({ users: true, groups: true, readOnly: false }),
  lifeDays: z.int().min(tokenLifeDays.least).max(tokenLifeDays.most).default(tokenLifeDays.usual),
  /** The address of the member it stands for: that is who `/Me` is for it. */
  as: z.email().max(254).exactOptional(),
})
export type NewScimToken = z.output<typeof NewScimToken>

export const RotateScimToken = z.strictObject({
  overlapDays: z.int().min(0).max(tokenOverlapDays.most).default(tokenOverlapDays.usual),
})
export type RotateScimToken = z.output<typeof RotateScimToken>

export const ScimToken = z
  .object({
    id: ScimTokenId,
    hint: z.string().meta({ description: 'The last characters.' }),
    scope: TokenScope,
    createdAt: Instant,
    createdBy: z.string(),
    expiresAt: Instant,
    state: z.enum(['active', 'replaced', 'expired', 'revoked']),
    usedAt: Instant.optional(),
    usedFrom: z.string().optional(),
    standsFor: z.string().optional().meta({ description: 'The member who `/Me` is for it.' }),
  })
  .meta({ id: 'ScimToken' })
export type ScimToken = z.infer<typeof ScimToken>

export const MadeScimToken = z
  .object({
    token: z.string().meta({ description: 'Shown this once; only its hash is kept.' }),
    baseUrl: z.string(),
    made: ScimToken,
  })
  .meta({ id: 'MadeScimToken' })
export type MadeScimToken = z.infer<typeof MadeScimToken>

export const ProvisioningConnection = z
  .object({
    id: ConnectionId,
    name: z.string(),
    kind: ProviderKind,
    baseUrl: z.string(),
    defaultRole: ProvisionedRole,
    rules: z.array(RoleRule),
    version: z.int(),
    createdAt: Instant,
    contactedAt: Instant.optional(),
    counts: z.object({
      users: z.int(),
      active: z.int(),
      groups: z.int(),
      changesToday: z.int().meta({ description: 'In the last 24 hours.' }),
      refusedToday: z.int().meta({ description: 'In the last 24 hours.' }),
    }),
    tokens: z.array(ScimToken),
  })
  .meta({ id: 'ProvisioningConnection' })
export type ProvisioningConnection = z.infer<typeof ProvisioningConnection>

export const OfferedRole = z
  .object({
    role: z.enum(['admin', 'billing', 'member', 'auditor', 'agent', 'custom']),
    customRoleId: z.uuid().nullable(),
    name: z.string().nullable().meta({ description: 'Of a custom role; built-in ones are named by `role`.' }),
    mayGive: z.boolean().meta({ description: 'Whether whoever asks may have a connection give it.' }),
  })
  .meta({ id: 'OfferedRole' })
export type OfferedRole = z.infer<typeof OfferedRole>

export const ConnectionList = z
  .object({
    connections: z.array(ProvisioningConnection),
    canManage: z.boolean(),
    roles: z.array(OfferedRole).meta({ description: 'Every role that a connection of this organisation can give.' }),
  })
  .meta({ id: 'ConnectionList' })
export type ConnectionList = z.infer<typeof ConnectionList>

/** What became of a person over and above what is written in their record. */
export const provisioningEffects = [
  'joined',
  'taken_over',
  'deactivated',
  'reactivated',
  'kept_stopped',
  'removed',
  'role_changed',
  'group_created',
  'group_deleted',
] as const

/** One thing that a request changed: an attribute, the people of a group, or what became of somebody. */
export const ProvisioningChange = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('value'), name: z.string(), old: Json.optional(), new: Json.optional() }),
    z.object({ kind: z.literal('elements'), name: z.string(), added: z.array(Json), removed: z.array(Json) }),
    z.object({ kind: z.literal('secret'), name: z.string() }),
    z.object({
      kind: z.literal('members'),
      added: z.int(),
      removed: z.int(),
      names: z
        .object({ added: z.array(z.string()), removed: z.array(z.string()) })
        .meta({ description: 'The first few.' }),
    }),
    z.object({
      kind: z.literal('effect'),
      effect: z.enum(provisioningEffects),
      name: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
    }),
  ])
  .meta({ id: 'ProvisioningChange' })
export type ProvisioningChange = z.infer<typeof ProvisioningChange>

export const ProvisioningRequest = z
  .object({
    id: ProvisioningRequestId,
    at: Instant,
    method: z.string(),
    path: z.string(),
    resource: z.object({ type: z.string(), id: z.string().optional(), name: z.string().optional() }).optional(),
    status: z.int(),
    scimType: z.string().optional(),
    detail: z.string().optional(),
    changes: z.array(ProvisioningChange),
    durationMs: z.int(),
    tokenHint: z.string().optional(),
    requestId: z.string(),
  })
  .meta({ id: 'ProvisioningRequest' })
export type ProvisioningRequest = z.infer<typeof ProvisioningRequest>

export const WholeProvisioningRequest = ProvisioningRequest.extend({
  body: Json.optional().meta({ description: 'Without secrets.' }),
  omittedBytes: z.int().optional().meta({ description: 'The size of a body that was too large to keep.' }),
  canReplay: z.boolean(),
  erasedAt: Instant.optional().meta({ description: 'When what it said of somebody was erased.' }),
  address: z.string().optional(),
  userAgent: z.string().optional(),
}).meta({ id: 'WholeProvisioningRequest' })
export type WholeProvisioningRequest = z.infer<typeof WholeProvisioningRequest>

export const ListRequests = z.object({
  which: z.enum(['all', 'refused']).default('all'),
  resourceId: z.uuid().optional(),
  before: ProvisioningRequestId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListRequests = z.output<typeof ListRequests>

export const ProvisioningRequestList = z
  .object({ requests: z.array(ProvisioningRequest), hasMore: z.boolean() })
  .meta({ id: 'ProvisioningRequestList' })
export type ProvisioningRequestList = z.infer<typeof ProvisioningRequestList>

/** What the request would do if it came now. Nothing of it is kept. */
export const DryRun = z
  .object({
    status: z.int(),
    scimType: z.string().optional(),
    detail: z.string().optional(),
    changes: z.array(ProvisioningChange),
    before: z.object({ status: z.int(), changes: z.array(ProvisioningChange) }),
    isSame: z.boolean().meta({ description: 'Whether it would do what it did then.' }),
  })
  .meta({ id: 'DryRun' })
export type DryRun = z.infer<typeof DryRun>

/** How long requests are kept. */
export const requestDays = 30
