/** A stretch of the capture, in milliseconds from its start. */
export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

export const shortestRangeMs = 1

/** The range within the capture, never shorter than can be shown. */
export function clampRange({ fromMs, toMs }: TimeRange, spanMs: number): TimeRange {
  const length = Math.min(spanMs, Math.max(shortestRangeMs, toMs - fromMs))
  const from = Math.min(Math.max(0, fromMs), spanMs - length)
  return { fromMs: from, toMs: from + length }
}

/** `factor` below 1 comes closer. The moment at `atMs` stays where it is. */
export function zoomRange(
  range: TimeRange,
  { factor, atMs, spanMs }: { factor: number; atMs: number; spanMs: number },
): TimeRange {
  const zoomed = { fromMs: atMs - (atMs - range.fromMs) * factor, toMs: atMs + (range.toMs - atMs) * factor }
  return clampRange(zoomed, spanMs)
}

export function panRange({ fromMs, toMs }: TimeRange, byMs: number, spanMs: number): TimeRange {
  return clampRange({ fromMs: fromMs + byMs, toMs: toMs + byMs }, spanMs)
}

/** Nothing is selected when the range is the whole capture. */
export const isWhole = ({ fromMs, toMs }: TimeRange, spanMs: number): boolean => fromMs <= 0 && toMs >= spanMs

export const timeToX = (ms: number, { fromMs, toMs }: TimeRange, width: number): number =>
  ((ms - fromMs) / (toMs - fromMs)) * width

export const xToTime = (x: number, { fromMs, toMs }: TimeRange, width: number): number =>
  fromMs + (Math.min(Math.max(x, 0), width) / Math.max(1, width)) * (toMs - fromMs)

/** Round moments within the range, 1, 2 or 5 times a power of ten apart, at most `most` of them. */
export function ticksOf({ fromMs, toMs }: TimeRange, most: number): number[] {
  const stepMs = roundStep((toMs - fromMs) / Math.max(1, most))
  const first = Math.ceil(fromMs / stepMs)
  const last = Math.floor(toMs / stepMs)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * stepMs)
}

function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(atLeast, Number.MIN_VALUE)))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= atLeast * 0.999_999) ?? 10
  return factor * power
}
