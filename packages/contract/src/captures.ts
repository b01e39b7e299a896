import { z } from 'zod'
import { CaptureId, ConversationId, FileId, Instant } from './primitives.ts'

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
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>

export const Removal = z.object({ kind: z.string().max(40), count: z.int().min(0) })

export const CaptureSummary = z
  .object({
    id: CaptureId,
    conversationId: ConversationId,
    fileId: FileId,
    name: z.string(),
    sizeBytes: z.int(),
    state: z.enum(['received', 'analysed', 'refused']),
    refusal: z.string().optional().meta({ description: 'Error code, when the file was not a HAR.' }),
    removedInBrowser: z.array(Removal),
    removedOnServer: z.array(Removal),
    entries: z.int(),
    spanMs: z.number(),
    failing: z.int(),
    findings: z.array(Finding),
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
