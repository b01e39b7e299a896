import { Readable } from 'node:stream'
import { StoredFile, UploadHeaders } from '@clew/contract/files'
import { FileId } from '@clew/contract/primitives'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, once, route } from '../../platform/routes.ts'
import type { Storage } from '../../platform/storage.ts'
import { sendOpened } from './send-file.ts'
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
        responses: { 200: null, 206: null },
        produces: 'application/octet-stream',
        run: async (ctx, { params: { fileId }, request, reply }) => {
          const { range } = request.headers
          return sendOpened(reply, await readFile(ctx, { id: fileId, range }, parts))
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
    // A request without a body has none to read.
    body: (request.body as Readable | undefined) ?? Readable.from([]),
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch (cause) {
    throw new AppError('input.invalid', { field: 'x-clew-file-name' }, { cause })
  }
}
