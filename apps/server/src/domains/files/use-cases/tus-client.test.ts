import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type S3, startS3 } from '../../../testkit/s3.ts'
import { createWorld, type World } from '../../../testkit/world.ts'
import { heldBytes } from './held-bytes.ts'

let s3: S3
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3.close())

const stores: { name: string; filesUrl: () => string | undefined }[] = [
  { name: 'the disk', filesUrl: () => undefined },
  { name: 'an S3 server', filesUrl: () => s3.url },
]

describe.each(stores)('a client that knows tus and nothing of us, with files on $name', ({ filesUrl }) => {
  let world: World
  let endpoint: string
  beforeAll(async () => {
    world = await createWorld({ config: { filesUrl: filesUrl() } })
    await world.app.listen({ port: 0, host: '127.0.0.1' })
    const address = world.app.server.address()
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/v1/widget/uploads`
  })
  afterAll(() => world.close())

  /** Uploads until `stopAt` bytes were sent, or to the end. Answers the address of the upload. */
  const upload = (content: Buffer, headers: object, more: { stopAt?: number; uploadUrl?: string } = {}) =>
    new Promise<string>((resolve, reject) => {
      const one = new Upload(content, {
        endpoint,
        headers: headers as Record<string, string>,
        chunkSize: 1_500_000,
        retryDelays: [0, 50, 100],
        metadata: { filename: 'αναφορά.har' },
        ...(more.uploadUrl === undefined ? {} : { uploadUrl: more.uploadUrl }),
        onError: reject,
        onSuccess: () => resolve(one.url ?? ''),
        onChunkComplete: (_size, sent) => {
          if (more.stopAt === undefined || sent < more.stopAt) return
          void one.abort().then(() => resolve(one.url ?? ''))
        },
      })
      one.start()
    })
  const kept = async (url: string): Promise<Buffer> => {
    const system = world.as({ type: 'system', job: 'test' })
    const held = await heldBytes(system, world.clew.house.storage, url.split('/').at(-1) as never)
    return Buffer.from(held ? await held.slice(0, held.size) : [])
  }

  test('uploads a file whole', async () => {
    const content = randomBytes(7_000_000)
    const url = await upload(content, (await world.contact()).headers)
    expect((await kept(url)).equals(content)).toBe(true)
    const [row] = await world.rows('SELECT name, state FROM files WHERE id = $1', [url.split('/').at(-1)])
    expect(row).toEqual({ name: 'αναφορά.har', state: 'held' })
  })

  test('goes on with what was begun', async () => {
    const content = randomBytes(6_000_000)
    const { headers } = await world.contact()
    const url = await upload(content, headers, { stopAt: 3_000_000 })
    expect((await kept(url)).length).toBeGreaterThanOrEqual(3_000_000)
    expect((await kept(url)).length).toBeLessThan(6_000_000)
    await upload(content, headers, { uploadUrl: url })
    expect((await kept(url)).equals(content)).toBe(true)
  })

  test('keeps nothing readable in the store', async () => {
    const content = Buffer.from('Bearer tok-a91b2c3d4e5f60718293 '.repeat(1000))
    await upload(content, (await world.contact()).headers)
    const { storage } = world.clew.house
    let files = 0
    for await (const { key } of storage.list()) {
      expect(await storage.isOurs(key)).toBe(true)
      expect((await buffer(await storage.get(key))).length).toBeGreaterThan(0)
      files += 1
    }
    expect(files).toBeGreaterThan(0)
  })

  test("is not let near another contact's upload", async () => {
    const content = randomBytes(1_000_000)
    const url = await upload(content, (await world.contact()).headers, { stopAt: 1 })
    const { headers } = await world.contact()
    const begun = await upload(content, headers, { uploadUrl: url })
    // The client is told that there is none, and begins one of its own.
    expect(begun).not.toBe(url)
  })

  test('a connection that is torn off in the middle of a piece loses nothing that was acknowledged', async () => {
    const content = randomBytes(9_000_000)
    const { headers } = await world.contact()
    const url = await upload(content, headers, { stopAt: 1_500_000 })
    const controller = new AbortController()
    async function* slowly() {
      for (let at = 1_500_000; at < 6_000_000; at += 500_000) {
        yield content.subarray(at, at + 500_000)
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
      controller.abort()
      await new Promise(() => undefined)
    }
    const torn = fetch(new URL(url, endpoint), {
      method: 'PATCH',
      body: slowly() as never,
      duplex: 'half',
      signal: controller.signal,
      headers: {
        ...headers,
        'tus-resumable': '1.0.0',
        'upload-offset': String((await kept(url)).length),
        'content-type': 'application/offset+octet-stream',
      },
    } as RequestInit)
    await expect(torn).rejects.toThrow()
    await expect.poll(async () => (await kept(url)).length).toBeGreaterThan(5_000_000)
    await upload(content, headers, { uploadUrl: url })
    expect((await kept(url)).equals(content)).toBe(true)
  })
})
