import {
  createWaterfall,
  type EntryFilter,
  facetsOf,
  flatRows,
  foldHealthy,
  isFiltering,
  isWhole,
  noFilter,
  selectEntries,
  type TimeRange,
  type Waterfall,
} from '@clew/har/waterfall'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { CleanCapture } from '../messages.ts'

export type Timeline = ReturnType<typeof useTimeline>

/** What of a capture is shown and how: filter, folds, stretch of time, marked finding. */
export function useTimeline({ rows: entries, findings }: CleanCapture, finding: number | undefined) {
  const waterfall = useMemo(() => createWaterfall(entries, findings), [entries, findings])
  const facets = useMemo(() => facetsOf(waterfall), [waterfall])
  const whole = useMemo(() => ({ fromMs: 0, toMs: waterfall.spanMs }), [waterfall])
  const [filter, setFilter] = useState<EntryFilter>(noFilter)
  const [range, setRange] = useState<TimeRange>(whole)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => setRange(whole), [whole])

  const asked = useMemo(
    () => ({ ...filter, range: isWhole(range, waterfall.spanMs) ? undefined : range }),
    [filter, range, waterfall],
  )
  const positions = useMemo(() => selectEntries(waterfall, asked), [waterfall, asked])
  const rows = useMemo(
    () => (isFiltering(asked) ? flatRows(positions) : foldHealthy(waterfall, positions, opened)),
    [waterfall, positions, asked, opened],
  )
  const marked = useMemo(
    () => markedBy(waterfall, findings[finding ?? -1]?.entries ?? []),
    [waterfall, findings, finding],
  )
  const reset = () => {
    setFilter(noFilter)
    setRange(whole)
  }
  return {
    waterfall,
    facets,
    filter,
    setFilter,
    range,
    setRange,
    rows,
    positions,
    marked,
    /** The first request of the marked finding, to go to. */
    firstMarked: findings[finding ?? -1]?.entries[0],
    isFiltering: isFiltering(asked),
    unfold: (key: number) => setOpened(new Set([...opened, key])),
    reset,
  }
}

function markedBy({ count, positionOf }: Waterfall, entries: readonly number[]): Uint8Array {
  const marked = new Uint8Array(count)
  for (const index of entries) {
    const position = positionOf(index)
    if (position >= 0) marked[position] = 1
  }
  return marked
}
