import type { Attachment } from '@clew/contract/conversations'
import type { FileId } from '@clew/contract/primitives'
import { sharedFilesIn } from '@clew/intake/shared-files'
import { maskSecretsInMessage } from '@clew/redact'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { sha256 } from '../../platform/ids.ts'
import { keepFiles, listFiles } from '../files/index.ts'
import type { MessageContent } from './model.ts'

/**
 * What somebody typed, with every password and key taken out before anything is stored. Refuses a message with
 * neither words nor files.
 */
export function prepareText(input: { body: string; fileIds: readonly FileId[] }): {
  body: string
  masked: string[]
} {
  refuseEmpty(input)
  const { text, kinds } = maskAround(input.body)
  return { body: text, masked: [...new Set(kinds)] }
}

/** A link by which somebody shares a file holds a key on purpose; masked, it would lead nowhere. */
function maskAround(body: string): { text: string; kinds: string[] } {
  let text = ''
  let at = 0
  const kinds: string[] = []
  const mask = (end: number): void => {
    const piece = maskSecretsInMessage(body.slice(at, end))
    text += piece.text
    kinds.push(...piece.masked.map(({ kind }) => kind))
  }
  for (const { start, end } of sharedFilesIn(body)) {
    mask(start)
    text += body.slice(start, end)
    at = end
  }
  mask(body.length)
  return { text, kinds }
}

export function refuseEmpty({ body, fileIds }: { body: string; fileIds: readonly FileId[] }): void {
  if (body === '' && fileIds.length === 0) throw new AppError('message.empty')
}

/** Tells a repeat from a different message under the same id. Made of what is stored, so it gives no secret away. */
export const requestHashOf = (request: {
  body: string
  fileIds: readonly FileId[]
  quickReplyId?: string | undefined
  kind?: string
}): Buffer => sha256(request.body, request.fileIds.join(), request.quickReplyId ?? '', request.kind ?? '')

/** The files of a message, in the order given. One that the sender may not see does not exist. */
export async function attachmentsOf(tx: TxCtx, fileIds: readonly FileId[]): Promise<Attachment[]> {
  const found = new Map((await listFiles(tx, fileIds)).map((file) => [file.id, file]))
  const attachments = fileIds.map((id) => {
    const file = found.get(id)
    if (!file) throw new AppError('file.not_found')
    if (file.state === 'gone') throw new AppError('file.gone')
    if (file.state === 'refused') throw new AppError('file.scan_refused')
    // A recording is attached as a capture, which is cleaned first.
    if (file.state === 'held') throw new AppError('file.holds_capture')
    if (file.state !== 'stored' && file.state !== 'checking') throw new AppError('file.not_ready')
    const { name, mediaType, sizeBytes } = file
    // What waits for the scanner is sent at once; until the scanner has looked at it, nobody opens it.
    return {
      fileId: id,
      name,
      mediaType,
      sizeBytes,
      ...(file.state === 'checking' ? { check: 'waiting' as const } : {}),
    }
  })
  await keepFiles(tx, fileIds)
  return attachments
}

/** What a message holds besides its words; parts that are not there stay away. */
export const contentOf = (parts: {
  attachments: Attachment[]
  masked: string[]
  quickReplyId?: string | undefined
}): MessageContent => ({
  ...(parts.attachments.length > 0 ? { attachments: parts.attachments } : {}),
  ...(parts.masked.length > 0 ? { masked: parts.masked } : {}),
  ...(parts.quickReplyId === undefined ? {} : { quickReplyId: parts.quickReplyId }),
})
