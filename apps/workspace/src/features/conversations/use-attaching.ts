import { useState } from 'react'
import { api } from '../../app/api.ts'
import { newId } from '../../app/clock.ts'
import { maxAttachmentBytes } from '../../app/limits.ts'
import { changeDraft, draftOf } from './draft-store.ts'
import { maxAttachments } from './limits.ts'

export type Upload = {
  readonly id: string
  readonly name: string
  readonly file: File
  readonly sent: number
  readonly problem?: unknown
}

export type Refused = { readonly why: 'too_large'; readonly name: string } | { readonly why: 'too_many' }

export type Attaching = {
  readonly uploads: readonly Upload[]
  /** What could not be taken, and why. */
  readonly refused: Refused | undefined
  add(files: Iterable<File>): void
  retry(upload: Upload): void
  drop(id: string): void
}

/** Uploads what was chosen, dropped or pasted at once, so that sending it later takes no time. */
export function useAttaching(conversationId: string): Attaching {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [refused, setRefused] = useState<Refused>()

  const change = (id: string, to: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, ...to } : upload)))
  const drop = (id: string) => {
    setUploads((all) => all.filter((upload) => upload.id !== id))
    const { files } = draftOf(conversationId)
    changeDraft(conversationId, { files: files.filter(({ fileId }) => fileId !== id) })
  }
  const start = async ({ id, name, file }: Upload) => {
    try {
      const onProgress = (sentBytes: number) => change(id, { sent: sentBytes })
      const { id: fileId, mediaType, sizeBytes } = await api.uploadFile({ id, name, content: file, onProgress })
      setUploads((all) => all.filter((upload) => upload.id !== id))
      changeDraft(conversationId, {
        files: [...draftOf(conversationId).files, { fileId, name, mediaType, sizeBytes }],
      })
    } catch (problem) {
      change(id, { problem })
    }
  }

  return {
    uploads,
    refused,
    drop,
    add(files) {
      const chosen = [...files]
      const free = maxAttachments - draftOf(conversationId).files.length - uploads.length
      setRefused(refusalOf(chosen, free))
      const fitting = chosen
        .filter(({ size }) => size <= maxAttachmentBytes)
        .slice(0, Math.max(0, free))
        .map((file) => ({ id: newId(), name: file.name, file, sent: 0 }))
      setUploads((all) => [...all, ...fitting])
      for (const upload of fitting) void start(upload)
    },
    retry(upload) {
      setUploads((all) =>
        all.map((one) =>
          one.id === upload.id ? { id: upload.id, name: upload.name, file: upload.file, sent: 0 } : one,
        ),
      )
      void start(upload)
    },
  }
}

function refusalOf(chosen: readonly File[], free: number): Refused | undefined {
  const large = chosen.find(({ size }) => size > maxAttachmentBytes)
  if (large !== undefined) return { why: 'too_large', name: large.name }
  return chosen.length > free ? { why: 'too_many' } : undefined
}
