import type { FastifyReply } from 'fastify'
import type { Answer } from '../../platform/routes.ts'
import { contentDisposition, isShownInline } from './model.ts'
import type { OpenedFile } from './use-cases/read-file.ts'

/**
 * Nothing that was uploaded ever runs: no script, no sniffing, and a page of its own only as a download. A film is
 * given out by stretches, so that one can play any part of it.
 */
export function sendOpened(reply: FastifyReply, { file, body, range }: OpenedFile): Answer {
  const kind = isShownInline(file.mediaType) ? 'inline' : 'attachment'
  const { start, end } = range ?? { start: 0, end: file.sizeBytes }
  void reply.headers({
    'content-type': kind === 'inline' ? file.mediaType : 'application/octet-stream',
    'content-length': String(end - start),
    'content-disposition': contentDisposition(kind, file.name),
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
  })
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-store')
  if (!range) return { status: 200, body }
  void reply.header('content-range', `bytes ${start}-${end - 1}/${file.sizeBytes}`)
  return { status: 206, body }
}
