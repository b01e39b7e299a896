import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type S3, startS3 } from '../../testkit/s3.ts'
import { ConfigError } from '../config.ts'
import { keptSecret } from '../kept-secret.ts'
import { openStorage, type Storage } from '../storage.ts'
import { fileKeyOf, fileKeys } from './file-keys.ts'
import { notedStorageKey } from './key.ts'
import { sealedStorage } from './sealed.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-sealed-'))
const keyText = (fill: number): string => Buffer.alloc(32, fill).toString('base64url')
const [first, second] = [fileKeyOf(keyText(1)), fileKeyOf(keyText(2))]
const raw = openStorage(`file://${folder}/files`, folder)
const storage = sealedStorage(raw, [first])
const fileOf = (key: string): string => path.join(folder, 'files', key)
const secret = 'Bearer tok-a91b2c3d4e5f60718293'
let s3: S3

beforeAll(async () => {
  s3 = await startS3()
})
afterAll(async () => {
  await s3.close()
  rmSync(folder, { recursive: true, force: true })
})

const put = (store: Storage, key: string, bytes: Uint8Array) =>
  store.put(notedStorageKey(key), Readable.from([bytes]), bytes.length)
const get = async (store: Storage, key: string, range?: { start: number; end: number }) =>
  buffer(await store.get(key, range))

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 300_001])('%i bytes come back as they were', async (length) => {
  const bytes = randomBytes(length)
  await put(storage, 'ab/s-length', bytes)
  expect((await get(storage, 'ab/s-length')).equals(bytes)).toBe(true)
})

test('nothing of a file can be read where it lies', async () => {
  await put(storage, 'ab/s-secret', Buffer.from(secret.repeat(5000)))
  expect(readFileSync(fileOf('ab/s-secret')).includes(secret)).toBe(false)
})

test('the same file twice has nothing in common', async () => {
  for (const key of ['ab/s-one', 'ab/s-two']) await put(storage, key, Buffer.from(secret))
  const [one, two] = [readFileSync(fileOf('ab/s-one')), readFileSync(fileOf('ab/s-two'))]
  expect(one.subarray(17).equals(two.subarray(17))).toBe(false)
})

const stores: { name: string; open(): Storage }[] = [
  { name: 'the disk', open: () => storage },
  { name: 'an S3 server', open: () => sealedStorage(openStorage(s3.url, folder), [first]) },
]
describe.each(stores)('on $name', ({ open }) => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251))

  test.each([
    [0, 10],
    [65_530, 65_540],
    [65_536, 131_072],
    [131_072, 200_000],
    [199_999, 200_000],
    [0, 200_000],
    [10, 10],
  ])('from %i to %i is what stands there', async (start, end) => {
    await put(open(), 'cd/s-range', bytes)
    expect((await get(open(), 'cd/s-range', { start, end })).equals(bytes.subarray(start, end))).toBe(true)
  })

  test('a large file goes in parts and comes back whole', async () => {
    const large = randomBytes(19_000_000)
    await open().put(
      notedStorageKey('cd/s-large'),
      Readable.from([large.subarray(0, 7), large.subarray(7)]),
      large.length,
    )
    expect((await get(open(), 'cd/s-large')).equals(large)).toBe(true)
    const listed: string[] = []
    for await (const { key } of open().list()) listed.push(key)
    expect(listed).toContain('cd/s-large')
    await open().remove('cd/s-large')
  })

  test('a large file that is cut off leaves nothing', async () => {
    async function* cut() {
      yield randomBytes(9_000_000)
      throw new Error('the connection was cut')
    }
    await expect(open().put(notedStorageKey('cd/s-torn'), Readable.from(cut()), 19_000_000)).rejects.toThrow('cut')
    await expect(open().get('cd/s-torn')).rejects.toThrow()
  })
})

