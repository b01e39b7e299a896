import { isFailingAt, type Waterfall } from './model.ts'
import { positionAt, type RowList } from './rows.ts'

export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

export type KeyCommand =
  | { readonly type: 'move'; readonly to: number }
  | { readonly type: 'open' | 'close' | 'find' | 'whole' }
  | { readonly type: 'failing'; readonly step: 1 | -1 }
  | { readonly type: 'zoom'; readonly factor: number }
  | { readonly type: 'pan'; readonly share: number }

export interface KeyPlace {
  /** The row that has the cursor; -1 before there is one. */
  readonly row: number
  readonly count: number
  /** Rows of one screen. */
  readonly page: number
}

/** What a key means on the waterfall. Alt, Ctrl and Meta belong to the browser. */
export function commandForKey(press: KeyPress, place: KeyPlace): KeyCommand | undefined {
  if (press.altKey || press.ctrlKey || press.metaKey) return undefined
  const key = latinKey(press)
  const to = destination(key, place)
  if (to !== undefined) return { type: 'move', to }
  return Object.hasOwn(fixedCommands, key) ? fixedCommands[key] : undefined
}

const fixedCommands: Readonly<Record<string, KeyCommand>> = {
  Enter: { type: 'open' },
  ' ': { type: 'open' },
  Escape: { type: 'close' },
  '/': { type: 'find' },
  n: { type: 'failing', step: 1 },
  p: { type: 'failing', step: -1 },
  '+': { type: 'zoom', factor: 0.5 },
  '=': { type: 'zoom', factor: 0.5 },
  '-': { type: 'zoom', factor: 2 },
  '0': { type: 'whole' },
  ArrowLeft: { type: 'pan', share: -0.25 },
  ArrowRight: { type: 'pan', share: 0.25 },
}

function destination(key: string, { row, count, page }: KeyPlace): number | undefined {
  const last = count - 1
  const places: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row < 0 ? last : row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: last,
  }
  const to = Object.hasOwn(places, key) ? places[key] : undefined
  return to === undefined || count === 0 ? undefined : Math.min(last, Math.max(0, to))
}

// On a Greek layout the key that says N types ν, and the one with the slash may need another: the place of the key decides.
function latinKey({ key, code }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return letter !== undefined && !/^[\x20-\x7e]$/.test(key) ? letter.toLowerCase() : key
}

/** The next row with a failing request, from the other end when there is none further on; -1 without any. */
export function nextFailingRow(
  waterfall: Waterfall,
  rows: RowList,
  { row, step }: { row: number; step: 1 | -1 },
): number {
  const start = row < 0 && step < 0 ? 0 : row
  for (let walked = 1; walked <= rows.count; walked += 1) {
    const at = (((start + walked * step) % rows.count) + rows.count) % rows.count
    const position = positionAt(rows, at)
    if (position >= 0 && isFailingAt(waterfall, position)) return at
  }
  return -1
}
