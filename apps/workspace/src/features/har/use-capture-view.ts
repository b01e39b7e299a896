import type { CaptureDetail } from '@clew/contract/captures'
import {
  byStart,
  createWaterfall,
  type EntryFilter,
  facetsOf,
  flatRows,
  foldAt,
  foldHealthy,
  isFiltering,
  isWhole,
  noFilter,
  positionAt,
  type RowList,
  rowOf,
  type Sorting,
  selectEntries,
  sortPositions,
  type TimeRange,
  type Waterfall,
} from '@clew/har/waterfall'
import { useMemo, useState } from 'react'
import { bySeverity } from './findings-model.ts'

export type CaptureView = ReturnType<typeof useCaptureView>

/** What of a capture is shown and how: filter, order, folds, stretch of time, highlighted finding. */
export function useCaptureView({ capture, entries }: CaptureDetail, selected: number | undefined) {
  const findings = useMemo(() => capture.findings.toSorted(bySeverity), [capture.findings])
  const waterfall = useMemo(() => createWaterfall(entries, findings), [entries, findings])
  const facets = useMemo(() => facetsOf(waterfall), [waterfall])
  const [filter, setFilter] = useState<EntryFilter>(noFilter)
  const [sorting, setSorting] = useState<Sorting>(byStart)
  const [range, setRange] = useState<TimeRange>({ fromMs: 0, toMs: waterfall.spanMs })
  const [finding, setFinding] = useState<number>()
  const [isFolding, setFolding] = useState(true)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())

  const asked = useMemo(
    () => ({ ...filter, range: isWhole(range, waterfall.spanMs) ? undefined : range }),
    [filter, range, waterfall],
  )
  const positions = useMemo(() => selectEntries(waterfall, asked), [waterfall, asked])
  const folds = isFolding && !isFiltering(asked) && sorting.key === 'start' && !sorting.descending
  const rows = useMemo(() => {
    if (folds) return foldHealthy(waterfall, positions, withFoldOf(waterfall, selected, opened))
    return flatRows(
      sorting.key === 'start' && !sorting.descending ? positions : sortPositions(waterfall, positions, sorting),
    )
  }, [folds, waterfall, positions, opened, selected, sorting])
  const marked = useMemo(() => markedBy(waterfall, findings[finding ?? -1]?.entries), [waterfall, findings, finding])

  return {
    waterfall,
    findings,
    facets,
    filter,
    setFilter,
    sorting,
    setSorting,
    range,
    setRange,
    finding,
    setFinding,
    isFolding,
    setFolding,
    rows,
    shown: positions.length,
    shownBytes: useMemo(() => bytesOf(waterfall, positions), [waterfall, positions]),
    isFiltering: isFiltering(asked),
    marked,
    unfold: (key: number) => setOpened(new Set([...opened, key])),
    reset: () => {
      setFilter(noFilter)
      setRange({ fromMs: 0, toMs: waterfall.spanMs })
    },
  }
}

/** An entry that someone was sent to is not left inside a fold. */
function withFoldOf(
  waterfall: Waterfall,
  selected: number | undefined,
  opened: ReadonlySet<number>,
): ReadonlySet<number> {
  if (selected === undefined) return opened
  const rows = foldHealthy(waterfall, selectEntries(waterfall, noFilter), opened)
  const fold = foldAt(rows, rowOf(rows, waterfall.positionOf(selected)))
  return fold === undefined ? opened : new Set([...opened, fold.key])
}

const bytesOf = ({ entries }: Waterfall, positions: Int32Array): number =>
  positions.reduce((sum, position) => sum + Math.max(0, entries[position]?.sizeBytes ?? 0), 0)

function markedBy({ count, positionOf }: Waterfall, entries: readonly number[] = []): Uint8Array {
  const marked = new Uint8Array(count)
  for (const index of entries) {
    const position = positionOf(index)
    if (position >= 0) marked[position] = 1
  }
  return marked
}

/** What the cursor stands on: it stays there when rows come and go around it. */
export type Place = { readonly index: number } | { readonly fold: number } | undefined

export function placeOfRow(waterfall: Waterfall, rows: RowList, row: number): Place {
  const fold = foldAt(rows, row)
  if (fold !== undefined) return { fold: fold.key }
  const entry = waterfall.entries[positionAt(rows, row)]
  return entry && { index: entry.index }
}

export function rowOfPlace(waterfall: Waterfall, rows: RowList, place: Place): number {
  if (place === undefined) return -1
  if ('index' in place) return rowOf(rows, waterfall.positionOf(place.index))
  const fold = rows.folds.findIndex(({ key }) => key === place.fold)
  return fold < 0 ? -1 : rows.codes.indexOf(-1 - fold)
}
