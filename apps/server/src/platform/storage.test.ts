import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type S3, startS3 } from '../testkit/s3.ts'
import { ConfigError } from './config.ts'
import { notedStorageKey } from './storage/key.ts'
import { openStorage } from './storage.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-storage-'))
let s3: S3

beforeAll(async () => {
  s3 = await startS3()
})
afterAll(async () => {
  await s3.close()
  rmSync(folder, { recursive: true, force: true })
})

const stores = [
  {
    name: 'the disk',
    open: () => openStorage(`file://${folder}/files`, folder),
    root: () => path.join(folder, 'files'),
  },
  { name: 'an S3 server', open: () => openStorage(s3.url, folder), root: () => s3.directory },
]

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))
const pieces = (...parts: Uint8Array[]): Readable => Readable.from(parts)

/** Every file of ours under the folder, whatever the store calls it. */
const filesUnder = (root: string, key: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(key.split('/')[1] ?? ''))

async function* cutOff() {
  yield bytes.subarray(0, 100_000)
  throw new Error('the connection was cut')
}

describe.each(stores)('$name', ({ open, root }) => {
  test('gives back the very bytes, in as many pieces as they came', async () => {
    const storage = open()
    await storage.put(notedStorageKey('ab/whole'), pieces(bytes.subarray(0, 7), bytes.subarray(7)), bytes.length)
    expect((await buffer(await storage.get('ab/whole'))).equals(bytes)).toBe(true)
  })

  test('takes a stream whose size nobody said', async () => {
    const storage = open()
    await storage.put(notedStorageKey('ab/unsized'), pieces(bytes))
    expect((await buffer(await storage.get('ab/unsized'))).length).toBe(bytes.length)
  })

  test('a removed file is gone, and removing it again is no error', async () => {
    const storage = open()
    await storage.put(notedStorageKey('ab/gone'), pieces(bytes), bytes.length)
    await storage.remove('ab/gone')
    await storage.remove('ab/gone')
    await expect(storage.get('ab/gone')).rejects.toThrow()
  })

  test('a file that was never stored cannot be read', async () => {
    await expect(open().get('ab/never')).rejects.toThrow()
  })

  test('an upload that is cut off leaves nothing', async () => {
    const storage = open()
    await storage.put(notedStorageKey('cd/there'), pieces(bytes), bytes.length)
    await expect(storage.put(notedStorageKey('cd/torn'), Readable.from(cutOff()), bytes.length)).rejects.toThrow('cut')
    await expect(storage.get('cd/torn')).rejects.toThrow()
    expect(filesUnder(root(), 'cd/torn')).toEqual([])
    expect(filesUnder(root(), 'cd/there').length).toBeGreaterThan(0)
  })

  test.each([
    ['shorter', bytes.length + 1],
    ['longer', bytes.length - 1],
  ])('an upload that is %s than was said leaves nothing', async (_, said) => {
    const storage = open()
    await expect(storage.put(notedStorageKey('cd/other-size'), pieces(bytes), said)).rejects.toThrow('than was said')
    await expect(storage.get('cd/other-size')).rejects.toThrow()
    expect(filesUnder(root(), 'cd/other-size')).toEqual([])
  })

  test('a torn repeat does not spoil what is stored', async () => {
    const storage = open()
    await storage.put(notedStorageKey('cd/kept'), pieces(bytes), bytes.length)
    await expect(storage.put(notedStorageKey('cd/kept'), Readable.from(cutOff()), bytes.length)).rejects.toThrow()
    expect((await buffer(await storage.get('cd/kept'))).equals(bytes)).toBe(true)
  })

  test.each([
    '../outside',
    'ab/../../outside',
    '/etc/passwd',
    'ab/c\0d',
    'ab\\cd',
    'ab/cd/ef',
    'AB/cd',
    'ab/cd?acl',
    'ab/cd#x',
    '../other/stolen',
    '',
  ])('the key %j is refused', async (key) => {
    const storage = open()
    await expect(storage.put(notedStorageKey(key), pieces(bytes), bytes.length)).rejects.toThrow('shape of its own')
    await expect(storage.get(key)).rejects.toThrow('shape of its own')
    await expect(storage.remove(key)).rejects.toThrow('shape of its own')
  })
})

test.each([
  ['a wrong key', () => s3.url.replace('S3RVER:', 'nobody:'), 403],
  ['a bucket that is not there', () => s3.url.replace('/clew', '/missing'), 404],
])('%s is an error when something is stored', async (_, url, status) => {
  const storage = openStorage(url(), folder)
  await expect(storage.put(notedStorageKey('ef/refused'), pieces(bytes), bytes.length)).rejects.toThrow(
    `answered ${status}`,
  )
})

test('an address without a bucket is refused with an example', () => {
  expect(() => openStorage('s3://key:secret@files.example', folder)).toThrow(ConfigError)
})

test('without an address files are kept in the data folder', async () => {
  await openStorage(undefined, folder).put(notedStorageKey('ab/default'), pieces(bytes), bytes.length)
  expect(filesUnder(path.join(folder, 'files'), 'ab/default')).toEqual(['ab/default'])
})
