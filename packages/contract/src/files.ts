import { z } from 'zod'
import { FileId } from './primitives.ts'

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
