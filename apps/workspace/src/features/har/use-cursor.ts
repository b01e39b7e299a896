import { type KeyCommand, nextFailingRow, positionAt, rangeAfter, startAt } from '@clew/har/waterfall'
import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { isWritingPlace } from '../../app/key-map.ts'
import { singleKeys, useKeys } from '../../app/keys.tsx'
import { type CaptureView, type Place, placeOfRow, rowOfPlace } from './use-capture-view.ts'

export type Cursor = ReturnType<typeof useCursor>

type CursorProps = {
  view: CaptureView
  /** The entry whose pane is open. */
  entry: number | undefined
  onEntry(entry: number | undefined): void
  search: RefObject<HTMLInputElement | null>
  scroller: RefObject<HTMLElement | null>
  pane: RefObject<HTMLElement | null>
}

/** Where the keyboard is among the rows, and what keys and presses do. While a pane is open it follows the cursor. */
export function useCursor({ view, entry, onEntry, search, scroller, pane }: CursorProps) {
  const { waterfall, rows } = view
  const [place, setPlace] = useState<Place>()
  const at = entry !== undefined && (place === undefined || 'index' in place) ? { index: entry } : place
  const row = rowOfPlace(waterfall, rows, at)

  const goToRow = (to: number) => {
    const next = placeOfRow(waterfall, rows, to)
    setPlace(next)
    if (entry !== undefined && next !== undefined && 'index' in next) onEntry(next.index)
  }
  const open = (index: number) => {
    setPlace({ index })
    onEntry(index)
  }
  const close = () => {
    setPlace(at)
    onEntry(undefined)
    scroller.current?.focus({ preventScroll: true })
  }
  const press = (pressed: number) => {
    const next = placeOfRow(waterfall, rows, pressed)
    if (next === undefined) return
    if ('fold' in next) view.unfold(next.fold)
    else open(next.index)
  }
  const openRow = () => {
    press(row)
    // The pane is there after this turn.
    setTimeout(() => pane.current?.focus({ preventScroll: true }))
  }
  const leave = () => {
    if (entry !== undefined) close()
    else if (view.finding !== undefined) view.setFinding(undefined)
    else if (view.isFiltering) view.reset()
  }
  const step = (by: 1 | -1) => goToRow(nextEntryRow(view, row, by))

  const command = (asked: KeyCommand) => {
    if (asked.type === 'move') goToRow(asked.to)
    else if (asked.type === 'open') openRow()
    else if (asked.type === 'close') leave()
    else if (asked.type === 'find') search.current?.focus()
    else if (asked.type === 'failing') goToRow(nextFailingRow(waterfall, rows, { row, step: asked.step }))
    else changeRange(view, row, asked)
  }
  useKeys({ next: () => step(1), previous: () => step(-1) })
  useScreenKeys({ command, search, scroller })
  const goTo = (index: number) => {
    setPlace({ index })
    if (entry !== undefined) onEntry(index)
  }
  return { row, command, press, open, close, step, goTo }
}

/** Comes closer to the request with the cursor, or to the middle. */
function changeRange({ waterfall, rows, range, setRange }: CaptureView, row: number, asked: KeyCommand): void {
  const position = positionAt(rows, row)
  const atMs = position < 0 ? (range.fromMs + range.toMs) / 2 : startAt(waterfall, position)
  const next = rangeAfter(asked, range, { spanMs: waterfall.spanMs, atMs })
  if (next !== undefined) setRange(next)
}

/** The next row that is an entry: a fold has no pane. */
function nextEntryRow({ rows }: CaptureView, row: number, by: 1 | -1): number {
  for (let next = row + by; next >= 0 && next < rows.count; next += by) if (positionAt(rows, next) >= 0) return next
  return row
}

type ScreenKeys = Pick<CursorProps, 'search' | 'scroller'> & { command(command: KeyCommand): void }

const letters: Readonly<Record<string, KeyCommand>> = {
  '/': { type: 'find' },
  KeyN: { type: 'failing', step: 1 },
  KeyP: { type: 'failing', step: -1 },
}

/** The few keys that work wherever the focus is on this screen; in the list itself the waterfall reads all of them. */
function useScreenKeys({ command, search, scroller }: ScreenKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    if (document.querySelector('dialog[open], [role="menu"]') !== null) return
    const asked = event.target === search.current ? undefined : screenCommand(event)
    if (leavesSearch(event, search.current)) scroller.current?.focus()
    else if (asked !== undefined) command(asked)
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

function screenCommand({ key, code, target }: KeyboardEvent): KeyCommand | undefined {
  if (key === 'Escape') return { type: 'close' }
  return isWritingPlace(target) || !singleKeys.get() ? undefined : letters[key === '/' ? key : code]
}

/** From the search the list is one key away; the first Escape empties it. */
function leavesSearch({ key, target }: KeyboardEvent, search: HTMLInputElement | null): boolean {
  if (search === null || target !== search) return false
  return key === 'ArrowDown' || key === 'Enter' || (key === 'Escape' && search.value === '')
}
