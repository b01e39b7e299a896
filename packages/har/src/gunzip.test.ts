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

/** Several gzips in one file, as `cat` joins them. */
const joined = (...contents: (string | Buffer)[]) => new Blob(contents.map((each) => new Uint8Array(gzipSync(each))))

test.each([
  ['two', [har, har]],
  ['some that hold nothing', ['', 'a', '', har, '']],
  ['a thousand small ones, as bgzip writes them', Array.from({ length: 1_000 }, (_, n) => `${n}`.repeat(50))],
  ['large ones over the edges of slices', [randomBytes(1_500_000), har, randomBytes(3 << 20)]],
  ['one that ends where a slice does', [edge(), har]],
])('of a file that was packed in several parts all is read: %s', async (_, contents) => {
  const unpacked = await gunzip(joined(...contents))
  const expected = Buffer.concat(contents.map((each) => Buffer.from(each)))
  expect(Buffer.from(await unpacked.arrayBuffer()).equals(expected)).toBe(true)
})

test('what looks like another part in the middle of one is none', async () => {
  // Stored as it is, so that what stands in it stands in the file.
  const looks = (size: number) => [size, 0, 0, 0, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
  const content = Buffer.from([...Buffer.alloc(40_000, 7), ...looks(200), ...Buffer.alloc(90_000, 8), ...looks(250)])
  content.writeUInt32LE(140_000, 130_014)
  const packed = [packedFile(content, 0), packedFile(content, 0)]
  const unpacked = Buffer.from(await (await gunzip(new Blob(packed))).arrayBuffer())
  expect(unpacked.equals(Buffer.concat([content, content]))).toBe(true)
})

test.each([
  ['is cut off', (bytes: Uint8Array) => bytes.subarray(0, -3)],
  ['has another byte', (bytes: Uint8Array) => bytes.map((byte, at) => (at === bytes.length - 40 ? byte ^ 255 : byte))],
  ['is followed by something else', (bytes: Uint8Array) => new Uint8Array([...bytes, 1, 2, 3])],
])('a file of several parts of which the last %s is damaged', async (_, spoil) => {
  const last = spoil(new Uint8Array(gzipSync(har)))
  const file = new Blob([joined('first', har), new Uint8Array(last)])
  await expect(gunzip(file)).rejects.toMatchObject({ code: 'gzip.damaged' })
})

test('several parts together unpack to no more than is taken, and their progress is that of the file', async () => {
  const told: number[] = []
  const file = joined(randomBytes(1 << 20), har, 'end')
  await gunzip(file, { onProgress: (bytes) => told.push(bytes) })
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(file.size)
  await expect(gunzip(joined('12345', '67'), { maxBytes: 6 })).rejects.toMatchObject({ code: 'gzip.too_large' })
})

/** What packs to exactly a slice. */
function edge(): Buffer {
  const content = randomBytes(1 << 20)
  const tooLong = gzipSync(content).length - (1 << 20)
  return content.subarray(tooLong)
}

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
