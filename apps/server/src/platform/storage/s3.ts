import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import { ConfigError } from '../config.ts'
import { codeOf } from '../database.ts'
import { say } from '../say.ts'
import { StoreError } from './errors.ts'
import { checkedKey, isStorageKey, refuseOtherSize } from './key.ts'
import type { ByteRange, ListedFile, RawStorage } from './types.ts'

/** S3 takes parts from 5 MiB; a file that fits into one goes in one request. */
const partBytes = 8 << 20

/** `host` is for what is said of it. */
type Call = { (path: string, init: RequestInit): Promise<Response>; readonly host: string }

/** Any S3-compatible store, addressed by path. `s3+http` is for one on the same machine. */
export function s3Storage(url: URL): RawStorage {
  const call = caller(url)
  const of = (key: string): string => `/${checkedKey(key)}`
  return {
    put: async (key, body, sizeBytes) => put(call, { path: of(key), body, sizeBytes }),
    get: async (key, range) => {
      const headers = range && { range: rangeHeader(range) }
      const { body } = await call(of(key), { method: 'GET', ...(headers ? { headers } : {}) })
      if (!body) throw new StoreError(say('cli.files_no_store', { host: url.host }))
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
  if (bucket === '' || url.username === '') throw new ConfigError(say('cli.files_url_incomplete'))
  const client = new AwsClient({
    accessKeyId: decoded(url.username),
    secretAccessKey: decoded(url.password),
    service: 's3',
    region: url.searchParams.get('region') ?? 'us-east-1',
    retries: 2,
  })
  const { host } = url
  const base = `${url.protocol === 's3+http:' ? 'http' : 'https'}://${host}/${bucket}`
  const call = async (path: string, init: RequestInit) => {
    const response = await client.fetch(`${base}${path}`, init).catch((cause: unknown) => {
      throw new StoreError(say('cli.files_unreachable', { host, reason: reasonOf(cause) }), { cause })
    })
    if (!response.ok) throw new StoreError(await refusal(response, { host, bucket, path }))
    return response
  }
  return Object.assign(call, { host })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ConfigError(say('cli.files_url_unreadable'))
  }
}

/** `fetch failed` says nothing; its cause has a code of the system. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return codeOf(cause) || (cause instanceof Error ? cause.message : String(cause))
}

type Asked = { host: string; bucket: string; path: string }

async function refusal(response: Response, { host, bucket, path }: Asked): Promise<string> {
  const about = { host, status: String(response.status) }
  switch (response.status) {
    case 401:
    case 403:
      return say('cli.files_refused', { ...about, bucket })
    case 404: {
      // To HEAD there is no body, and it asks for files alone.
      const isBucket = textOf(await response.text().catch(() => ''), 'Code') === 'NoSuchBucket'
      const key = path.slice(1).replace(/\?.*/, '')
      return isBucket || key === ''
        ? say('cli.files_no_bucket', { ...about, bucket })
        : say('cli.files_gone', { ...about, bucket, key })
    }
    default:
      return say('cli.files_failed', about)
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
  if (id === undefined) throw new StoreError(say('cli.files_no_store', { host: call.host }))
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
    if ((await answer.text()).includes('<Error>'))
      throw new StoreError(say('cli.files_not_joined', { host: call.host }))
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
