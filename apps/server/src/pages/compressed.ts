import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Bytes to send, in every encoding worth having. */
export type Compressed = { body: Buffer; gzip: Buffer | undefined; brotli: Buffer | undefined; hash: string }

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
const worthCompressing = 900

/** @param quality of Brotli, 1–11: high for what is kept, low for what is sent once. */
export async function compress(body: Buffer, quality: number): Promise<Compressed> {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  if (body.length < worthCompressing) return { body, gzip: undefined, brotli: undefined, hash }
  const [zipped, packed] = await Promise.all([
    zip(body, { level: Math.min(9, quality) }),
    brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  ])
  return { body, gzip: zipped, brotli: packed, hash }
}

export const uncompressed = (body: Buffer): Compressed => ({
  body,
  gzip: undefined,
  brotli: undefined,
  hash: createHash('sha256').update(body).digest('base64url').slice(0, 22),
})

/** Sends the encoding that the client takes, or 304 when it has the bytes already (RFC 9110, 13.1.2). */
export function sendCompressed(request: FastifyRequest, reply: FastifyReply, content: Compressed): FastifyReply {
  const { encoding, bytes } = choose(content, request.headers['accept-encoding'])
  addVary(reply, 'Accept-Encoding')
  void reply.header('etag', `"${content.hash}${encoding ? `-${encoding}` : ''}"`)
  if (isKnown(request.headers['if-none-match'], content.hash)) return reply.code(304).send()
  if (encoding) void reply.header('content-encoding', encoding)
  return reply.send(bytes)
}

export function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary')
  void reply.header('vary', before === undefined ? name : `${String(before)}, ${name}`)
}

type Encoding = 'br' | 'gzip'

function choose(content: Compressed, accept = ''): { encoding: Encoding | undefined; bytes: Buffer } {
  const taken = new Map(accept.split(',').map(readCoding))
  const takes = (name: Encoding): boolean => (taken.get(name) ?? 0) > 0
  if (content.brotli && takes('br')) return { encoding: 'br', bytes: content.brotli }
  if (content.gzip && takes('gzip')) return { encoding: 'gzip', bytes: content.gzip }
  return { encoding: undefined, bytes: content.body }
}

/** `gzip;q=0` is a refusal (RFC 9110, 12.5.3). */
function readCoding(coding: string): [string, number] {
  const [name = '', q] = coding.split(';').map((part) => part.trim().toLowerCase())
  return [name, q?.startsWith('q=') ? Number(q.slice(2)) : 1]
}

const isKnown = (ifNoneMatch: string | undefined, hash: string): boolean =>
  ifNoneMatch?.split(',').some((tag) => /^\s*(?:W\/)?"([\w-]{22})(?:-(?:br|gzip))?"\s*$/.exec(tag)?.[1] === hash) ??
  false
