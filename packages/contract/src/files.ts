import { z } from 'zod'
import { FileId, Instant } from './primitives.ts'

/** The attachment limit. 25 MB counts as 25,000,000 bytes. */
export const maxAttachmentBytes = 25_000_000

export const StoredFile = z
  .object({ id: FileId, name: z.string(), mediaType: z.string(), sizeBytes: z.int(), sha256: z.string() })
  .meta({ id: 'StoredFile' })
export type StoredFile = z.infer<typeof StoredFile>

/** The body of an upload is the file itself; these headers describe it. The name is percent-encoded UTF-8. */
export const UploadHeaders = z.object({
  'x-clew-file-id': z
    .uuid()
    .meta({ description: 'Chosen by the client; uploading it again answers 200 with the first result.' }),
  'x-clew-file-name': z.string().min(1).max(1000),
})

/** What a contact may know of a resumable upload (tus 1.0) beside the headers of the protocol. */
export const UploadState = z
  .object({
    id: FileId,
    name: z.string(),
    state: z.enum(['open', 'complete', 'kept', 'ended']).meta({ description: 'Kept: part of a message.' }),
    receivedBytes: z.int(),
    lengthBytes: z.int(),
    expiresAt: Instant,
  })
  .meta({ id: 'UploadState' })
export type UploadState = z.infer<typeof UploadState>

const tusVersion = { 'tus-resumable': z.string().max(20).optional() }
const byteCount = z.string().regex(/^\d{1,15}$/)

/**
 * `Upload-Metadata` holds `filename` and, so that a repeat makes no second upload, `id`: a UUID chosen by the client.
 * `kind file` is for plain files, with `filetype` for what they are; without it the upload is a capture, which nobody
 * reads before it was cleaned.
 */
export const CreateUploadHeaders = z.object({
  ...tusVersion,
  'upload-length': byteCount.optional(),
  'upload-defer-length': z.string().max(5).optional(),
  'upload-metadata': z.string().max(4000).optional(),
})
export const UploadPieceHeaders = z.object({
  ...tusVersion,
  'upload-offset': byteCount.optional(),
  'upload-checksum': z.string().max(200).optional(),
  'content-type': z.string().max(200).optional(),
})
export const TusHeaders = z.object(tusVersion)
