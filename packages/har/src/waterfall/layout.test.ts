import { describe, expect, test } from 'vitest'
import { clipMiddle } from './clip.ts'
import { firstRow, geometryOf, rowsEnd, scrollTopFor } from './geometry.ts'
import { overviewPartAt, rowAtPoint, timeAtPoint } from './hit-test.ts'
import { createWaterfall } from './model.ts'
import { dragOf } from './overview-view.ts'
import { clampRange, isWhole, panRange, ticksOf, timeToX, xToTime, zoomRange } from './scale.ts'
import { testEntry } from './test-entries.ts'

const wide = geometryOf({ width: 1200, height: 480, stacked: false, margin: 88 })

describe('the columns', () => {
  test.each([320, 500, 688, 900, 1280, 2400])('fill %i px one after the other', (width) => {
    const { margin, request, status, kind, size, duration, lane } = geometryOf({
      width,
      height: 400,
      stacked: false,
      margin: 88,
    })
    const shown = [margin, request, status, kind, size, duration, lane].filter((column) => column.width > 0)
    for (const [at, column] of shown.entries()) {
      const before = shown[at - 1]
      if (before) expect(column.x).toBeGreaterThanOrEqual(before.x + before.width)
    }
    expect(lane.x + lane.width).toBeLessThanOrEqual(Math.max(width, lane.x))
  })
  test('the less important go first when it is narrow', () => {
    const narrow = geometryOf({ width: 640, height: 400, stacked: false, margin: 88 })
    expect([wide.kind.width, wide.size.width].every((width) => width > 0)).toBe(true)
    expect([narrow.kind.width, narrow.size.width]).toEqual([0, 0])
  })
  test('a phone has the bar under the words and nothing beyond its edge', () => {
    const phone = geometryOf({ width: 390, height: 600, stacked: true, margin: 56 })
    expect(phone.lane.x).toBe(phone.request.x)
    expect(phone.status.x + phone.status.width).toBeLessThanOrEqual(390)
  })
})

describe('rows in sight', () => {
  test('are those that the scrolling shows, also in part', () => {
    expect([firstRow(50, 24), rowsEnd(50, wide, 10_000), rowsEnd(50, wide, 5)]).toEqual([2, 23, 5])
  })
  test('a row in sight does not scroll; one outside comes just in, or into the middle', () => {
    const to = (row: number, middle: boolean) => scrollTopFor(row, 480, { geometry: wide, middle })
    expect([to(25, false), to(2, false), to(100, false), to(100, true)]).toEqual([480, 48, 1944, 2172])
  })
})

describe('the scale', () => {
  test('has ticks at round times', () => {
    expect(ticksOf({ fromMs: 0, toMs: 38_000 }, 4)).toEqual([0, 10_000, 20_000, 30_000])
    expect(ticksOf({ fromMs: 1234, toMs: 1300 }, 4)).toEqual([1240, 1260, 1280, 1300])
    expect(ticksOf({ fromMs: 0, toMs: 1 }, 0).length).toBeLessThanOrEqual(2)
  })
  test('goes there and back, and stays inside', () => {
    const range = { fromMs: 100, toMs: 300 }
    expect(xToTime(timeToX(250, range, 640), range, 640)).toBe(250)
    expect([xToTime(-5, range, 640), xToTime(9999, range, 640)]).toEqual([100, 300])
  })
  test('comes closer around a moment that stays where it is', () => {
    const zoomed = zoomRange({ fromMs: 0, toMs: 1000 }, { factor: 0.5, atMs: 200, spanMs: 1000 })
    expect(zoomed).toEqual({ fromMs: 100, toMs: 600 })
    expect(timeToX(200, zoomed, 100)).toBe(20)
  })
  test('never leaves the capture nor shrinks to nothing', () => {
    expect(clampRange({ fromMs: -50, toMs: 20 }, 1000)).toEqual({ fromMs: 0, toMs: 70 })
    expect(panRange({ fromMs: 800, toMs: 900 }, 500, 1000)).toEqual({ fromMs: 900, toMs: 1000 })
    expect(clampRange({ fromMs: 5, toMs: 5 }, 1000)).toEqual({ fromMs: 5, toMs: 6 })
    expect(isWhole(zoomRange({ fromMs: 0, toMs: 10 }, { factor: 200, atMs: 3, spanMs: 1000 }), 1000)).toBe(true)
  })
})

