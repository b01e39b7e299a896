import { z } from 'zod'

const brandedId = <B extends string>(_brand: B) => z.uuid().brand<B>()

export const ConversationId = brandedId('ConversationId')
export const MessageId = brandedId('MessageId')
export const ContactId = brandedId('ContactId')
export const AgentId = brandedId('AgentId')
/** Who belongs to an organisation. An agent is a member of the support team, so the two ids are one. */
export const MemberId = brandedId('AgentId')
export const FileId = brandedId('FileId')
export const CaptureId = brandedId('CaptureId')
export const CaptureLinkId = brandedId('CaptureLinkId')
export const ArticleId = brandedId('ArticleId')
export const OrganisationId = brandedId('OrganisationId')
export const ComponentId = brandedId('ComponentId')
export const IncidentId = brandedId('IncidentId')
export type ConversationId = z.infer<typeof ConversationId>
export type MessageId = z.infer<typeof MessageId>
export type ContactId = z.infer<typeof ContactId>
export type AgentId = z.infer<typeof AgentId>
export type MemberId = AgentId
export type FileId = z.infer<typeof FileId>
export type CaptureId = z.infer<typeof CaptureId>
export type CaptureLinkId = z.infer<typeof CaptureLinkId>
export type ArticleId = z.infer<typeof ArticleId>
export type OrganisationId = z.infer<typeof OrganisationId>
export type ComponentId = z.infer<typeof ComponentId>
export type IncidentId = z.infer<typeof IncidentId>

export const Locale = z.enum(['en', 'el'])
export type Locale = z.infer<typeof Locale>

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** What JSON can say. It has a name since it refers to itself, and a description can refer to names only. */
export const Json: z.ZodType<Json> = z
  .lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(Json), z.record(z.string(), Json)]))
  .meta({ id: 'Json' })

/** An instant in UTC, ISO 8601 with milliseconds. */
export const Instant = z.iso.datetime()

/** An IANA time zone that this runtime knows, such as `Europe/Athens`. */
export const TimeZone = z.string().max(64).refine(isTimeZone, { error: 'must be an IANA time zone' })

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A place in the event log: `epoch-xid-id`. Opaque to clients, ordered on the server. */
export const Position = z
  .string()
  .max(64)
  .regex(/^\d{1,9}-\d{1,20}-\d{1,19}$/)
export type Position = z.infer<typeof Position>

/** Text a person typed: trimmed, no NUL (PostgreSQL cannot store it). */
export const typedText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\u0000'), { error: 'must not contain NUL characters' })
    .transform((text) => text.trim())

export const Empty = z.strictObject({})
