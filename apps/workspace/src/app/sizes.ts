import type { Translate } from './i18n.tsx'

/** 3.1 MB; a megabyte is a million bytes, as in our limits. */
export function byteSize(t: Translate, bytes: number): string {
  const inUnit = (value: number, unit: 'byte' | 'kilobyte' | 'megabyte') =>
    t.format.number(value, { style: 'unit', unit, maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0 })
  if (bytes < 1000) return inUnit(bytes, 'byte')
  return bytes < 1_000_000 ? inUnit(bytes / 1000, 'kilobyte') : inUnit(bytes / 1_000_000, 'megabyte')
}

/** 920 ms, 2.6 s. */
export function duration(t: Translate, ms: number): string {
  if (ms < 1000) return t.format.number(Math.round(ms), { style: 'unit', unit: 'millisecond' })
  const seconds = ms / 1000
  return t.format.number(seconds, { style: 'unit', unit: 'second', maximumFractionDigits: seconds < 10 ? 1 : 0 })
}
