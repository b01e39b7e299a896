import type { Translate } from './i18n.tsx'

/** 3.1 MB; a megabyte is a million bytes, as in our limits. */
export function byteSize(t: Translate, bytes: number): string {
  const inUnit = (value: number, unit: 'byte' | 'kilobyte' | 'megabyte') =>
    t.format.number(value, {
      style: 'unit',
      unit,
      // The short name of this one has no plural: “13 byte”.
      unitDisplay: unit === 'byte' ? 'long' : 'short',
      maximumFractionDigits: value < 10 && unit !== 'byte' ? 1 : 0,
    })
  if (bytes < 1000) return inUnit(bytes, 'byte')
  return bytes < 1_000_000 ? inUnit(bytes / 1000, 'kilobyte') : inUnit(bytes / 1_000_000, 'megabyte')
}

/** 920 ms, 2.6 s: the symbols of the SI, which are the same in every language. */
export function duration(t: Translate, ms: number): string {
  if (ms > 0 && ms < 1000) return t('workspace.unit_ms', { value: t.format.number(Math.round(ms)) })
  const seconds = ms / 1000
  const value = t.format.number(seconds, { maximumFractionDigits: seconds < 100 ? 1 : 0 })
  return t('workspace.unit_s', { value })
}
