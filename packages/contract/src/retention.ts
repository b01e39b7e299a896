import { z } from 'zod'

/** The kinds of data whose keeping an organisation decides. */
export const retentionClasses = ['conversation', 'attachment', 'har', 'usage', 'audit', 'session', 'export'] as const
export const RetentionClass = z.enum(retentionClasses)
export type RetentionClass = z.infer<typeof RetentionClass>

/** Days, or `null` for ever. */
const KeepDays = z.int().min(1).max(36_500).nullable()

/** `own`: of the organisation; `team`: of the support team, for who has none; `built_in`: of the product. */
const PolicyOf = z.enum(['own', 'team', 'built_in'])

const Amount = z.object({ count: z.int(), bytes: z.int() })
const Named = z.object({ id: z.string(), name: z.string() })

export const RetentionOverview = z.object({
  classes: z.array(
    z.object({
      class: RetentionClass,
      keepDays: KeepDays,
      of: PolicyOf,
      /** Of the latest change of the organisation's own; 0 before the first. Said when changing it. */
      version: z.int(),
      pending: z.object({ keepDays: KeepDays, effectiveAt: z.string(), by: z.string().optional() }).optional(),
      now: Amount,
      held: Amount,
      /** When the next of it goes; without it nothing will. */
      nextAt: z.string().optional(),
    }),
  ),
  backupDays: z.int(),
})
export type RetentionOverview = z.infer<typeof RetentionOverview>

export const RetentionHistory = z.object({
  /** The latest first. */
  changes: z.array(
    z.object({
      class: RetentionClass,
      version: z.int(),
      /** What held until then, and whose word that was. */
      from: KeepDays,
      fromOf: PolicyOf,
      keepDays: KeepDays,
      at: z.string(),
      by: z.string().optional(),
      effectiveAt: z.string(),
      takenBackAt: z.string().optional(),
      takenBackBy: z.string().optional(),
    }),
  ),
})
export type RetentionHistory = z.infer<typeof RetentionHistory>

export const PreviewRetention = z.strictObject({ class: RetentionClass, keepDays: KeepDays })
export type PreviewRetention = z.infer<typeof PreviewRetention>

export const RetentionPreview = z.object({
  class: RetentionClass,
  from: KeepDays,
  to: KeepDays,
  /** At once for a longer one. */
  effectiveAt: z.string(),
  goes: Amount,
  stays: Amount,
  /** The holds by whose word something stays. */
  holds: z.array(Named.extend({ count: z.int() })),
  openCases: z.object({
    count: z.int(),
    some: z.array(z.object({ id: z.uuid(), number: z.int(), subject: z.string() })),
  }),
  /** The oldest last: how many there are of each age, and how many of them are held. */
  ages: z.object({
    bucketDays: z.number(),
    bars: z.array(z.object({ count: z.int(), held: z.int() })),
  }),
  /** What has to be typed; without it nothing has to. */
  confirm: z.string().optional(),
  backupsForgetAt: z.string().optional(),
})
export type RetentionPreview = z.infer<typeof RetentionPreview>

export const ChangeRetention = z.strictObject({
  version: z.int().min(0),
  keepDays: KeepDays,
  /** As the preview says, word for word. */
  confirm: z.string().max(60).optional(),
})
export type ChangeRetention = z.infer<typeof ChangeRetention>

export const DryRun = z.object({
  classes: z.array(z.object({ class: RetentionClass, goes: Amount, stays: Amount })),
})
export type DryRun = z.infer<typeof DryRun>

export const RetentionRunList = z.object({
  runs: z.array(
    z.object({
      id: z.uuid(),
      reason: z.enum(['schedule', 'asked']),
      state: z.enum(['running', 'done']),
      startedAt: z.string(),
      finishedAt: z.string().optional(),
      classes: z.array(z.object({ class: RetentionClass, deleted: Amount, held: Amount })),
      certificateId: z.uuid().optional(),
    }),
  ),
})
export type RetentionRunList = z.infer<typeof RetentionRunList>

/** What a certificate is made of: `statement` is what was signed, to the letter. */
export const RetentionCertificate = z.object({
  id: z.uuid(),
  statement: z.string(),
  signature: z.string(),
  publicKey: z.string(),
  /** What went, one by one, each as `class sha256`; the statement holds the hash of this list. */
  tombstones: z.array(z.string()),
  verified: z.boolean(),
})
export type RetentionCertificate = z.infer<typeof RetentionCertificate>

const ids = z.array(z.uuid()).max(500).default([])

export const PlaceHold = z.strictObject({
  name: z.string().trim().min(1).max(120),
  reason: z.string().trim().min(1).max(2000),
  /** What is older is not held. */
  since: z.iso.date().optional(),
  everything: z.boolean().default(false),
  memberIds: ids,
  groupIds: ids,
  /** People who ask for help, by their address. */
  addresses: z.array(z.email().max(254)).max(500).default([]),
  conversationNumbers: z.array(z.int().min(1)).max(500).default([]),
})
export type PlaceHold = z.input<typeof PlaceHold>

export const ReleaseHold = z.strictObject({ reason: z.string().trim().min(1).max(2000) })
export type ReleaseHold = z.infer<typeof ReleaseHold>

export const Hold = z.object({
  id: z.uuid(),
  name: z.string(),
  reason: z.string(),
  since: z.string().optional(),
  everything: z.boolean(),
  members: z.array(Named),
  groups: z.array(Named),
  addresses: z.array(z.string()),
  conversationNumbers: z.array(z.int()),
  placedAt: z.string(),
  placedBy: z.string().optional(),
  /** Whether whoever looks placed it, so that somebody else has to agree. */
  isOwn: z.boolean(),
  agreedAt: z.string().optional(),
  agreedBy: z.string().optional(),
  releasedAt: z.string().optional(),
  releasedBy: z.string().optional(),
  releaseReason: z.string().optional(),
  holds: z.array(z.object({ class: RetentionClass, count: z.int() })),
})
export type Hold = z.infer<typeof Hold>

export const HoldList = z.object({ holds: z.array(Hold) })
export type HoldList = z.infer<typeof HoldList>

export const PreviewErasure = z.strictObject({ address: z.email().max(254) })

export const ErasurePreview = z.object({
  address: z.string(),
  conversations: z.int(),
  messages: z.int(),
  files: z.int(),
  captures: z.int(),
  /** A colleague who has left. `active`: they have to be removed first. */
  member: z.object({ name: z.string(), state: z.enum(['left', 'active']) }).optional(),
  /** Conversations that a hold keeps. */
  kept: z.int(),
  confirm: z.string(),
})
export type ErasurePreview = z.infer<typeof ErasurePreview>

export const ErasePerson = z.strictObject({ address: z.email().max(254), confirm: z.string().max(300) })

export type ErasePerson = z.infer<typeof ErasePerson>

export const ErasureReceipt = z.object({ id: z.uuid(), certificateId: z.uuid(), kept: z.int() })
export type ErasureReceipt = z.infer<typeof ErasureReceipt>
