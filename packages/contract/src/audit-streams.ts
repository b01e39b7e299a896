import { z } from 'zod'
import { Instant } from './primitives.ts'

const address = z.string().trim().min(1).max(500)

/** Where a stream leads. Secrets are given apart and never shown again. */
export const StreamTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('https'), url: address }),
  z.strictObject({
    kind: z.literal('syslog'),
    host: z
      .string()
      .trim()
      .max(253)
      .regex(/^[\w.:-]+$/),
    port: z.int().min(1).max(65_535),
    tls: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('splunk'), url: address, index: z.string().trim().max(120).optional() }),
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: address,
    bucket: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
    region: z.string().trim().min(1).max(60).default('us-east-1'),
    prefix: z
      .string()
      .trim()
      .max(200)
      .regex(/^[\w./-]*$/)
      .default('audit'),
    accessKeyId: z.string().trim().min(1).max(200),
  }),
])
export type StreamTarget = z.infer<typeof StreamTarget>

/** Why sending failed. */
export const StreamFailure = z.enum([
  'address',
  'unreachable',
  'timeout',
  'too_large',
  'redirect',
  'tls',
  'unauthorised',
  'refused',
  'busy',
])
export type StreamFailure = z.infer<typeof StreamFailure>

export const AuditStream = z
  .object({
    id: z.uuid(),
    name: z.string(),
    target: StreamTarget,
    hasSecret: z.boolean(),
    version: z.int(),
    state: z
      .enum(['active', 'paused', 'off'])
      .meta({ description: '`paused`: it was refused, and waits for somebody.' }),
    behind: z.int().meta({ description: 'How many events have not arrived yet.' }),
    lagSeconds: z.int().meta({ description: 'How old the oldest of them is.' }),
    deliveredAt: Instant.optional(),
    failure: z.object({ why: StreamFailure, at: Instant, attempts: z.int(), nextTryAt: Instant }).optional(),
    createdAt: Instant,
  })
  .meta({ id: 'AuditStream' })
export type AuditStream = z.infer<typeof AuditStream>

export const AuditStreamList = z
  .object({ streams: z.array(AuditStream), canManage: z.boolean(), mostStreams: z.int() })
  .meta({ id: 'AuditStreamList' })
export type AuditStreamList = z.infer<typeof AuditStreamList>

const name = z.string().trim().min(1).max(80)
const secret = z.string().min(1).max(500).meta({ description: 'The token of Splunk, or the secret key of the bucket.' })

export const CreateAuditStream = z.strictObject({
  name,
  target: StreamTarget,
  secret: secret.optional(),
  fromStart: z.boolean().default(false).meta({ description: 'Sends what is there already, too.' }),
})
export type CreateAuditStream = z.input<typeof CreateAuditStream>

/** The secret that signs, of an HTTPS stream: in this answer and never again. */
export const SavedAuditStream = z
  .object({ stream: AuditStream, secret: z.string().optional() })
  .meta({ id: 'SavedAuditStream' })
export type SavedAuditStream = z.infer<typeof SavedAuditStream>

export const UpdateAuditStream = z.strictObject({
  version: z.int().min(1),
  name,
  target: StreamTarget,
  secret: secret.optional(),
  newSecret: z.boolean().default(false),
  state: z.enum(['active', 'off']),
})
export type UpdateAuditStream = z.input<typeof UpdateAuditStream>

export const AuditStreamTest = z
  .object({ arrived: z.boolean(), failure: StreamFailure.optional(), status: z.int().optional(), durationMs: z.int() })
  .meta({ id: 'AuditStreamTest' })
export type AuditStreamTest = z.infer<typeof AuditStreamTest>
