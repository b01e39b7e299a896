import { z } from 'zod'
import { Permission, permissions } from './permissions.ts'
import { AgentId, Instant, typedText } from './primitives.ts'

/** Network addresses: one, or a range as CIDR. */
const AddressRange = z
  .string()
  .trim()
  .pipe(
    z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], {
      error: 'must be an address or a range such as 10.0.0.0/8',
    }),
  )

/** What a file is, as people would say it. */
export const attachmentKinds = ['pictures', 'documents', 'text', 'archives', 'media', 'other'] as const
export const AttachmentKind = z.enum(attachmentKinds)
export type AttachmentKind = z.infer<typeof AttachmentKind>

export const signInWays = ['password', 'passkey', 'magic_link'] as const
export const SignInWay = z.enum(signInWays)
export type SignInWay = z.infer<typeof SignInWay>

/** A set: in the order of the choice, each once. */
const setOf = <T extends string>(choice: readonly [T, ...T[]]) =>
  z.array(z.enum(choice)).transform((given) => choice.filter((each) => (given as readonly string[]).includes(each)))

/** Every rule of an organisation, with what holds while nobody has decided. */
export const policySchemas = {
  mfa: z.strictObject({
    mode: z.enum(['off', 'required']).default('off'),
    /** Counted from when it was required, or from when somebody joined. */
    graceDays: z.int().min(0).max(30).default(7),
  }),
  sessions: z.strictObject({
    idleMinutes: z.int().min(5).max(43_200).default(10_080),
    absoluteHours: z.int().min(1).max(2_160).default(720),
  }),
  /** Without any range, from everywhere. */
  ip_allow_list: z.strictObject({
    ranges: z
      .array(z.strictObject({ range: AddressRange, note: typedText(80).default('') }))
      .max(200)
      .default([]),
  }),
  attachments: z.strictObject({
    kinds: setOf(attachmentKinds).default([...attachmentKinds]),
    maxMb: z.int().min(1).max(100_000).default(1_000),
  }),
  /** Never laxer than the operator's. */
  har: z.strictObject({ level: z.enum(['standard', 'strict']).default('standard') }),
  model: z.strictObject({ allowed: z.boolean().default(true), zeroRetention: z.boolean().default(false) }),
  public_links: z.strictObject({
    allowed: z.boolean().default(true),
    maxDays: z.int().min(1).max(90).default(90),
    passwordRequired: z.boolean().default(false),
  }),
  api_keys: z.strictObject({
    maxDays: z.int().min(1).max(730).default(365),
    /** What a key may be for; null: whatever its maker may do. */
    scopes: z.array(Permission).max(permissions.length).nullable().default(null),
    serviceAccountsOnly: z.boolean().default(false),
  }),
  joining: z.strictObject({
    /** Whether addresses outside the verified domains may be invited and join. */
    foreignDomains: z.enum(['allowed', 'blocked']).default('allowed'),
    autoJoin: z.boolean().default(true),
    requests: z.boolean().default(true),
  }),
  /** Beside SSO, which is always a way where there is a connection. */
  passwords: z.strictObject({
    minLength: z.int().min(12).max(64).default(12),
    ways: setOf(signInWays)
      .refine((ways) => ways.length > 0, { error: 'must leave one way to sign in' })
      .default([...signInWays]),
  }),
  /** Whether an agent of the support team may mend a sign-in by one press, or only propose what mends it. */
  support: z.strictObject({ mayRepairSignIns: z.boolean().default(false) }),
  region: z.strictObject({ label: typedText(60).default('') }),
} as const

export type PolicyName = keyof typeof policySchemas
export const policyNames = Object.keys(policySchemas) as PolicyName[]
export const PolicyName = z.enum(Object.keys(policySchemas) as [PolicyName, ...PolicyName[]])
export type PolicyValue<N extends PolicyName> = z.output<(typeof policySchemas)[N]>
export type PolicyValues = { [N in PolicyName]: PolicyValue<N> }

/** What holds while nobody has decided. */
export const policyDefaults = Object.fromEntries(
  policyNames.map((name) => [name, policySchemas[name].parse({})]),
) as PolicyValues

/** What a change would do, as codes that each language has its sentence for. */
export const policyEffectCodes = [
  'nothing_changes',
  'from_now_on',
  'locks_you_out',
  'signs_you_out',
  'signs_out',
  'must_enrol',
  'blocked_addresses',
  'cannot_sign_in',
  'passwords_stay',
  'keys_end',
  'links_end',
  'files_refused',
  'words_go',
  'rules_answer',
  'provider_keeps_nothing',
  'foreign_members_stay',
  'invitations_void',
  'joining_stops',
  'requests_stop',
  'support_repairs',
  'support_proposes',
  'label_only',
] as const

export const PolicyEffect = z.object({
  code: z.enum(policyEffectCodes),
  count: z.int().optional(),
  of: z.int().optional(),
  /** The first few it is about. */
  names: z.array(z.string()).optional(),
  until: Instant.optional(),
  address: z.string().optional(),
})
export type PolicyEffect = z.infer<typeof PolicyEffect>

export const PolicyPreview = z.object({
  effects: z.array(PolicyEffect),
  /** It takes a confirmation in so many words before it is saved. */
  isDangerous: z.boolean(),
  /** It would shut out whoever saves it, so it is not saved at all. */
  isRefused: z.boolean(),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>

const shown = <N extends PolicyName>(name: N) =>
  z.object({
    value: policySchemas[name],
    version: z.int(),
    updatedAt: Instant.optional(),
    updatedBy: z.string().optional(),
  })

export const SecurityPolicies = z.object({
  mfa: shown('mfa'),
  sessions: shown('sessions'),
  ip_allow_list: shown('ip_allow_list'),
  attachments: shown('attachments'),
  har: shown('har'),
  model: shown('model'),
  public_links: shown('public_links'),
  api_keys: shown('api_keys'),
  joining: shown('joining'),
  passwords: shown('passwords'),
  support: shown('support'),
  region: shown('region'),
  canManage: z.boolean(),
  /** From where whoever asks is seen to come. */
  yourAddress: z.string().optional(),
})
export type SecurityPolicies = z.output<typeof SecurityPolicies>

/** The body that previews a rule. */
export const previewBody = <N extends PolicyName>(name: N) => z.strictObject({ value: policySchemas[name] })

/** The body that saves it: from the version that was seen, and with the consequence confirmed where there is one. */
export const saveBody = <N extends PolicyName>(name: N) =>
  z.strictObject({ version: z.int().min(0), value: policySchemas[name], confirmed: z.boolean().default(false) })

export const PolicyChange = z.object({
  version: z.int(),
  at: Instant,
  by: z.object({ id: AgentId, name: z.string() }).optional(),
  before: z.unknown(),
  after: z.unknown(),
  effects: z.array(PolicyEffect),
})
export type PolicyChange = z.infer<typeof PolicyChange>

export const PolicyChangeList = z.object({ changes: z.array(PolicyChange) })
export type PolicyChangeList = z.infer<typeof PolicyChangeList>
