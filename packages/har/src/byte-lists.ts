import type { Cleaner } from './cleaner.ts'
import type { JsonObject, JsonValue } from './types.ts'

/** Fewer numbers say too little, and are more often a version or a colour. */
const MIN_BYTES = 9

/** Words in a name that say that its numbers measure something. */
const MEASURES = new Set(
  `values value series points samples scores score ratings histogram hist buckets bins percentiles quantiles timings times durations latencies
  counts sizes lengths widths heights weights ages ids id indices indexes positions levels steps hours days weeks months years pages rows
  columns ports codes statuses numbers percentages totals usage requests errors views clicks visits chart dataset datasets x y z rgb rgba
  color colors trend sparkline`
    .trim()
    .split(/\s+/),
)

export function isMeasureName(name: string): boolean {
  const words = name
    .slice(0, 128)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  return words.some((word) => MEASURES.has(word))
}

/**
 * Bytes written as numbers, as a `Buffer` in JSON is. Numbers in order are none: they count, or mark the edges of a chart.
 */
export function isByteList(list: readonly JsonValue[]): list is number[] {
  if (list.length < MIN_BYTES) return false
  let rises = false
  let falls = false
  let before: JsonValue | undefined
  for (const value of list) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 255) return false
    if (typeof before === 'number') {
      rises ||= value > before
      falls ||= value < before
    }
    before = value
  }
  return rises && falls
}

/** The same as an object whose keys count from 0, which a `Uint8Array` becomes. */
export function bytesOfMap(object: JsonObject): number[] | undefined {
  if (object['0'] === undefined || object['8'] === undefined) return undefined
  const entries = Object.entries(object)
  if (!entries.every(([key], i) => key === String(i))) return undefined
  const list = entries.map(([, value]) => value)
  return isByteList(list) ? list : undefined
}

/** Whether these bytes go; what they say as text is looked through, to be erased elsewhere too. Each becomes 0. */
export function denyBytes(bytes: readonly number[], cleaner: Cleaner): boolean {
  const text = String.fromCharCode(...bytes.slice(0, 8_192))
  if (cleaner.keepsBody && bytes.length <= 8_192 && cleaner.net(text) === text) return false
  cleaner.learnFrom(text)
  cleaner.deny('body', 'bytes', text)
  return true
}
