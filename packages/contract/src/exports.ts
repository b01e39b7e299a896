import { z } from 'zod'
import { Instant, MemberId, typedText } from './primitives.ts'

/** What an organisation can take out of the product. */
export const exportParts = ['members', 'cases', 'usage', 'audit'] as const
export const ExportPart = z.enum(exportParts)
export type ExportPart = z.infer<typeof ExportPart>

const Day = z.iso.date()

/** Some of it in a range of days (UTC, both included), or everything of one person, by their address. */
export const ExportContent = z
  .union([
    z
      .strictObject({
        of: z.literal('organisation'),
        parts: z
          .array(ExportPart)
          .min(1)
          .max(exportParts.length)
          .refine((parts) => new Set(parts).size === parts.length, { error: 'must not name a part twice' }),
        from: Day.optional(),
        to: Day.optional(),
      })
      .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
        error: 'must not end before it begins',
        path: ['to'],
      }),
    z.strictObject({ of: z.literal('person'), email: z.email().max(254) }),
  ])
  .meta({ id: 'ExportContent' })
export type ExportContent = z.infer<typeof ExportContent>

/** What can be masked. `addresses`: of networks and of pages. */
export const maskedFields = ['email', 'names', 'bodies', 'addresses'] as const
export const MaskedField = z.enum(maskedFields)
export type MaskedField = z.infer<typeof MaskedField>

/** `hashed`: with a salt of this export alone, so that equal values are equal in it and mean nothing elsewhere. */
export const maskModes = ['shown', 'shortened', 'hashed', 'hidden'] as const
export const MaskMode = z.enum(maskModes)
export type MaskMode = z.infer<typeof MaskMode>

export const ExportMasks = z.strictObject({ email: MaskMode, names: MaskMode, bodies: MaskMode, addresses: MaskMode })
export type ExportMasks = z.infer<typeof ExportMasks>

/** An export rule may say so many hours. Where nobody has said how long exports are kept, they are kept for as long. */
export const longestKeepHours = 720

export const ExportPolicy = z
  .strictObject({
    approvalAboveRows: z.int().min(0).max(100_000_000).meta({ description: 'More rows wait for a second person.' }),
    approvalForPersonal: z.boolean().meta({ description: 'So does whatever shows who somebody is.' }),
    masks: ExportMasks,
    keepHours: z
      .int()
      .min(1)
      .max(longestKeepHours)
      .meta({ description: 'So long after it is ready, the archive is deleted.' }),
    maxFetches: z.int().min(1).max(20),
  })
  .meta({ id: 'ExportPolicy' })
export type ExportPolicy = z.infer<typeof ExportPolicy>

const Named = z.object({ id: MemberId, name: z.string() })

export const ExportPolicyNow = z
  .object({
    version: z.int().meta({ description: '0 as long as nobody has decided anything.' }),
    value: ExportPolicy,
    retention: z
      .object({ keepHours: z.int(), of: z.enum(['own', 'team']) })
      .optional()
      .meta({
        description: 'What was said of how long exports are kept: where it is shorter than `keepHours`, it holds.',
      }),
    requesters: z.array(Named),
    approvers: z.array(Named),
    canManage: z.boolean(),
  })
  .meta({ id: 'ExportPolicyNow' })
export type ExportPolicyNow = z.infer<typeof ExportPolicyNow>

export const SetExportPolicy = z.strictObject({ basedOn: z.int().min(0), value: ExportPolicy })

export const ExportPolicyChanges = z
  .object({
    changes: z.array(z.object({ version: z.int(), value: ExportPolicy, at: Instant, by: Named.optional() })),
  })
  .meta({ id: 'ExportPolicyChanges' })
export type ExportPolicyChanges = z.infer<typeof ExportPolicyChanges>

/** `alone`: nobody else could approve it, so it begins by itself after a day in which it can be stopped. */
const Approval = z.enum(['none', 'needed', 'alone'])

export const ExportPreview = z
  .object({
    rows: z.int(),
    files: z.array(z.object({ name: z.string(), rows: z.int() })),
    personal: z.array(MaskedField).meta({ description: 'What would say who somebody is, as the masks are now.' }),
    masks: ExportMasks,
    approval: Approval,
    approvers: z.array(z.string()).meta({ description: 'Who could approve it.' }),
    why: z.array(z.enum(['rows', 'personal', 'person'])),
    keepHours: z.int(),
    maxFetches: z.int(),
  })
  .meta({ id: 'ExportPreview' })
export type ExportPreview = z.infer<typeof ExportPreview>

export const PreviewExport = z.strictObject({ content: ExportContent })

export const RequestExport = z.strictObject({
  id: z.uuid().meta({ description: 'Yours; asking again with the same id changes nothing.' }),
  content: ExportContent,
  reason: typedText(500).pipe(z.string().min(1)),
})

export const exportStates = [
  'waiting',
  'queued',
  'building',
  'ready',
  'fetched',
  'expired',
  'failed',
  'denied',
  'cancelled',
] as const
export const ExportState = z.enum(exportStates)
export type ExportState = z.infer<typeof ExportState>

/** Why it failed, or was stopped. */
export const ExportFailure = z.enum(['requester_gone', 'not_decided', 'not_built'])
export type ExportFailure = z.infer<typeof ExportFailure>

export const ConsoleExport = z
  .object({
    id: z.uuid(),
    state: ExportState,
    content: ExportContent,
    reason: z.string(),
    requestedBy: Named,
    requestedAt: Instant,
    expectedRows: z.int(),
    doneRows: z.int(),
    personal: z.array(MaskedField),
    masks: ExportMasks,
    approval: Approval,
    startsAt: Instant.optional(),
    decideBy: Instant.optional(),
    decidedBy: Named.optional(),
    decidedAt: Instant.optional(),
    decisionReason: z.string().optional(),
    failure: ExportFailure.optional(),
    sizeBytes: z.int().optional(),
    sha256: z.string().optional(),
    readyAt: Instant.optional(),
    expiresAt: Instant.optional(),
    endedAt: Instant.optional(),
    fetches: z.int(),
    maxFetches: z.int(),
    may: z
      .array(z.enum(['decide', 'cancel', 'retry', 'fetch']))
      .meta({ description: 'What whoever asks may do with it now.' }),
  })
  .meta({ id: 'ConsoleExport' })
export type ConsoleExport = z.infer<typeof ConsoleExport>

export const ListExports = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

export const ConsoleExportList = z
  .object({
    exports: z.array(ConsoleExport),
    canRequest: z.boolean(),
    canApprove: z.boolean(),
    next: z.uuid().optional(),
  })
  .meta({ id: 'ConsoleExportList' })
export type ConsoleExportList = z.infer<typeof ConsoleExportList>

export const ApproveExport = z.strictObject({ reason: typedText(500).optional() })
export const DenyExport = z.strictObject({ reason: typedText(500).pipe(z.string().min(1)) })

export const ExportLink = z
  .object({
    url: z.string().meta({ description: 'Opens once, for whoever made it, while they are signed in.' }),
    expiresAt: Instant,
    password: z.string().optional().meta({ description: 'Of the archive; told with the first link and never again.' }),
  })
  .meta({ id: 'ExportLink' })
export type ExportLink = z.infer<typeof ExportLink>
