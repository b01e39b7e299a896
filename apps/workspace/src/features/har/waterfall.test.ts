import type { CaptureEntry } from '@clew/contract/captures'
import { describe, expect, test } from 'vitest'
import { filterEntries, filtersFor, foldHealthy } from './entry-filter.ts'
import { isFailing, scaleOf, segmentsOf, stripOf } from './waterfall.ts'

const none = { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0, total: 0 }
function entry(index: number, change: Partial<CaptureEntry> = {}): CaptureEntry {
  return {
    index,
    startedAt: '2026-11-24T07:48:12.000Z',
    offsetMs: index * 100,
    method: 'GET',
    host: 'app.northlight.example',
    path: `/v1/items/${index}`,
    status: 200,
    mediaType: 'application/json',
    sizeBytes: 100,
    timings: { ...none, wait: 50, total: 50 },
    requestIds: [],
    ...change,
  }
}

describe('a bar', () => {
  test('shows each phase after the other, and none that did not happen', () => {
    const timings = { blocked: 10, dns: 5, connect: 20, ssl: 15, send: 3, wait: 40, receive: 2, total: 80 }
    expect(segmentsOf(entry(1, { timings }))).toEqual([
      { phase: 'queued', fromMs: 100, toMs: 110 },
      { phase: 'connect', fromMs: 110, toMs: 135 },
      { phase: 'send', fromMs: 135, toMs: 138 },
      { phase: 'wait', fromMs: 138, toMs: 178 },
      { phase: 'receive', fromMs: 178, toMs: 180 },
    ])
  })

  test('is one stretch of waiting when only the total was measured', () => {
    expect(segmentsOf(entry(0, { timings: { ...none, total: 30 } }))).toEqual([{ phase: 'wait', fromMs: 0, toMs: 30 }])
  })

  test('treats nonsense lengths as nothing', () => {
    expect(segmentsOf(entry(0, { timings: { ...none, wait: Number.NaN, send: -7 } }))).toEqual([])
  })
})

describe('the scale', () => {
  test('has ticks at round seconds', () => {
    const entries = [entry(0, { timings: { ...none, total: 38_000 } })]
    expect(scaleOf(entries, 250).ticksMs).toEqual([0, 10_000, 20_000, 30_000])
  })

  test('keeps what lies outside inside', () => {
    const scale = scaleOf([entry(0, { timings: { ...none, total: 1000 } })], 100)
    expect([scale.x(-5), scale.x(500), scale.x(5000)]).toEqual([0, 50, 100])
  })

  test('of an empty capture divides by nothing', () => {
    expect(scaleOf([], 100).x(0)).toBe(0)
  })
})

describe('the strip', () => {
  test('keeps the failure among a thousand healthy requests', () => {
    const entries = Array.from({ length: 1000 }, (_, index) => entry(index, index === 470 ? { status: 413 } : {}))
    const strip = stripOf(entries, 9)
    expect(strip).toHaveLength(9)
    expect(strip.some(isFailing)).toBe(true)
    expect(strip.map(({ offsetMs }) => offsetMs)).toEqual(strip.map(({ offsetMs }) => offsetMs).sort((a, b) => a - b))
  })

  test('is everything when there is little', () => expect(stripOf([entry(0), entry(1)], 9)).toHaveLength(2))

  test('leaves room for the healthy when everything else failed', () => {
    const entries = Array.from({ length: 40 }, (_, index) => entry(index, { status: index < 35 ? 500 : 200 }))
    expect(stripOf(entries, 9).filter((one) => !isFailing(one)).length).toBeGreaterThan(0)
  })
})

describe('filtering', () => {
  const entries = [
    entry(0),
    entry(1, { status: 413, method: 'POST', path: '/v1/uploads' }),
    entry(2, { requestIds: ['req_7KQ4'] }),
  ]
  test('a request id finds its entry', () => expect(filterEntries(entries, 'all', '7kq4')).toEqual([entries[2]]))
  test('all words must match', () => {
    expect(filterEntries(entries, 'all', 'post uploads')).toEqual([entries[1]])
    expect(filterEntries(entries, 'all', 'get uploads')).toEqual([])
  })
  test('only filters that would find something are offered', () => {
    expect(filtersFor(entries).map(({ filter }) => filter)).toEqual(['all', 'failed', '2xx', '4xx'])
  })
})

describe('folding', () => {
  const entries = Array.from({ length: 40 }, (_, index) => entry(index, index === 30 ? { status: 500 } : {}))
  test('healthy runs become one line, and the neighbours of a failure stay', () => {
    const rows = foldHealthy(entries, isFailing, new Set())
    expect(rows[0]).toMatchObject({ type: 'fold', key: 0 })
    expect(rows.filter((row) => row.type === 'entry').map((row) => row.entry.index)[0]).toBe(27)
  })
  test('an opened run shows its entries', () => {
    expect(foldHealthy(entries, isFailing, new Set([0])).filter((row) => row.type === 'entry')).toHaveLength(40)
  })
  test('no entry is lost or doubled', () => {
    const rows = foldHealthy(entries, isFailing, new Set())
    expect(rows.flatMap((row) => (row.type === 'entry' ? [row.entry] : [...row.entries]))).toEqual(entries)
  })
  test('a healthy capture is not folded away', () => {
    expect(foldHealthy(entries.slice(0, 20), isFailing, new Set())).toHaveLength(20)
  })
})
