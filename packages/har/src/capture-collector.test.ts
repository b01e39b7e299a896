import { expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { bytesSource } from './byte-source.ts'
import { CaptureCollector, MAX_READ_ENTRIES, readCapture, readCaptureOf } from './capture.ts'
import { sanitiseHarBytes } from './sanitise.ts'

const entry = (n: number, letters: number) => ({
  startedDateTime: '2026-11-24T08:00:00.000Z',
  time: 10,
  request: { method: 'GET', url: `https://app.northlight.example/${n}`, headers: [], cookies: [] },
  response: {
    status: 200 + (n % 3),
    headers: [],
    content: {
      size: letters,
      mimeType: 'application/json',
      text: JSON.stringify({ note: 'word '.repeat(letters / 5) }),
    },
  },
  timings: {},
})

const har = (entries: number, letters: number, indent: number): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify(
      {
        log: {
          version: '1.2',
          creator: { name: 'tool', version: '3' },
          pages: [{ id: 'page_1', title: 'Ναυτίλος', startedDateTime: '2026-11-24T08:00:00.000Z', pageTimings: {} }],
          entries: Array.from({ length: entries }, (_none, n) => entry(n, letters)),
        },
      },
      null,
      indent,
    ),
  )

test.each([
  ['no entry at all', 0, 10],
  ['one entry', 1, 10],
  ['many small ones', 3000, 50],
  ['more than one piece of it', 12, 400_000],
])(
  'a capture with %s is read in pieces as it is read whole, and each entry is found at its place',
  async (_, n, letters) => {
    for (const bytes of [har(n, letters, 0), har(n, letters, 2), (await sanitiseHarBytes(har(n, letters, 1))).bytes]) {
      const whole = readCapture(bytes)
      expect(await readCaptureOf(bytesSource(bytes))).toEqual(whole)
      expect(whole.entries).toHaveLength(n)
      const last = whole.entries.at(-1)
      if (last) {
        const text = new TextDecoder().decode(bytes.slice(last.span?.start, last.span?.end))
        expect(JSON.parse(text)).toMatchObject({ request: { url: last.url } })
      }
    }
  },
)

test('pieces of any length give the same', () => {
  const bytes = har(3, 20, 0)
  const whole = readCapture(bytes)
  for (const length of [1, 7, 64, 333]) {
    const collector = new CaptureCollector()
    for (let at = 0; at < bytes.length; at += length) collector.push(bytes.subarray(at, at + length))
    expect(collector.end()).toEqual(whole)
  }
})

test('what is no capture is refused at its end', () => {
  const collector = new CaptureCollector()
  collector.push(new TextEncoder().encode('{"a": 1}'))
  expect(() => collector.end()).toThrow(expect.objectContaining({ code: 'har.not_har' }))
})

test('reading stops when it is cancelled', async () => {
  await expect(readCaptureOf(bytesSource(har(2, 10, 0)), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'har.cancelled',
  })
})

test('of a file of very many tiny entries so many are read as one can look at, and it says so', () => {
  const collector = new CaptureCollector()
  const one = JSON.stringify({ request: { url: 'https://app.northlight.example/' }, response: { status: 200 } })
  const encoder = new TextEncoder()
  collector.push(encoder.encode('{"log":{"version":"1.2","creator":{"name":"t"},"entries":['))
  // Twenty pieces of ten thousand.
  const piece = encoder.encode(Array.from({ length: 10_000 }, () => one).join() + ',')
  for (let n = 0; n < 20; n += 1) collector.push(piece)
  collector.push(encoder.encode(`${one}]}}`))
  const capture = collector.end()
  expect([capture.entries.length, capture.entriesLeftOut]).toEqual([MAX_READ_ENTRIES, 200_001 - MAX_READ_ENTRIES])
  const { findings } = analyse(capture)
  expect(findings.map(({ params }) => params['step'])).toContain('too_many_entries')
  expect(findings.find(({ params }) => params['step'] === 'too_many_entries')?.message.customer.en).toContain('50,000')
})
