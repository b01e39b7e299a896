import { describe, expect, test } from 'vitest'
import { readCapture } from '../capture.ts'
import { isFailing, phaseLengths, phases } from './entry.ts'
import { entriesOfCapture } from './from-capture.ts'
import { createWaterfall, edgesPerEntry, endAt, kindAt, phasesIn, startAt } from './model.ts'
import { testEntries, testEntry } from './test-entries.ts'

const edgesAt = (waterfall: ReturnType<typeof createWaterfall>, position: number) =>
  Array.from(waterfall.edges.subarray(position * edgesPerEntry, (position + 1) * edgesPerEntry))

describe('the phases of a request', () => {
  test('follow each other, and the handshake is not counted twice', () => {
    const timings = { blocked: 10, dns: 5, connect: 20, ssl: 15, send: 3, wait: 40, receive: 2, total: 80 }
    expect(edgesAt(createWaterfall([testEntry(1, { timings })]), 0)).toEqual([100, 110, 115, 120, 135, 138, 178, 180])
  })

  test('are one stretch of waiting when only the total was measured', () => {
    expect(phaseLengths(testEntry(0, { timings: { total: 30 } }).timings)[phases.indexOf('wait')]).toBe(30)
  })

  test.each([Number.NaN, -7, Number.POSITIVE_INFINITY])('treat a length of %s as nothing', (nonsense) => {
    const waterfall = createWaterfall([testEntry(0, { timings: { wait: nonsense, send: nonsense, total: nonsense } })])
    expect([startAt(waterfall, 0), endAt(waterfall, 0), waterfall.spanMs]).toEqual([0, 0, 1])
  })

  test('keep a handshake longer than its connection from running backwards', () => {
    const waterfall = createWaterfall([testEntry(0, { timings: { connect: 5, ssl: 9 } })])
    const edges = edgesAt(waterfall, 0)
    expect(edges).toEqual(edges.toSorted((a, b) => a - b))
  })
})

describe('a failing request', () => {
  const brokenOf = (status: number, timings: object) =>
    phases[createWaterfall([testEntry(0, { status, timings })]).broken[0] ?? -1]

  test('breaks in the longest of what it said to the server', () => {
    expect(brokenOf(413, { blocked: 900, connect: 30, send: 9700, wait: 100, receive: 2 })).toBe('send')
    expect(brokenOf(504, { blocked: 5, send: 1, wait: 60_000, receive: 1 })).toBe('wait')
  })
  test('breaks in the last thing it did when it never reached the server', () => {
    expect(brokenOf(0, { blocked: 3, dns: 40, connect: 2000 })).toBe('connect')
  })
  test('is not one that never left the browser', () => {
    expect(isFailing(testEntry(0, { status: 0, host: '', path: 'data:image/svg+xml,x' }))).toBe(false)
    expect(isFailing(testEntry(0, { status: 0 }))).toBe(true)
  })
  test('a healthy one breaks nowhere', () => expect(brokenOf(200, { wait: 5 })).toBeUndefined())
})

describe('a waterfall', () => {
  test('is in the order of start, and finds an entry by its index', () => {
    const waterfall = createWaterfall([testEntry(0, { offsetMs: 500 }), testEntry(1, { offsetMs: 20 })])
    expect(waterfall.entries.map(({ index }) => index)).toEqual([1, 0])
    expect([waterfall.positionOf(0), waterfall.positionOf(1), waterfall.positionOf(9)]).toEqual([1, 0, -1])
  })

  test('marks the entries of findings with the worst of them, and ignores entries that are not there', () => {
    const { severities } = createWaterfall(testEntries(4), [
      { severity: 'low', entries: [1, 2, 99] },
      { severity: 'high', entries: [2] },
    ])
    expect([...severities]).toEqual([0, 1, 3, 0])
  })

  test('knows where the worst finding broke off', () => {
    const entries = testEntries(5, { 3: { status: 413, timings: { send: 9700 } } })
    const findings = [{ severity: 'high', entries: [2, 3] } as const]
    expect(createWaterfall(entries, findings).breakMs).toBe(10_000)
    expect(createWaterfall(testEntries(5), findings).breakMs).toBeUndefined()
  })

  test('tells which phases occur in it, and does not take the gap to the next entry for one', () => {
    const entries = [
      testEntry(0, { timings: { dns: 3, wait: 9 } }),
      testEntry(50, { timings: { connect: 20, ssl: 20 } }),
    ]
    expect(phasesIn(createWaterfall(entries))).toEqual(['dns', 'ssl', 'wait'])
  })

  test('of nothing has a length that can be divided by', () => {
    expect(createWaterfall([])).toMatchObject({ count: 0, spanMs: 1, breakMs: undefined })
  })
})

test.each([
  [{ resourceType: 'xhr', mediaType: 'text/html' }, 'data'],
  [{ resourceType: 'Stylesheet' }, 'style'],
  [{ mediaType: 'text/html; charset=utf-8' }, 'document'],
  [{ mediaType: 'image/svg+xml' }, 'image'],
  [{ mediaType: '', path: '/assets/app.3f9c1b.js' }, 'script'],
  [{ mediaType: '', path: '/fonts/inter.woff2' }, 'font'],
  [{ status: 101 }, 'socket'],
  [{ method: 'OPTIONS' }, 'preflight'],
  [{ resourceType: 'constructor', mediaType: '' }, 'other'],
] as const)('%o is %s', (change, kind) => {
  expect(kindAt(createWaterfall([testEntry(0, change)]), 0)).toBe(kind)
})

describe('the rows of a capture', () => {
  const entry = (at: string, pageref: string) => ({
    startedDateTime: at,
    time: 20,
    pageref,
    _resourceType: 'document',
    request: { method: 'GET', url: 'https://app.northlight.example/files' },
    response: { status: 200, content: { size: 9, mimeType: 'text/html' } },
    timings: { send: 1, wait: 18, receive: 1 },
  })
  const page = (id: string, at: string) => ({
    id,
    title: id,
    startedDateTime: at,
    pageTimings: { onContentLoad: 300, onLoad: 900 },
  })

  test('carry pages with the moments of their loading, once, and none without entries', () => {
    const capture = readCapture(
      JSON.stringify({
        log: {
          version: '1.2',
          pages: [
            page('one', '2026-11-24T08:00:00Z'),
            page('two', '2026-11-24T08:00:05Z'),
            page('empty', '2026-11-24T08:00:06Z'),
          ],
          entries: [
            entry('2026-11-24T08:00:00Z', 'one'),
            entry('2026-11-24T08:00:05.1Z', 'two'),
            entry('2026-11-24T08:00:05.2Z', 'two'),
          ],
        },
      }),
    )
    const waterfall = createWaterfall(entriesOfCapture(capture))
    expect(waterfall.pages).toEqual([
      { title: 'one', startMs: 0, contentLoadedMs: 300, loadedMs: 900 },
      { title: 'two', startMs: 5000, contentLoadedMs: 5300, loadedMs: 5900 },
    ])
    expect(waterfall.spanMs).toBe(5900)
  })
})
