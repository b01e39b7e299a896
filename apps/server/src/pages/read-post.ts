import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../platform/app-error.ts'
import { boundaryOf, type Part, readParts } from '../platform/http/multipart.ts'
import type { Posted } from './contact-form.ts'

export type PostedFile = { field: string; name: string; mediaType: string | undefined; body: Readable }

const mostFieldBytes = 64_000
const mostFields = 80

/** Forms with files reach their handler as the bytes that they are. */
export function takeMultipart(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/form-data', (_request, payload, done) => done(null, payload))
}

/**
 * Reads a posted form, with files or without. Each file is given to `take` as it comes, with the fields that stood
 * before it; what `take` leaves unread is passed over.
 */
export async function readPost(
  request: FastifyRequest,
  { take, mostBytes }: { take(file: PostedFile, before: Posted): Promise<void>; mostBytes: number },
): Promise<Posted> {
  const boundary = boundaryOf(request.headers['content-type'])
  if (boundary === undefined) return postedOf(request.body)
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>
  let fields = 0
  for await (const part of readParts(request.body as AsyncIterable<Buffer>, boundary, mostBytes)) {
    fields += 1
    if (fields > mostFields) throw new AppError('input.too_large')
    if (part.fileName === undefined) (values[part.name] ??= []).push(await textOf(part))
    else if (part.fileName !== '') await take(fileOf(part, part.fileName), values)
  }
  return values
}

const fileOf = ({ name, mediaType, body }: Part, fileName: string): PostedFile => ({
  field: name,
  name: fileName,
  mediaType,
  body: Readable.from(body, { objectMode: false }),
})

async function textOf({ body }: Part): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > mostFieldBytes) throw new AppError('input.too_large')
    pieces.push(Buffer.from(piece))
  }
  return Buffer.concat(pieces).toString('utf8')
}

function postedOf(body: unknown): Posted {
  const values: Record<string, string[]> = Object.create(null) as Record<string, string[]>
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>))
    values[name] = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
  return values
}
