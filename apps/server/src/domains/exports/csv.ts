import { stringify } from 'csv-stringify/sync'
import { type FileName, shapes } from './shapes.ts'

/** What a spreadsheet would take for a formula gets an apostrophe before it. The mark at the front says UTF-8. */
const style = { record_delimiter: 'windows', escape_formulas: true } as const

const columnsOf = (file: FileName): string[] => ['export_id', ...Object.keys(shapes[file])]

export const csvHead = (file: FileName): string => stringify([columnsOf(file)], { ...style, bom: true })

export const csvRows = (file: FileName, rows: readonly Record<string, unknown>[]): string =>
  rows.length === 0
    ? ''
    : stringify(
        rows.map((row) => columnsOf(file).map((name) => cellOf(row[name]))),
        style,
      )

function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'string') return value
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join('; ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
