import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { AwsClient } from 'aws4fetch'
import { ConfigError } from './config.ts'

/** Where the bytes of files are kept. Keys are made by us (`ab/cdef…`), never from a name a person gave. */
export type Storage = {
  /** Stores all of the stream or nothing; with a size, nothing that has another. */
  put(key: string, body: Readable, sizeBytes?: number): Promise<void>
  get(key: string): Promise<Readable>
  remove(key: string): Promise<void>
}

/** Opens the store that `CLEW_FILES_URL` names: `file:///folder`, `s3://key:secret@host/bucket`, or a folder. */
export function openStorage(filesUrl: string | undefined, dataDir: string): Storage {
  if (filesUrl === undefined) return diskStorage(join(dataDir, 'files'))
  const url = new URL(filesUrl)
  return url.protocol === 'file:' ? diskStorage(fileURLToPath(url)) : s3Storage(url)
}

/** What leads out of the folder or the bucket is no key of ours. */
function checked(key: string): string {
  if (!/^[a-z0-9]{2}\/[a-z0-9-]+$/.test(key)) throw new Error('a storage key has a shape of its own')
  return key
}

function diskStorage(folder: string): Storage {
  const pathOf = (key: string): string => join(folder, checked(key))
  return {
    put: async (key, body, sizeBytes) => {
      const path = pathOf(key)
      const unfinished = `${path}.part`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        await pipeline(body, createWriteStream(unfinished, { mode: 0o600, flush: true }))
        refuseOtherSize((await stat(unfinished)).size, sizeBytes)
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
    },
    get: async (key) => {
      await stat(pathOf(key))
      return createReadStream(pathOf(key))
    },
    remove: async (key) => rm(pathOf(key), { force: true }),
  }
}

/** Any S3-compatible store, addressed by path. `s3+http` is for one on the same machine. */
function s3Storage(url: URL): Storage {
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
  const call = async (key: string, init: RequestInit): Promise<Response> => {
    const response = await client.fetch(`${base}/${checked(key)}`, init)
    if (!response.ok) throw new Error(`the file store answered ${response.status}`)
    return response
  }
  return {
    put: async (key, body, sizeBytes) => {
      const bytes = await collect(body, sizeBytes)
      await call(key, { method: 'PUT', body: bytes, headers: { 'content-type': 'application/octet-stream' } })
    },
    get: async (key) => {
      const { body } = await call(key, { method: 'GET' })
      if (!body) throw new Error('the file store sent nothing')
      return Readable.fromWeb(body as import('node:stream/web').ReadableStream)
    },
    remove: async (key) => {
      await call(key, { method: 'DELETE' })
    },
  }
}

/** S3 wants to know the length and a signature of the whole; attachments are at most 25 MB. */
async function collect(body: Readable, sizeBytes: number | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let collected = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    collected += chunk.length
    if (collected > (sizeBytes ?? collected)) break
  }
  refuseOtherSize(collected, sizeBytes)
  return Buffer.concat(chunks)
}

function refuseOtherSize(stored: number, said: number | undefined): void {
  if (said !== undefined && stored !== said) throw new Error('the file is longer or shorter than was said')
}
