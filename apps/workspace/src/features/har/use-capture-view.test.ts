import { createWaterfall, foldHealthy, noFilter, selectEntries } from '@clew/har/waterfall'
import { describe, expect, test } from 'vitest'
import { placeOfRow, rowOfPlace } from './use-capture-view.ts'

const timings = { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 50, receive: 0, total: 50 }
const entries = Array.from({ length: 40 }, (_, index) => ({
  index,
  offsetMs: index * 100,
  method: 'GET',
  host: 'app.northlight.example',
  path: `/v1/items/${index}`,
  status: index === 30 ? 500 : 200,
  mediaType: 'application/json',
  sizeBytes: 100,
  timings,
  requestIds: [],
}))
const waterfall = createWaterfall(entries)
const all = selectEntries(waterfall, noFilter)

describe('the place of the cursor', () => {
  const folded = foldHealthy(waterfall, all, new Set())

  test('is an entry or a fold, and leads back to its row', () => {
    for (let row = 0; row < folded.count; row += 1)
      expect(rowOfPlace(waterfall, folded, placeOfRow(waterfall, folded, row))).toBe(row)
    expect(placeOfRow(waterfall, folded, 0)).toEqual({ fold: 0 })
    expect(placeOfRow(waterfall, folded, 4)).toEqual({ index: 30 })
  })

  test('stays with the entry when rows come and go around it', () => {
    const place = placeOfRow(waterfall, folded, 4)
    expect(rowOfPlace(waterfall, foldHealthy(waterfall, all, new Set([0])), place)).toBe(30)
    const failing = { count: 1, codes: selectEntries(waterfall, { ...noFilter, only: 'failing' }), folds: [] }
    expect(rowOfPlace(waterfall, failing, place)).toBe(0)
  })

  test('is nowhere when its fold was opened, its entry filtered out, or there is none', () => {
    expect(rowOfPlace(waterfall, foldHealthy(waterfall, all, new Set([0])), { fold: 0 })).toBe(-1)
    expect(rowOfPlace(waterfall, { count: 1, codes: new Int32Array([3]), folds: [] }, { index: 30 })).toBe(-1)
    expect(rowOfPlace(waterfall, folded, undefined)).toBe(-1)
    expect(placeOfRow(waterfall, folded, 999)).toBeUndefined()
  })
})
