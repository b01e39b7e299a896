import { describe, expect, test } from 'vitest'
import { noFilter, selectEntries } from './filter.ts'
import { createWaterfall } from './model.ts'
import { byStart, flatRows, foldAt, foldHealthy, positionAt, rowOf, sortPositions } from './rows.ts'
import { testEntries } from './test-entries.ts'

const waterfall = createWaterfall(testEntries(40, { 30: { status: 500, timings: { wait: 2000 }, sizeBytes: 9 } }))
const all = selectEntries(waterfall, noFilter)

describe('folding', () => {
  const rows = foldHealthy(waterfall, all, new Set())

  test('healthy runs become one row, and the neighbours of a failure stay', () => {
    expect(foldAt(rows, 0)).toMatchObject({ key: 0 })
    expect(positionAt(rows, 0)).toBe(-1)
    expect(positionAt(rows, 1)).toBe(27)
    expect(rows.count).toBe(1 + 7 + 6)
  })
  test('an opened run shows its entries', () => expect(foldHealthy(waterfall, all, new Set([0])).count).toBe(40))
  test('no entry is lost or doubled', () => {
    const shown = [...rows.codes].flatMap((code, row) =>
      code >= 0 ? [code] : [...(foldAt(rows, row)?.positions ?? [])],
    )
    expect(shown).toEqual([...all])
  })
  test('a healthy capture is not folded away', () => {
    const healthy = createWaterfall(testEntries(20))
    expect(foldHealthy(healthy, selectEntries(healthy, noFilter), new Set()).count).toBe(20)
  })
  test('an entry is found in its row, or in the fold that hides it, or nowhere', () => {
    expect(rowOf(rows, 30)).toBe(4)
    expect(rowOf(rows, 5)).toBe(0)
    expect(rowOf(flatRows(new Int32Array([3, 4])), 9)).toBe(-1)
    expect(rowOf(rows, -1)).toBe(-1)
  })
  test('rows beyond the ends hold nothing', () => {
    expect([positionAt(rows, -1), positionAt(rows, 999), foldAt(rows, 999)]).toEqual([-1, -1, undefined])
  })
})

describe('sorting', () => {
  test('by duration brings the slowest to the top, and equals stay in the order of start', () => {
    const sorted = sortPositions(waterfall, all, { key: 'duration', descending: true })
    expect(Array.from(sorted.subarray(0, 3))).toEqual([30, 0, 1])
  })
  test('by size and by status', () => {
    expect(sortPositions(waterfall, all, { key: 'size', descending: false })[0]).toBe(30)
    expect(sortPositions(waterfall, all, { key: 'status', descending: true })[0]).toBe(30)
    expect([...sortPositions(waterfall, all, byStart)]).toEqual([...all])
  })
})
