import type { Geometry } from './geometry.ts'
import { type TimeRange, timeToX, xToTime } from './scale.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** The row under a point of the view; -1 where there is none. */
export function rowAtPoint(
  { y }: Point,
  scrollTop: number,
  { rowHeight, rowCount }: { rowHeight: number; rowCount: number },
): number {
  const row = Math.floor((y + scrollTop) / rowHeight)
  return y >= 0 && row >= 0 && row < rowCount ? row : -1
}

/** The moment under a point of the lane; undefined beside it. */
export function timeAtPoint({ x }: Point, { lane }: Geometry, range: TimeRange): number | undefined {
  return x >= lane.x && x <= lane.x + lane.width ? xToTime(x - lane.x, range, lane.width) : undefined
}

const reach = 5

export type OverviewPart = 'from' | 'to' | 'window' | 'outside'

/** What of the overview a drag takes hold of: an edge of the window, the window, or the time beside it. */
export function overviewPartAt(
  x: number,
  range: TimeRange,
  { spanMs, width }: { spanMs: number; width: number },
): OverviewPart {
  const whole = { fromMs: 0, toMs: spanMs }
  const from = timeToX(range.fromMs, whole, width)
  const to = timeToX(range.toMs, whole, width)
  if (Math.abs(x - from) <= reach && from > 0) return 'from'
  if (Math.abs(x - to) <= reach && to < width) return 'to'
  return x > from && x < to && (from > 0 || to < width) ? 'window' : 'outside'
}
