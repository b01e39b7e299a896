import { foldAt, type KeyCommand, nextFailingRow, positionAt, rangeAfter, rowOf, startAt } from '@clew/har/waterfall'
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Timeline } from './use-timeline.ts'

export type Cursor = ReturnType<typeof useCursor>

interface CursorProps {
  timeline: Timeline
  scroller: RefObject<HTMLElement | null>
  search: RefObject<HTMLInputElement | null>
  pane: RefObject<HTMLElement | null>
  onFinding(finding: number | undefined): void
}

type Place = { readonly index: number } | { readonly fold: number } | undefined

/** Where the keyboard is among the rows, which request is open, and what keys and presses do. */
export function useCursor({ timeline, scroller, search, pane, onFinding }: CursorProps) {
  const { waterfall, rows, firstMarked } = timeline
  const [place, setPlace] = useState<Place>()
  const [open, setOpen] = useState<number>()
  const row = rowOfPlace(timeline, place)
  useEffect(() => {
    if (firstMarked !== undefined) setPlace({ index: firstMarked })
  }, [firstMarked])

  const goToRow = (to: number) => {
    const next = placeOfRow(timeline, to)
    setPlace(next)
    if (open !== undefined && next !== undefined && 'index' in next) setOpen(next.index)
  }
  const openEntry = (index: number) => {
    setPlace({ index })
    setOpen(index)
    // The pane is there after this turn.
    setTimeout(() => pane.current?.focus({ preventScroll: false }))
  }
  const close = () => {
    setOpen(undefined)
    scroller.current?.focus({ preventScroll: true })
  }
  const press = (pressed: number) => {
    const fold = foldAt(rows, pressed)
    const entry = waterfall.entries[positionAt(rows, pressed)]
    if (fold !== undefined) timeline.unfold(fold.key)
    else if (entry !== undefined) openEntry(entry.index)
  }
  const leave = () => {
    if (open !== undefined) return close()
    if (firstMarked !== undefined) return onFinding(undefined)
    timeline.reset()
  }
  const command = (asked: KeyCommand) => {
    if (asked.type === 'move') goToRow(asked.to)
    else if (asked.type === 'open') press(row)
    else if (asked.type === 'close') leave()
    else if (asked.type === 'find') search.current?.focus()
    else if (asked.type === 'failing') goToRow(nextFailingRow(waterfall, rows, { row, step: asked.step }))
    else changeRange(timeline, row, asked)
  }
  const step = (by: 1 | -1) => goToRow(nextEntryRow(timeline, row, by))
  return { row, open, command, press, openEntry, close, step }
}

function placeOfRow({ waterfall, rows }: Timeline, row: number): Place {
  const fold = foldAt(rows, row)
  if (fold !== undefined) return { fold: fold.key }
  const entry = waterfall.entries[positionAt(rows, row)]
  return entry && { index: entry.index }
}

function rowOfPlace({ waterfall, rows }: Timeline, place: Place): number {
  if (place === undefined) return -1
  if ('index' in place) return rowOf(rows, waterfall.positionOf(place.index))
  const fold = rows.folds.findIndex(({ key }) => key === place.fold)
  return fold < 0 ? -1 : rows.codes.indexOf(-1 - fold)
}

/** The next row that is a request: a fold has nothing to open. */
function nextEntryRow({ rows }: Timeline, row: number, by: 1 | -1): number {
  for (let next = row + by; next >= 0 && next < rows.count; next += by) if (positionAt(rows, next) >= 0) return next
  return row
}

/** Comes closer to the request with the cursor, or to the middle. */
function changeRange({ waterfall, rows, range, setRange }: Timeline, row: number, asked: KeyCommand): void {
  const position = positionAt(rows, row)
  const atMs = position < 0 ? (range.fromMs + range.toMs) / 2 : startAt(waterfall, position)
  const next = rangeAfter(asked, range, { spanMs: waterfall.spanMs, atMs })
  if (next !== undefined) setRange(next)
}