describe('what was altered is an error and never other bytes', () => {
  const bytes = Buffer.from(secret.repeat(6000))
  const spoil = async (key: string, change: (stored: Buffer) => Buffer) => {
    await put(storage, key, bytes)
    writeFileSync(fileOf(key), change(readFileSync(fileOf(key))))
    return get(storage, key)
  }
  const flip = (at: number) => (stored: Buffer) => {
    stored.writeUInt8(stored.readUInt8(at) ^ 1, at)
    return stored
  }

  test.each([20, 40, 70, 77, 65_700, 150_000])('a flipped bit at %i', async (at) => {
    await expect(spoil('ef/s-flip', flip(at))).rejects.toThrow(/altered|damaged/)
  })

  test('a file cut off in a chunk, between chunks, and in its header', async () => {
    for (const length of [100_000, 77 + 65_552, 60, 0]) {
      await put(storage, 'ef/s-cut', bytes)
      truncateSync(fileOf('ef/s-cut'), length)
      await expect(get(storage, 'ef/s-cut'), String(length)).rejects.toThrow()
    }
  })

  test('chunks that changed places', async () => {
    const swapped = (stored: Buffer) => {
      const [a, b] = [stored.subarray(77, 77 + 65_552), stored.subarray(77 + 65_552, 77 + 2 * 65_552)]
      return Buffer.concat([stored.subarray(0, 77), b, a, stored.subarray(77 + 2 * 65_552)])
    }
    await expect(spoil('ef/s-swap', swapped)).rejects.toThrow('altered')
  })

  test('a file put in the place of another', async () => {
    await put(storage, 'ef/s-mine', bytes)
    await put(storage, 'ef/s-theirs', Buffer.from('other'))
    writeFileSync(fileOf('ef/s-mine'), readFileSync(fileOf('ef/s-theirs')))
    await expect(get(storage, 'ef/s-mine')).rejects.toThrow('altered')
  })

  test('a plain file under the name of a sealed one', async () => {
    await expect(spoil('ef/s-plain', () => Buffer.from('{"log":{}}'))).rejects.toThrow('not sealed')
  })
})

test('whoever leaves off reading, or never begins, leaves no file open', async () => {
  await put(storage, 'mn/s-left', randomBytes(2_000_000))
  const sources: Readable[] = []
  const watched = sealedStorage(
    {
      ...raw,
      get: async (key, range) => {
        const source = await raw.get(key, range)
        sources.push(source)
        return source
      },
    },
    [first],
  )
  for (const range of [undefined, { start: 10, end: 1_500_000 }]) {
    ;(await watched.get('mn/s-left', range)).destroy()
    const begun = await watched.get('mn/s-left', range)
    await once(begun, 'data')
    begun.destroy()
  }
  await watched.isOurs('mn/s-left')
  writeFileSync(fileOf('mn/s-left'), randomBytes(2_000_000))
  await expect(watched.get('mn/s-left')).rejects.toThrow('not sealed')
  await expect.poll(() => sources.filter(({ closed }) => !closed)).toEqual([])
  expect(sources.length).toBeGreaterThan(6)
})

test('a file from before, which nobody sealed, is still read, whole and in part', async () => {
  await put(raw, 'gh/0190', Buffer.from('as it was'))
  await put(raw, 'gh/0191', randomBytes(100_000))
  expect((await get(storage, 'gh/0190')).toString()).toBe('as it was')
  expect((await get(storage, 'gh/0190', { start: 3, end: 5 })).toString()).toBe('it')
  expect(await get(storage, 'gh/0191')).toHaveLength(100_000)
})

test('after a change of the key the old files open with the old one, and not without it', async () => {
  await put(storage, 'ij/s-old', Buffer.from(secret))
  const rotated = sealedStorage(raw, [second, first])
  expect((await get(rotated, 'ij/s-old')).toString()).toBe(secret)
  await put(rotated, 'ij/s-new', Buffer.from('new'))
  await expect(get(storage, 'ij/s-new')).rejects.toThrow('another key')
  await expect(get(sealedStorage(raw, [second]), 'ij/s-old')).rejects.toThrow('another key')
})

test('what another installation put beside ours is told apart', async () => {
  await put(storage, 'kl/s-ours', Buffer.from('ours'))
  await put(sealedStorage(raw, [second]), 'kl/s-theirs', Buffer.from('theirs'))
  const found = ['kl/s-ours', 'kl/s-theirs', 'kl/s-nothing', 'gh/0190'].map((key) => storage.isOurs(key))
  expect(await Promise.all(found)).toEqual([true, false, false, false])
})

test('without a setting the key is made once and kept; with one, the kept key still opens', () => {
  const made = fileKeys(undefined, folder)
  expect(fileKeys(undefined, folder)).toEqual(made)
  const set = fileKeys(`${keyText(2)}, ${keyText(1)}`, folder)
  expect(set.map(({ id }) => id)).toEqual([second.id, first.id, made[0].id])
  expect(fileKeyOf(keptSecret(folder, 'files_key'))).toEqual(made[0])
})

test.each(['short', Buffer.alloc(31).toString('base64'), '', `${keyText(1)},nothing`])(
  'the key %j is refused with a sentence',
  (setting) => {
    expect(() => fileKeys(setting, folder)).toThrow(ConfigError)
  },
)
