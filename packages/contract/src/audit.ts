import { z } from 'zod'
import { Instant, Json } from './primitives.ts'

export const AuditOutcome = z.enum(['success', 'failure', 'denied'])
export type AuditOutcome = z.infer<typeof AuditOutcome>

const hash = z.string().meta({ description: 'SHA-256 in hex.' })

/** One event, with what is personal in it put back where it belongs, as far as it was not erased. */
export const AuditEvent = z
  .object({
    id: z.uuid(),
    seq: z.int().meta({ description: 'Its number in the chain of its organisation.' }),
    organisationId: z.uuid(),
    occurredAt: Instant,
    recordedAt: Instant,
    action: z.string().meta({ description: 'What was done, such as `role.granted`.' }),
    version: z.int(),
    actor: z.object({
      type: z.string(),
      id: z.string().optional(),
      name: z.string().optional(),
      via: z.string().meta({ description: 'How whoever acted had said who they are.' }),
    }),
    targets: z.array(z.object({ type: z.string(), id: z.string(), name: z.string().optional() })),
    context: z.object({
      ip: z.string().optional(),
      userAgent: z.string().optional(),
      requestId: z.string().optional(),
      sessionId: z.string().optional(),
    }),
    outcome: AuditOutcome,
    reason: z.string().optional(),
    changes: z.array(z.object({ field: z.string(), old: Json.optional(), new: Json.optional() })),
    metadata: z.record(z.string(), Json),
    isErased: z.boolean().meta({ description: 'Whether something personal was erased.' }),
    prevHash: hash,
    hash,
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.infer<typeof AuditEvent>

/** Several behind commas; one that ends in a dot stands for all that begin so. */
const actionList = z
  .string()
  .max(600)
  .regex(/^[a-z_.]+(?:,[a-z_.]+)*$/)

export const AuditFilter = z.object({
  actor: z.string().max(200).optional(),
  actions: actionList.optional(),
  target: z.string().max(200).optional(),
  outcome: AuditOutcome.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  text: z.string().max(200).optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

export const ListAuditEvents = AuditFilter.extend({
  before: z.coerce.number().int().min(1).optional().meta({ description: 'Only events with smaller numbers.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ListAuditEvents = z.infer<typeof ListAuditEvents>

export const AuditEventPage = z
  .object({
    events: z.array(AuditEvent).meta({ description: 'The newest first.' }),
    next: z.int().optional().meta({ description: 'The `before` of the next page.' }),
    matched: z
      .object({ count: z.int(), isMore: z.boolean() })
      .optional()
      .meta({ description: 'Of the first page: how many there are, counted up to 10,000.' }),
  })
  .meta({ id: 'AuditEventPage' })
export type AuditEventPage = z.infer<typeof AuditEventPage>

export const AuditEventDetail = z
  .object({
    event: AuditEvent,
    next: z
      .object({ seq: z.int(), agrees: z.boolean() })
      .optional()
      .meta({ description: 'The event after it, and whether that remembers this hash.' }),
    checkpoint: z.object({ seq: z.int(), at: Instant }).optional().meta({ description: 'The first that signs it.' }),
    around: z.array(AuditEvent).meta({ description: 'Of the same people within ten minutes.' }),
  })
  .meta({ id: 'AuditEventDetail' })
export type AuditEventDetail = z.infer<typeof AuditEventDetail>

export const AuditEventList = z.object({ events: z.array(AuditEvent) }).meta({ id: 'AuditEventList' })
export type AuditEventList = z.infer<typeof AuditEventList>

export const AuditActorList = z
  .object({ actors: z.array(z.object({ id: z.string(), type: z.string(), name: z.string().optional() })) })
  .meta({ id: 'AuditActorList' })
export type AuditActorList = z.infer<typeof AuditActorList>

export const AuditFault = z.object({
  kind: z.enum(['edited', 'removed', 'inserted', 'swapped', 'truncated', 'rewritten', 'checkpoint_forged']),
  seq: z.int().meta({ description: 'The first event that is not as it was written.' }),
})
export type AuditFault = z.infer<typeof AuditFault>

export const AuditCheck = z
  .object({
    at: Instant,
    since: Instant.optional().meta({ description: 'When the first event was recorded.' }),
    fromSeq: z.int(),
    seq: z.int(),
    fault: AuditFault.optional(),
  })
  .meta({ id: 'AuditCheck' })
export type AuditCheck = z.infer<typeof AuditCheck>

export const AuditOverview = z
  .object({
    count: z.int(),
    seq: z.int(),
    check: AuditCheck.optional(),
    checkpoints: z.array(z.object({ seq: z.int(), at: Instant })).meta({ description: 'Of the last 24 hours.' }),
    publicKey: z.string().meta({ description: 'Ed25519, PEM: checks what was signed.' }),
    streams: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['active', 'paused', 'off']),
        isFailing: z.boolean(),
        behind: z.int(),
        lagSeconds: z.int(),
      }),
    ),
    canExport: z.boolean(),
    canManage: z.boolean(),
  })
  .meta({ id: 'AuditOverview' })
export type AuditOverview = z.infer<typeof AuditOverview>

export const AuditExportFormat = z.enum(['jsonl', 'csv', 'ocsf'])
export type AuditExportFormat = z.infer<typeof AuditExportFormat>
export const ExportAudit = z.strictObject({ format: AuditExportFormat, filter: AuditFilter.default({}) })
export type ExportAudit = z.input<typeof ExportAudit>
