import { describe, expect, test } from 'vitest'
import { noFilter, selectEntries } from './filter.ts'
import { commandForKey, nextFailingRow } from './keyboard.ts'
import { createWaterfall } from './model.ts'
import { flatRows, foldHealthy } from './rows.ts'
import { testEntries } from './test-entries.ts'
import { rangeAfter } from './view.ts'

const press = (key: string, change: object = {}) => ({
  key,
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...change,
})
const place = { row: 10, count: 100, page: 20 }

describe('a key', () => {
  test.each([
    ['ArrowDown', 11],
    ['ArrowUp', 9],
    ['PageDown', 30],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
  ])('%s moves to row %i', (key, to) => expect(commandForKey(press(key), place)).toEqual({ type: 'move', to }))

  test.each([
    ['Enter', { type: 'open' }],
    ['Escape', { type: 'close' }],
    ['/', { type: 'find' }],
    ['n', { type: 'failing', step: 1 }],
    ['p', { type: 'failing', step: -1 }],
    ['0', { type: 'whole' }],
  ])('%s does its own', (key, command) => expect(commandForKey(press(key), place)).toEqual(command))

  test('stays within the rows, and means nothing among none', () => {
    expect(commandForKey(press('ArrowDown'), { ...place, row: 99 })).toEqual({ type: 'move', to: 99 })
    expect(commandForKey(press('ArrowUp'), { ...place, row: -1 })).toEqual({ type: 'move', to: 99 })
    expect(commandForKey(press('ArrowDown'), { ...place, row: -1 })).toEqual({ type: 'move', to: 0 })
    expect(commandForKey(press('End'), { ...place, count: 0 })).toBeUndefined()
  })

  test('belongs to the browser with Ctrl, Alt or Meta, and others mean nothing', () => {
    expect(commandForKey(press('n', { ctrlKey: true }), place)).toBeUndefined()
    expect(commandForKey(press('ArrowLeft', { altKey: true }), place)).toBeUndefined()
    expect(commandForKey(press('constructor'), place)).toBeUndefined()
    expect(commandForKey(press('q'), place)).toBeUndefined()
  })

  test('is read by its place on a Greek layout', () => {
    expect(commandForKey(press('ν', { code: 'KeyN' }), place)).toEqual({ type: 'failing', step: 1 })
  })
})

describe('the next failing request', () => {
  const waterfall = createWaterfall(testEntries(40, { 5: { status: 500 }, 30: { status: 404 } }))
  const rows = flatRows(selectEntries(waterfall, noFilter))
  const from = (row: number, step: 1 | -1) => nextFailingRow(waterfall, rows, { row, step })

  test('is the next one in that direction, from the other end after the last', () => {
    expect([from(-1, 1), from(5, 1), from(30, 1), from(30, -1), from(5, -1), from(-1, -1)]).toEqual([
      5, 30, 5, 5, 30, 30,
    ])
  })
  test('is found over folds', () => {
    const folded = foldHealthy(waterfall, selectEntries(waterfall, noFilter), new Set())
    expect(nextFailingRow(waterfall, folded, { row: 0, step: 1 })).toBe(5)
  })
  test('is none when all is well, and none among nothing', () => {
    const healthy = createWaterfall(testEntries(3))
    expect(nextFailingRow(healthy, flatRows(new Int32Array([0, 1, 2])), { row: 0, step: 1 })).toBe(-1)
    expect(nextFailingRow(healthy, flatRows(new Int32Array(0)), { row: -1, step: -1 })).toBe(-1)
  })
})

describe('zooming by key', () => {
  const where = { spanMs: 1000, atMs: 500 }
  test('comes closer to the cursor, moves along, and goes back to the whole', () => {
    expect(rangeAfter({ type: 'zoom', factor: 0.5 }, { fromMs: 0, toMs: 1000 }, where)).toEqual({
      fromMs: 250,
      toMs: 750,
    })
    expect(rangeAfter({ type: 'pan', share: 0.25 }, { fromMs: 250, toMs: 750 }, where)).toEqual({
      fromMs: 375,
      toMs: 875,
    })
    expect(rangeAfter({ type: 'whole' }, { fromMs: 250, toMs: 750 }, where)).toEqual({ fromMs: 0, toMs: 1000 })
    expect(rangeAfter({ type: 'open' }, { fromMs: 250, toMs: 750 }, where)).toBeUndefined()
  })
})
