import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import { ConfigError } from '../config.ts'
import { checkedKey, isStorageKey, refuseOtherSize } from './key.ts'
import type { ByteRange, ListedFile, RawStorage } from './types.ts'

/** S3 takes parts from 5 MiB; a file that fits into one goes in one request. */
const partBytes = 8 << 20

type Call = (path: string, init: RequestInit) => Promise<Response>

/** Any S3-compatible store, addressed by path. `s3+http` is for one on the same machine. */
export function s3Storage(url: URL): RawStorage {
  const call = caller(url)
  const of = (key: string): string => `/${checkedKey(key)}`
  return {
    put: async (key, body, sizeBytes) => put(call, { path: of(key), body, sizeBytes }),
    get: async (key, range) => {
      const headers = range && { range: rangeHeader(range) }
      const { body } = await call(of(key), { method: 'GET', ...(headers ? { headers } : {}) })
      if (!body) throw new Error('the file store sent nothing')
      return Readable.fromWeb(body as import('node:stream/web').ReadableStream)
    },
    remove: async (key) => {
      await call(of(key), { method: 'DELETE' })
    },
    size: async (key) => Number((await call(of(key), { method: 'HEAD' })).headers.get('content-length')),
    list: () => list(call),
    freeBytes: async () => undefined,
  }
}

function caller(url: URL): Call {
  const bucket = url.pathname.replaceAll('/', '')
  if (bucket === '' || url.username === '')
    throw new ConfigError('CLEW_FILES_URL needs key, secret, host and bucket: s3://key:secret@host/bucket.')
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    service: 's3',
    region: url.searchParams.get('region') ?? 'us-east-1',
    retries: 2,
  })
  const base = `${url.protocol === 's3+http:' ? 'http' : 'https'}://${url.host}/${bucket}`
  return async (path, init) => {
    const response = await client.fetch(`${base}${path}`, init)
    if (!response.ok) throw new Error(`the file store answered ${response.status}`)
    return response
  }
}

const rangeHeader = ({ start, end }: ByteRange): string => `bytes=${start}-${Math.max(start, end - 1)}`

type Put = { path: string; body: Readable; sizeBytes: number | undefined }

async function put(call: Call, { path, body, sizeBytes }: Put): Promise<void> {
  const parts = partsOf(body, sizeBytes)
  const first = await parts.next()
  const second = await parts.next()
  if (!second.done) return putInParts(call, path, joined([first.value, second.value], parts))
  const bytes = first.value ?? new Uint8Array()
  await call(path, { method: 'PUT', body: bytes, headers: { 'content-type': 'application/octet-stream' } })
}

/** A multipart upload: the file is there when it was completed, and not before. */
async function putInParts(call: Call, path: string, parts: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
  const begun = await (await call(`${path}?uploads`, { method: 'POST' })).text()
  const id = textOf(begun, 'UploadId')
  if (id === undefined) throw new Error('the file store began no upload')
  const upload = `uploadId=${encodeURIComponent(id)}`
  try {
    const tags: string[] = []
    for await (const part of parts) {
      const { headers } = await call(`${path}?partNumber=${tags.length + 1}&${upload}`, { method: 'PUT', body: part })
      tags.push(headers.get('etag') ?? '')
    }
    const listed = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('')
    const body = `<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`
    const answer = await call(`${path}?${upload}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/xml' },
    })
    // This one call may fail with 200 and say so in its body.
    if ((await answer.text()).includes('<Error>')) throw new Error('the file store could not join the parts')
  } catch (error) {
    await call(`${path}?${upload}`, { method: 'DELETE' }).catch(() => undefined)
    throw error
  }
}

/** Pieces of equal size, the last one shorter; fails before the last one when the size is another than was said. */
async function* partsOf(
  body: Readable,
  said: number | undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined, undefined> {
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  let total = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    total += chunk.length
    if (said !== undefined && total > said) refuseOtherSize(total, said)
    pending.push(chunk)
    pendingBytes += chunk.length
    if (pendingBytes <= partBytes) continue
    const whole = Buffer.concat(pending)
    yield whole.subarray(0, partBytes)
    pending = [whole.subarray(partBytes)]
    pendingBytes -= partBytes
  }
  refuseOtherSize(total, said)
  if (pendingBytes > 0) yield Buffer.concat(pending)
}

async function* joined(
  first: readonly (Uint8Array<ArrayBuffer> | undefined)[],
  rest: AsyncIterable<Uint8Array<ArrayBuffer>>,
) {
  for (const part of first) if (part) yield part
  yield* rest
}

async function* list(call: Call): AsyncGenerator<ListedFile> {
  let next = ''
  do {
    const page = await (await call(`/?list-type=2${next}`, { method: 'GET' })).text()
    for (const [, entry = ''] of page.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
      const key = textOf(entry, 'Key') ?? ''
      const storedAt = new Date(textOf(entry, 'LastModified') ?? 0)
      if (isStorageKey(key)) yield { key, storedAt, isPart: false }
    }
    const token = textOf(page, 'IsTruncated') === 'true' ? textOf(page, 'NextContinuationToken') : undefined
    next = token === undefined ? '' : `&continuation-token=${encodeURIComponent(token)}`
  } while (next !== '')
}

const textOf = (xml: string, tag: string): string | undefined => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]
