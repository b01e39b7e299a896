import type { Words } from '../words.ts'

const decimals = (value: number): number => (value < 10 ? 1 : 0)

/** Decimal units, as browsers show them. */
export function bytesText({ format }: Words, bytes: number): string {
  for (const [size, unit] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const) {
    if (bytes >= size)
      return `${format.number(bytes / size, { maximumFractionDigits: decimals(bytes / size) })} ${unit}`
  }
  return `${format.number(Math.max(0, bytes))} B`
}

export function durationText({ format }: Words, ms: number): string {
  if (ms >= 60_000) return `${format.number(ms / 60_000, { maximumFractionDigits: 1 })} min`
  if (ms >= 1_000) return `${format.number(ms / 1_000, { maximumFractionDigits: 2 })} s`
  return `${format.number(Math.round(Math.max(0, ms)))} ms`
}
