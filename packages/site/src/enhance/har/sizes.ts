import type { Words } from './page.ts'

/** "11.2 MB", in the reader's way of writing numbers. Decimal units, as file managers show them. */
export function writeSize(bytes: number, t: Words): string {
  const [value, unit] =
    bytes >= 1_000_000 ? [bytes / 1_000_000, 'MB'] : bytes >= 1000 ? [bytes / 1000, 'kB'] : [bytes, 'B']
  return `${t.format.number(value, { maximumFractionDigits: unit === 'MB' ? 1 : 0 })}\u00a0${unit}`
}

/** "920 ms", "2.6 s": the symbols of the SI, which are the same in every language. */
export function writeDuration(ms: number, t: Words): string {
  if (ms > 0 && ms < 1000) return `${t.format.number(Math.round(ms))}\u00a0ms`
  const seconds = ms / 1000
  return `${t.format.number(seconds, { maximumFractionDigits: seconds < 100 ? 1 : 0 })}\u00a0s`
}