describe('what lies under the pointer', () => {
  test('is a row, if there is one', () => {
    const rows = { rowHeight: 24, rowCount: 10 }
    expect(rowAtPoint({ x: 5, y: 30 }, 48, rows)).toBe(3)
    expect(rowAtPoint({ x: 5, y: 300 }, 48, rows)).toBe(-1)
    expect(rowAtPoint({ x: 5, y: -1 }, 48, rows)).toBe(-1)
  })
  test('is a time only over the lane', () => {
    const range = { fromMs: 0, toMs: 1000 }
    expect(timeAtPoint({ x: wide.lane.x + wide.lane.width / 2, y: 0 }, wide, range)).toBeCloseTo(500)
    expect(timeAtPoint({ x: 10, y: 0 }, wide, range)).toBeUndefined()
  })
  test('is an edge of the window, the window, or the time beside it', () => {
    const at = (x: number) => overviewPartAt(x, { fromMs: 200, toMs: 600 }, { spanMs: 1000, width: 1000 })
    expect([198, 603, 400, 900].map(at)).toEqual(['from', 'to', 'window', 'outside'])
    expect(overviewPartAt(2, { fromMs: 0, toMs: 1000 }, { spanMs: 1000, width: 1000 })).toBe('outside')
  })
})

describe('dragging on the overview', () => {
  const drag = (range: { fromMs: number; toMs: number }, from: number, to: number) =>
    dragOf(
      { range, waterfall: createWaterfall([testEntry(0, { offsetMs: 0, timings: { wait: 1000 } })]) },
      { x: from, width: 1000 },
    )(to)
  const whole = { fromMs: 0, toMs: 1000 }
  test('chooses a time, in either direction', () => {
    expect(drag(whole, 300, 700)).toEqual({ fromMs: 300, toMs: 700 })
    expect(drag(whole, 700, 300)).toEqual({ fromMs: 300, toMs: 700 })
  })
  test('a click chooses nothing', () => expect(drag(whole, 300, 302)).toBeUndefined())
  test('moves an edge, never past the other', () => {
    expect(drag({ fromMs: 200, toMs: 600 }, 200, 350)).toEqual({ fromMs: 350, toMs: 600 })
    expect(drag({ fromMs: 200, toMs: 600 }, 200, 900)).toEqual({ fromMs: 599, toMs: 600 })
    expect(drag({ fromMs: 200, toMs: 600 }, 600, 10)).toEqual({ fromMs: 200, toMs: 201 })
  })
  test('moves the window as it is', () => {
    expect(drag({ fromMs: 200, toMs: 600 }, 400, 500)).toEqual({ fromMs: 300, toMs: 700 })
    expect(drag({ fromMs: 200, toMs: 600 }, 400, 5000)).toEqual({ fromMs: 600, toMs: 1000 })
  })
})

describe('shortening', () => {
  const measure = { measureText: (text: string) => ({ width: [...text].length * 10 }) }
  const clip = (text: string, width: number) => clipMiddle(text, width, { letter: 10, measure })
  test('takes from the middle, because addresses differ at their ends', () => {
    expect(clip('/assets/static/js/app.3f9c1b.js', 160)).toBe('/asse….3f9c1b.js')
    expect(clip('/short', 160)).toBe('/short')
  })
  test('never gives more than fits, whatever the room', () => {
    for (let room = 0; room < 400; room += 7) {
      for (const text of ['/ein/recht/langer/pfad/hier', '/σελίδα/με/ελληνικά/μέσα', '/📎📎📎📎📎📎📎📎']) {
        expect(measure.measureText(clip(text, room)).width).toBeLessThanOrEqual(room)
        expect(clip(text, room)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/)
      }
    }
  })
})
