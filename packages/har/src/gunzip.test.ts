import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { gunzip, isGzipped } from './gunzip.ts'

const har = JSON.stringify({ log: { entries: Array.from({ length: 20_000 }, (_, n) => ({ n, url: '/things' })) } })
const packedFile = (content: string | Buffer, level = 6) => new Blob([new Uint8Array(gzipSync(content, { level }))])

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['nothing', ''],
  ['a letter', 'a'],
  ['a recording', har],
  ['what packs badly, over many slices', randomBytes(5 << 20)],
])('%s is the same once it was packed and unpacked', async (_, content) => {
  const file = packedFile(content)
  expect(await isGzipped(file)).toBe(true)
  const unpacked = await gunzip(file)
  expect(Buffer.from(await unpacked.arrayBuffer()).equals(Buffer.from(content))).toBe(true)
})

test.each([
  ['a recording', new Blob([har])],
  ['a zip', new Blob([Uint8Array.from([0x50, 0x4b, 3, 4])])],
  ['one byte', new Blob([Uint8Array.from([0x1f])])],
  ['nothing', new Blob([])],
])('%s is no gzip', async (_, file) => {
  expect(await isGzipped(file)).toBe(false)
})

test('progress is told in packed bytes, and ends with all of them', async () => {
  const told: number[] = []
  const file = packedFile(randomBytes(3 << 20))
  await gunzip(file, { onProgress: (bytes) => told.push(bytes) })
  expect(told.length).toBeGreaterThan(10)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(file.size)
})

const whole = new Uint8Array(gzipSync(har))
test.each([
  ['is cut off', whole.subarray(0, -2000)],
  ['lacks its last byte', whole.subarray(0, -1)],
  ['ends behind its sign', whole.subarray(0, 2)],
  ['has another byte in the middle', whole.map((byte, at) => (at === whole.length >> 1 ? byte ^ 255 : byte))],
  ['has another sum at its end', whole.map((byte, at) => (at === whole.length - 6 ? byte ^ 1 : byte))],
])('a gzip that %s is damaged', async (_, bytes) => {
  await expect(gunzip(new Blob([new Uint8Array(bytes)]))).rejects.toMatchObject({ code: 'gzip.damaged' })
})

test('what unpacks to more than is taken is left off there', async () => {
  const bomb = packedFile(Buffer.alloc(200 << 20), 9)
  const told: number[] = []
  await expect(gunzip(bomb, { maxBytes: 30 << 20, onProgress: (bytes) => told.push(bytes) })).rejects.toMatchObject({
    code: 'gzip.too_large',
  })
  expect(told.at(-1)).toBeLessThan(bomb.size / 2)
  expect((await gunzip(packedFile('12345'), { maxBytes: 5 })).size).toBe(5)
  await expect(gunzip(packedFile('12345'), { maxBytes: 4 })).rejects.toMatchObject({ code: 'gzip.too_large' })
})

test('who cancels it is heard at once', async () => {
  const controller = new AbortController()
  const onProgress = () => controller.abort()
  const file = packedFile(randomBytes(3 << 20))
  await expect(gunzip(file, { signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'har.cancelled' })
})

test('a file that can no longer be read is not said to be damaged', async () => {
  const gone = new DOMException('gone', 'NotReadableError')
  const file = packedFile(randomBytes(3 << 20))
  const slice = file.slice.bind(file)
  file.slice = (start = 0, end = 0) => {
    const part = slice(start, end)
    if (start > 0) part.arrayBuffer = async () => Promise.reject(gone)
    return part
  }
  await expect(gunzip(file)).rejects.toBe(gone)
})

test('a browser that cannot unpack says so', async () => {
  vi.stubGlobal('DecompressionStream', undefined)
  await expect(gunzip(packedFile(har))).rejects.toMatchObject({ code: 'gzip.unsupported' })
})
