import { z } from 'zod'
import { CaptureId, CaptureLinkId, ConversationId, FileId, Instant } from './primitives.ts'

const bilingual = z.object({ en: z.string(), el: z.string() })

/** What analysis says about a capture. Mirrors `Finding` of `@clew/har`. */
export const Finding = z
  .object({
    rule: z.string(),
    severity: z.enum(['high', 'medium', 'low']),
    entries: z.array(z.int()),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    requestIds: z.array(z.string()),
    message: z.object({ customer: bilingual, agent: bilingual }),
    nextStep: z.object({ flow: z.string().optional(), en: z.string(), el: z.string() }).optional(),
    nearReportedTime: z.boolean().optional(),
    incidentId: z.string().optional().meta({ description: 'The incident that this falls into.' }),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>

/** A question of the analysis that this copy cannot answer, and why. Mirrors `Undecidable` of `@clew/har`. */
export const Undecidable = z.object({ rule: z.string(), why: bilingual }).meta({ id: 'Undecidable' })
export type Undecidable = z.infer<typeof Undecidable>

/** How a capture is cleaned, in the browser and on the server alike. Mirrors `SanitiseOptions` of `@clew/har`. */
export const SanitisingPolicy = z
  .object({
    policy: z.enum(['standard', 'strict']),
    keepBodiesOf: z.array(z.string()),
    rules: z.array(
      z.object({
        match: z.object({
          name: z.string().exactOptional(),
          host: z.string().exactOptional(),
          jsonPath: z.string().exactOptional(),
        }),
        action: z.enum(['remove', 'keep', 'pseudonymise']),
        kind: z
          .enum(['cookie', 'token', 'password', 'email', 'signed_link', 'personal', 'body', 'other'])
          .exactOptional(),
      }),
    ),
  })
  .meta({ id: 'SanitisingPolicy' })
export type SanitisingPolicy = z.infer<typeof SanitisingPolicy>

export const Removal = z.object({ kind: z.string().max(40), count: z.int().min(0) })

export const CaptureSummary = z
  .object({
    id: CaptureId,
    conversationId: ConversationId,
    fileId: FileId,
    name: z.string(),
    sizeBytes: z.int(),
    state: z
      .enum(['uploading', 'received', 'checking', 'analysed', 'refused'])
      .meta({ description: 'Where it is on its way from the browser to findings; refused: see `refusal`.' }),
    refusal: z.string().optional().meta({
      description:
        'Why it was refused: capture.not_a_har, capture.packed, capture.check_failed, upload.cancelled or upload.expired.',
    }),
    progress: z
      .object({ doneBytes: z.int(), totalBytes: z.int() })
      .optional()
      .meta({ description: 'How far the upload or the check is.' }),
    expiredAt: Instant.optional().meta({ description: 'When the file was deleted by policy; the findings stay.' }),
    removedInBrowser: z.array(Removal),
    removedOnServer: z.array(Removal),
    entries: z.int(),
    spanMs: z.number(),
    failing: z.int(),
    findings: z.array(Finding),
    undecidable: z.array(Undecidable),
    createdAt: Instant,
  })
  .meta({ id: 'CaptureSummary' })
export type CaptureSummary = z.infer<typeof CaptureSummary>

export const CaptureEntry = z
  .object({
    index: z.int(),
    startedAt: z.string(),
    offsetMs: z.number(),
    method: z.string(),
    host: z.string(),
    path: z.string(),
    status: z.int(),
    mediaType: z.string(),
    sizeBytes: z.number(),
    timings: z.object({
      blocked: z.number(),
      dns: z.number(),
      connect: z.number(),
      ssl: z.number(),
      send: z.number(),
      wait: z.number(),
      receive: z.number(),
      total: z.number(),
    }),
    requestIds: z.array(z.string()),
    error: z.string().optional(),
    resourceType: z.string().optional(),
    page: z
      .object({
        title: z.string(),
        startMs: z.number(),
        contentLoadedMs: z.number().optional(),
        loadedMs: z.number().optional(),
      })
      .optional()
      .meta({ description: 'The page that begins with this entry; times are from the start of the capture.' }),
  })
  .meta({ id: 'CaptureEntry' })
export type CaptureEntry = z.infer<typeof CaptureEntry>

export const CaptureDetail = z
  .object({ capture: CaptureSummary, entries: z.array(CaptureEntry) })
  .meta({ id: 'CaptureDetail' })
export type CaptureDetail = z.infer<typeof CaptureDetail>

/** Puts an uploaded, sanitised HAR on the conversation. `report` is what the browser removed before the upload. */
export const AttachCapture = z.strictObject({
  clientMessageId: z.uuid(),
  fileId: FileId,
  removed: z.array(Removal).max(40),
})
export type AttachCapture = z.infer<typeof AttachCapture>

/**
 * A view-only link to a capture or a plain file. The token is in `url` and nowhere else, and only in the answer that
 * makes the link. What is over the limit of an attachment gets a link by itself; its address can be worked out again.
 */
export const CreateCaptureLink = z.strictObject({
  expiresInDays: z.int().min(1).max(90).default(7),
  password: z.string().min(8).max(200).optional(),
  mayDownload: z.boolean().default(false),
})
export type CreateCaptureLink = z.input<typeof CreateCaptureLink>

export const CaptureLinkUse = z.object({
  kind: z.enum(['viewed', 'downloaded', 'wrong_password']),
  at: Instant,
  agentName: z.string().optional(),
  addressHash: z.string().meta({ description: 'The same address has the same; which it is cannot be told.' }),
})
export type CaptureLinkUse = z.infer<typeof CaptureLinkUse>

export const CaptureLink = z
  .object({
    id: CaptureLinkId,
    captureId: CaptureId.optional(),
    fileId: FileId.optional().meta({ description: 'Of a plain file, where it is none of a capture.' }),
    hasPassword: z.boolean(),
    mayDownload: z.boolean(),
    createdBy: z.string().optional().meta({ description: 'Left out for the one that was made by itself.' }),
    url: z.string().optional().meta({ description: 'Of the one that was made by itself, while it works.' }),
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Instant.optional(),
    views: z.int(),
    uses: z.array(CaptureLinkUse).meta({ description: 'The latest hundred, newest first.' }),
  })
  .meta({ id: 'CaptureLink' })
export type CaptureLink = z.infer<typeof CaptureLink>

export const CreatedCaptureLink = z.object({ link: CaptureLink, url: z.string() }).meta({ id: 'CreatedCaptureLink' })
export type CreatedCaptureLink = z.infer<typeof CreatedCaptureLink>
export const CaptureLinkList = z.object({ links: z.array(CaptureLink) }).meta({ id: 'CaptureLinkList' })
export type CaptureLinkList = z.infer<typeof CaptureLinkList>
