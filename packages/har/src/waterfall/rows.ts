import { endAt, isFailingAt, startAt, type Waterfall } from './model.ts'

export const sortKeys = ['start', 'request', 'status', 'kind', 'size', 'duration'] as const
export type SortKey = (typeof sortKeys)[number]
export interface Sorting {
  readonly key: SortKey
  readonly descending: boolean
}
export const byStart: Sorting = { key: 'start', descending: false }

/** Healthy requests that follow each other, shown as one row. */
export interface Fold {
  /** The index of its first entry: what it is called by when it is opened. */
  readonly key: number
  readonly positions: Int32Array
}

/** The rows from top to bottom: a position, or `-1 - n` for the fold with number n. */
export interface RowList {
  readonly count: number
  readonly codes: Int32Array
  readonly folds: readonly Fold[]
}

/** The position in this row; -1 for a fold and for no row at all. */
export const positionAt = ({ codes }: RowList, row: number): number => Math.max(-1, codes[row] ?? -1)
export const foldAt = ({ codes, folds }: RowList, row: number): Fold | undefined => folds[-1 - (codes[row] ?? 0)]

/** The row that shows a position, or the fold that hides it; -1 when the filter took it out. */
export function rowOf(rows: RowList, position: number): number {
  if (position < 0) return -1
  const row = rows.codes.indexOf(position)
  if (row >= 0) return row
  const fold = rows.folds.findIndex(({ positions }) => positions.includes(position))
  return fold < 0 ? -1 : rows.codes.indexOf(-1 - fold)
}

export function flatRows(positions: Int32Array): RowList {
  return { count: positions.length, codes: positions, folds: [] }
}

export function sortPositions(waterfall: Waterfall, positions: Int32Array, { key, descending }: Sorting): Int32Array {
  const compare = comparisons[key]
  const sign = descending ? -1 : 1
  return positions.toSorted((a, b) => sign * compare(waterfall, a, b) || a - b)
}

type Compare = (waterfall: Waterfall, a: number, b: number) => number

const lengthAt = (waterfall: Waterfall, position: number): number =>
  endAt(waterfall, position) - startAt(waterfall, position)

const comparisons: Readonly<Record<SortKey, Compare>> = {
  start: (_, a, b) => a - b,
  request: ({ entries }, a, b) => compareTexts(entries[a]?.path, entries[b]?.path),
  status: ({ entries }, a, b) => (entries[a]?.status ?? 0) - (entries[b]?.status ?? 0),
  kind: ({ kinds }, a, b) => (kinds[a] ?? 0) - (kinds[b] ?? 0),
  size: ({ entries }, a, b) => (entries[a]?.sizeBytes ?? 0) - (entries[b]?.sizeBytes ?? 0),
  duration: (waterfall, a, b) => lengthAt(waterfall, a) - lengthAt(waterfall, b),
}

const compareTexts = (a = '', b = ''): number => (a < b ? -1 : Number(a > b))

const shortestFold = 8
const neighbours = 3

/** Folds long runs of healthy requests, keeping a few beside each that failed or has a finding. */
export function foldHealthy(waterfall: Waterfall, positions: Int32Array, opened: ReadonlySet<number>): RowList {
  const near = nearTrouble(waterfall, positions)
  if (!near.includes(1)) return flatRows(positions)
  const codes = new Int32Array(positions.length)
  const folds: Fold[] = []
  let count = 0
  for (let from = 0; from < positions.length; ) {
    const to = runEnd(near, from)
    const key = waterfall.entries[positions[from] ?? 0]?.index ?? 0
    if (near[from] === 0 && to - from >= shortestFold && !opened.has(key)) {
      codes[count++] = -1 - folds.length
      folds.push({ key, positions: positions.subarray(from, to) })
    } else {
      codes.set(positions.subarray(from, to), count)
      count += to - from
    }
    from = to
  }
  return { count, codes: codes.subarray(0, count), folds }
}

/** 1 for each place that is within a few rows of trouble. */
function nearTrouble(waterfall: Waterfall, positions: Int32Array): Uint8Array {
  const near = new Uint8Array(positions.length)
  for (const [at, position] of positions.entries()) {
    if (isFailingAt(waterfall, position) || (waterfall.severities[position] ?? 0) > 0)
      near.fill(1, Math.max(0, at - neighbours), at + neighbours + 1)
  }
  return near
}

function runEnd(near: Uint8Array, from: number): number {
  const end = near.indexOf(near[from] === 1 ? 0 : 1, from)
  return end === -1 ? near.length : end
}
