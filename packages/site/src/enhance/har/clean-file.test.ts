import { gzipSync } from 'node:zlib'
import { HarError, readEntryDetails } from '@clew/har'
import { GunzipError } from '@clew/har/gunzip'
import { expect, test } from 'vitest'
import { type Cleaning, cleanFile, failureOf } from './clean-file.ts'
import type { CleaningProgress } from './messages.ts'

const secret = 'sess_7f3c9a51e0b24d6e8c17ab92d5f0e364'
const choice: Cleaning = { policy: 'standard', keepBodiesOf: [], rules: [] }
const silent = { onProgress: () => {}, onChecked: () => {} }

const entry = (n: number, letters: number) => ({
  startedDateTime: '2026-11-24T08:00:00.000Z',
  time: 10,
  request: {
    method: 'GET',
    url: `https://app.northlight.example/things/${n}`,
    headers: [{ name: 'cookie', value: `sid=${secret}` }],
    cookies: [],
  },
  response: {
    status: n % 5 === 4 ? 503 : 200,
    headers: [{ name: 'x-request-id', value: `req_${n}` }],
    content: {
      size: letters,
      mimeType: 'application/json',
      text: JSON.stringify({ error: 'word '.repeat(letters / 5) }),
    },
  },
  cache: {},
  timings: { send: 1, wait: 8, receive: 1 },
})
const harOf = (entries: number, letters: number) =>
  new Blob([
    JSON.stringify({
      log: {
        version: '1.2',
        creator: { name: 'tool', version: '3' },
        entries: Array.from({ length: entries }, (_, n) => entry(n, letters)),
      },
    }),
  ])

test.each([
  ['no entry at all', 0, 10],
  ['one entry', 1, 10],
  ['many small ones', 3000, 50],
  ['more than one piece of it', 40, 400_000],
])('each exchange of a clean copy of %s is found again in the file', async (_, count, letters) => {
  const { clean, spans } = await cleanFile(
    harOf(count, letters),
    { ...choice, keepBodiesOf: ['*.northlight.example'] },
    silent,
  )
  expect(spans).toHaveLength(count)
  for (const at of [0, Math.floor(count / 2), count - 1].filter((index) => index >= 0 && index < count)) {
    const span = spans[at]
    const details = readEntryDetails(await clean.slice(span?.start, span?.end).text())
    expect(details?.response.headers).toEqual([{ name: 'x-request-id', value: `req_${at}` }])
  }
})

test('what is shown is made of the clean copy: neither sample nor rows nor findings hold the secret', async () => {
  const result = await cleanFile(harOf(10, 50), choice, silent)
  const { clean, ...shown } = result
  expect(JSON.stringify(shown)).not.toContain(secret)
  expect(await clean.text()).not.toContain(secret)
  expect(result.sample?.headers[0]).toMatchObject({ name: 'cookie', value: expect.stringMatching(/^sid=\[cookie:/) })
  expect(result.failing).toBe(2)
  expect(result.findings.length).toBeGreaterThan(0)
})

test('progress never goes back, names each stage and ends near the whole', async () => {
  const told: CleaningProgress[] = []
  await cleanFile(harOf(2000, 500), choice, { ...silent, onProgress: (progress) => told.push(progress) })
  const shares = told.map(({ share }) => share)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(new Set(told.map(({ stage }) => stage))).toEqual(new Set(['check', 'learn', 'clean', 'read']))
  expect(shares.at(-1)).toBe(1)
})

const packed = async (file: Blob) => new Blob([new Uint8Array(gzipSync(new Uint8Array(await file.arrayBuffer())))])

test('a packed file is cleaned as what it holds', async () => {
  const { clean, report, spans } = await cleanFile(await packed(harOf(10, 50)), choice, silent)
  expect([report.entries, spans.length]).toEqual([10, 10])
  expect(await clean.text()).not.toContain(secret)
})

test('of a packed file progress tells the unpacking first, in packed bytes, and never goes back', async () => {
  const told: CleaningProgress[] = []
  const plain = harOf(2000, 500)
  const file = await packed(plain)
  await cleanFile(file, choice, { ...silent, onProgress: (progress) => told.push(progress) })
  const shares = told.map(({ share }) => share)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['unpack', 'check', 'learn', 'clean', 'read'])
  expect(told[0]).toMatchObject({ stage: 'unpack', bytesTotal: file.size })
  expect(told[0]?.share).toBeGreaterThan(0)
  expect(told.at(-1)).toMatchObject({ share: 1, bytesTotal: plain.size })
})

test('a packed file that ends too early is not taken for a whole one', async () => {
  const file = await packed(harOf(50, 50))
  await expect(cleanFile(file.slice(0, -9), choice, silent)).rejects.toMatchObject({ code: 'gzip.damaged' })
  const zip = new Blob([new Uint8Array([0x50, 0x4b, 3, 4, 20, 0])])
  await expect(cleanFile(zip, choice, silent)).rejects.toMatchObject({ code: 'zip.not_unpacked' })
})

test('a file that ends too early gives what was whole, and says so', async () => {
  const whole = harOf(5, 50)
  const { report } = await cleanFile(whole.slice(0, whole.size - 300), choice, silent)
  expect(report.entries).toBe(4)
  expect(report.warnings.map(({ code }) => code)).toContain('file.truncated')
})

test.each([
  [new HarError('har.not_json'), 'har.not_json'],
  [new GunzipError('gzip.too_large'), 'gzip.too_large'],
  [new RangeError('Array buffer allocation failed'), 'memory'],
  [new DOMException('gone', 'NotReadableError'), 'unreadable'],
  [new TypeError('a mistake of ours'), 'failed'],
])('%s is told as what it means', (error, code) => {
  expect(failureOf(error, undefined).code).toBe(code)
})
