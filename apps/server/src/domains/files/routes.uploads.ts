import type { Readable } from 'node:stream'
import {
  CreateUploadHeaders,
  TusHeaders,
  UploadPieceHeaders,
  type UploadState,
  UploadState as UploadStateSchema,
} from '@clew/contract/files'
import { FileId } from '@clew/contract/primitives'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, route } from '../../platform/routes.ts'
import type { Storage } from '../../platform/storage.ts'
import { Coming } from './coming.ts'
import { readChecksum, readMetadata } from './model.uploads.ts'
import { appendToUpload } from './use-cases/append-to-upload.ts'
import { createUpload } from './use-cases/create-upload.ts'
import { cancelUpload } from './use-cases/end-upload.ts'
import { readUpload } from './use-cases/read-upload.ts'

export type UploadParts = { storage: Storage; asSystem(ctx: Ctx, job: string): Ctx; maxCaptureBytes: number }

const path = '/widget/uploads'
const params = z.object({ uploadId: FileId })
const audience = 'contact' as const
const version = '1.0.0'
const extensions = 'creation,creation-with-upload,termination,expiration,checksum'

/** Resumable uploads by tus 1.0.0 (https://tus.io/protocols/resumable-upload), each of one contact. */
export const uploadRoutes = (parts: UploadParts): readonly AnyRoute[] => {
  const coming = new Coming()
  return [discovery(parts), creation({ ...parts, coming }), ...goingOn({ ...parts, coming })]
}

const discovery = ({ maxCaptureBytes }: UploadParts): AnyRoute =>
  route({
    method: 'OPTIONS',
    path,
    audience: 'public',
    summary: 'What of tus is spoken here',
    responses: { 204: null },
    run: async (_ctx, { reply }) => {
      void reply.headers({
        'tus-resumable': version,
        'tus-version': version,
        'tus-extension': extensions,
        'tus-max-size': String(maxCaptureBytes),
        'tus-checksum-algorithm': 'sha1,sha256',
      })
      return { status: 204 }
    },
  })

type Taking = UploadParts & { coming: Coming }

const creation = (parts: Taking): AnyRoute =>
  route({
    method: 'POST',
    path,
    audience,
    summary: 'Begin a resumable upload (tus: creation)',
    headers: CreateUploadHeaders,
    responses: { 200: UploadStateSchema, 201: UploadStateSchema },
    rawBody: true,
    limit: { perMinute: 30 },
    run: async (ctx, { request, reply }) => {
      speakTus(request, reply)
      const { upload, repeated } = await createUpload(ctx, parts, beginningOf(request))
      // tus knows 201 only; a repeat is a beginning that was begun before.
      const state = await withFirstPiece(ctx, parts, { upload, request })
      say(reply, state)
      void reply.header('location', `/api/v1${path}/${state.id}`)
      return { status: repeated ? 200 : 201, body: state }
    },
  })

const goingOn = (parts: Taking): readonly AnyRoute[] => [
  route({
    // HEAD, by which tus asks, is answered by the same route without the body.
    method: 'GET',
    path: `${path}/:uploadId`,
    audience,
    summary: 'How far a resumable upload is; HEAD answers with the headers of tus alone',
    params,
    headers: TusHeaders,
    responses: { 200: UploadStateSchema },
    run: async (ctx, { params: { uploadId }, request, reply }) => {
      if (request.method === 'HEAD') speakTus(request, reply)
      const state = await readUpload(ctx, uploadId)
      say(reply, state)
      return { status: 200, body: state }
    },
  }),
  route({
    method: 'PATCH',
    path: `${path}/:uploadId`,
    audience,
    summary: 'The next piece of a resumable upload',
    params,
    headers: UploadPieceHeaders,
    responses: { 204: null },
    rawBody: true,
    limit: { perMinute: 600 },
    run: async (ctx, { params: { uploadId }, request, reply }) => {
      speakTus(request, reply)
      const piece = pieceOf(uploadId, request)
      const { receivedBytes, expiresAt } = await parts.coming.take(ctx, () => appendToUpload(ctx, parts.storage, piece))
      void reply.headers({ 'upload-offset': String(receivedBytes), 'upload-expires': expiresAt.toUTCString() })
      return { status: 204 }
    },
  }),
  route({
    method: 'DELETE',
    path: `${path}/:uploadId`,
    audience,
    summary: 'End an unfinished upload and delete what was received of it (tus: termination)',
    params,
    headers: TusHeaders,
    responses: { 204: null },
    run: async (ctx, { params: { uploadId }, request, reply }) => {
      speakTus(request, reply)
      await cancelUpload(ctx, uploadId, parts)
      return { status: 204 }
    },
  }),
]

function speakTus(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('tus-resumable', version)
  if (request.headers['tus-resumable'] === version) return
  void reply.header('tus-version', version)
  throw new AppError('upload.version_unsupported')
}

const say = (reply: FastifyReply, { receivedBytes, lengthBytes, expiresAt }: UploadState): void =>
  void reply.headers({
    'upload-offset': String(receivedBytes),
    'upload-length': String(lengthBytes),
    'upload-expires': new Date(expiresAt).toUTCString(),
    'cache-control': 'no-store',
  })

type Headers = Record<string, string | undefined>
const invalid = (header: string): AppError => new AppError('upload.header_invalid', { header })

function beginningOf(request: FastifyRequest) {
  const headers = request.headers as Headers
  const metadata = readMetadata(headers['upload-metadata'])
  if (!metadata) throw invalid('Upload-Metadata')
  if (headers['upload-length'] === undefined) throw invalid('Upload-Length')
  const id = FileId.optional().safeParse(metadata.get('id'))
  if (!id.success) throw invalid('Upload-Metadata')
  return {
    id: id.data,
    name: metadata.get('filename') ?? '',
    lengthBytes: Number(headers['upload-length']),
    // What is not said to be a plain file is treated with the greater care.
    kind: metadata.get('kind') === 'file' ? ('file' as const) : ('capture' as const),
    claimedType: (metadata.get('filetype') ?? '').slice(0, 100),
  }
}

const octets = 'application/offset+octet-stream'

async function withFirstPiece(
  ctx: Ctx,
  { storage, coming }: Taking,
  { upload, request }: { upload: UploadState; request: FastifyRequest },
): Promise<UploadState> {
  if (request.headers['content-type'] !== octets || upload.receivedBytes > 0) return upload
  const body = request.body as Readable | undefined
  const piece = { id: upload.id, offset: 0, sizeBytes: sizeOf(request), checksum: checksumOf(request), body }
  const { receivedBytes, state } = await coming.take(ctx, () => appendToUpload(ctx, storage, piece))
  return { ...upload, receivedBytes, state }
}

function pieceOf(id: FileId, request: FastifyRequest) {
  const { 'upload-offset': offset, 'content-type': type } = request.headers as Headers
  if (type !== octets) throw new AppError('input.unsupported_type')
  if (offset === undefined) throw invalid('Upload-Offset')
  const body = request.body as Readable | undefined
  return { id, offset: Number(offset), sizeBytes: sizeOf(request), checksum: checksumOf(request), body }
}

function sizeOf(request: FastifyRequest): number | undefined {
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  return Number.isFinite(length) ? length : undefined
}

function checksumOf(request: FastifyRequest) {
  const header = (request.headers as Headers)['upload-checksum']
  if (header === undefined) return undefined
  const checksum = readChecksum(header)
  if (!checksum) throw new AppError('upload.checksum_unsupported')
  return checksum
}
