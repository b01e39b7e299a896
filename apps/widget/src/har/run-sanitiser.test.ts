import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import type { SanitiseProgress } from './protocol.ts'
import { runSanitiser } from './run-sanitiser.ts'

const secret = 'sess_7f3c9a51e0b24d6e8c17ab92d5f0e364'
const entry = (n: number) => ({
  startedDateTime: '2026-11-24T08:00:00.000Z',
  time: 10,
  request: {
    method: 'GET',
    url: `https://app.northlight.example/things/${n}`,
    headers: [{ name: 'cookie', value: `sid=${secret}` }],
  },
  response: { status: 200, headers: [], content: { size: 0, mimeType: 'text/plain', text: '' } },
})
const har = JSON.stringify({
  log: {
    version: '1.2',
    comment: 'many pieces '.repeat(200_000),
    creator: { name: 'tool', version: '3' },
    entries: Array.from({ length: 2000 }, (_, n) => entry(n)),
  },
})
const packed = new Uint8Array(gzipSync(har, { level: 0 }))

async function run(content: string | Uint8Array<ArrayBuffer>) {
  const told: SanitiseProgress[] = []
  const signal = new AbortController().signal
  const onProgress = (progress: SanitiseProgress) => told.push(progress)
  const { safe, report } = await runSanitiser(new Blob([content]), { policy: undefined, onProgress, signal })
  return { safe: await safe.text(), report, told }
}

test('a packed recording makes the same safe copy as a plain one', async () => {
  const plain = await run(har)
  const unpacked = await run(packed)
  // Each safe copy has marks of its own.
  const unmarked = (safe: string) => safe.replaceAll(/\[cookie:\w+/g, '')
  expect(unmarked(unpacked.safe) === unmarked(plain.safe)).toBe(true)
  expect(unpacked.safe).not.toContain(secret)
  expect(unpacked.report.removedTotal).toBe(plain.report.removedTotal)
})

test('while it is unpacked its share grows to the whole, then the reading begins', async () => {
  const { told } = await run(packed)
  const first = told.findIndex(({ stage }) => stage !== 'unpacking')
  const shares = told.slice(0, first).map(({ share }) => share)
  expect(shares.at(-1)).toBe(1)
  expect(new Set(shares).size).toBe(shares.length)
  expect(told.slice(first).some(({ stage }) => stage === 'unpacking')).toBe(false)
  expect(told[first]?.stage).toBe('reading')
})

test.each([
  ['a gzip that is cut off', packed.subarray(0, -20), 'gzip.damaged'],
  ['a zip', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'zip.not_unpacked'],
  ['a gzip of something else', new Uint8Array(gzipSync('notes')), 'har.not_json'],
])('%s is told as what it is', async (_, content, code) => {
  await expect(run(new Uint8Array(content))).rejects.toMatchObject({ code })
})

test('a browser that cannot unpack says so', async () => {
  vi.stubGlobal('DecompressionStream', undefined)
  await expect(run(packed)).rejects.toMatchObject({ code: 'gzip.unsupported' })
  vi.unstubAllGlobals()
})
