import type { Readable } from 'node:stream'
import { StoredFile, UploadHeaders } from '@clew/contract/files'
import { FileId } from '@clew/contract/primitives'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, once, route } from '../../platform/routes.ts'
import type { Storage } from '../../platform/storage.ts'
import { contentDisposition, isShownInline } from './model.ts'
import { type IsSentToContact, readFile } from './use-cases/read-file.ts'
import { storeFile } from './use-cases/store-file.ts'

export type FileParts = { storage: Storage; asSystem(ctx: Ctx, job: string): Ctx; isSentToContact: IsSentToContact }

const params = z.object({ fileId: FileId })

export const fileRoutes = (parts: FileParts): readonly AnyRoute[] =>
  (['contact', 'team'] as const).flatMap((audience) => {
    const prefix = audience === 'contact' ? '/widget/files' : '/files'
    return [
      route({
        method: 'POST',
        path: prefix,
        audience,
        summary: 'Upload a file; the body is the file itself',
        headers: UploadHeaders,
        responses: { 200: StoredFile, 201: StoredFile },
        rawBody: true,
        limit: { perMinute: 60 },
        run: async (ctx, { request }) => {
          const { file, repeated } = await storeFile(ctx, parts.storage, uploadOf(request))
          return once({ repeated, body: file })
        },
      }),
      route({
        method: 'GET',
        path: `${prefix}/:fileId`,
        audience,
        summary: 'Download a file',
        params,
        responses: { 200: null },
        produces: 'application/octet-stream',
        run: async (ctx, { params: { fileId }, reply }) => {
          const { file, body } = await readFile(ctx, fileId, parts)
          sendFile(reply, file)
          return { status: 200, body }
        },
      }),
    ]
  })

function uploadOf(request: FastifyRequest) {
  const headers = request.headers as Record<string, string | undefined>
  const length = Number(headers['content-length'])
  return {
    id: headers['x-clew-file-id'] as FileId,
    name: decoded(headers['x-clew-file-name'] ?? ''),
    claimedType: headers['content-type'],
    claimedSize: Number.isFinite(length) ? length : undefined,
    body: request.body as Readable,
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch (cause) {
    throw new AppError('input.invalid', { field: 'x-clew-file-name' }, { cause })
  }
}

/** Nothing that was uploaded ever runs: no script, no sniffing, and a page of its own only as a download. */
function sendFile(reply: FastifyReply, file: { name: string; mediaType: string; sizeBytes: number }): void {
  const kind = isShownInline(file.mediaType) ? 'inline' : 'attachment'
  void reply.headers({
    'content-type': kind === 'inline' ? file.mediaType : 'application/octet-stream',
    'content-length': String(file.sizeBytes),
    'content-disposition': contentDisposition(kind, file.name),
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  })
}
