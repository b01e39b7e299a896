import type { T } from '@clew/i18n'

/** "11.2 MB", in the reader's way of writing numbers. Decimal units, as file managers show them. */
export function writeSize(bytes: number, t: T<'site-live'>): string {
  const [value, unit] =
    bytes >= 1_000_000 ? [bytes / 1_000_000, 'MB'] : bytes >= 1000 ? [bytes / 1000, 'kB'] : [bytes, 'B']
  return `${t.format.number(value, { maximumFractionDigits: unit === 'MB' ? 1 : 0 })}\u00a0${unit}`
}
