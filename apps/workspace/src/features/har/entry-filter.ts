import type { CaptureEntry } from '@clew/contract/captures'
import { isFailing, isSlow } from './waterfall.ts'

export const entryFilters = ['all', 'failed', 'slow', '2xx', '3xx', '4xx', '5xx'] as const
export type EntryFilter = (typeof entryFilters)[number]

const passes: Record<EntryFilter, (entry: CaptureEntry) => boolean> = {
  all: () => true,
  failed: isFailing,
  slow: isSlow,
  '2xx': (entry) => Math.floor(entry.status / 100) === 2,
  '3xx': (entry) => Math.floor(entry.status / 100) === 3,
  '4xx': (entry) => Math.floor(entry.status / 100) === 4,
  '5xx': (entry) => Math.floor(entry.status / 100) === 5,
}

/** Every word of the text must occur in the method, host, path, status, media type or a request id. */
export function filterEntries(
  entries: readonly CaptureEntry[],
  filter: EntryFilter,
  text: string,
): readonly CaptureEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter((entry) => passes[filter](entry) && words.every((word) => searchText(entry).includes(word)))
}

const searchText = (entry: CaptureEntry): string =>
  [entry.method, entry.host, entry.path, String(entry.status), entry.mediaType, ...entry.requestIds]
    .join(' ')
    .toLowerCase()

/** The filters worth a button: all, failed and slow, and the status classes that occur. */
export function filtersFor(entries: readonly CaptureEntry[]): { filter: EntryFilter; count: number }[] {
  return entryFilters
    .map((filter) => ({ filter, count: entries.filter(passes[filter]).length }))
    .filter(({ filter, count }) => filter === 'all' || count > 0)
}

export type TableRow =
  | { readonly type: 'entry'; readonly entry: CaptureEntry }
  | { readonly type: 'fold'; readonly key: number; readonly entries: readonly CaptureEntry[] }

const shortestFold = 8
const context = 3

/** Folds long runs of healthy requests into one line, keeping a few beside each that matters. */
export function foldHealthy(
  entries: readonly CaptureEntry[],
  matters: (entry: CaptureEntry) => boolean,
  opened: ReadonlySet<number>,
): TableRow[] {
  const kept = entries.map((_, at) =>
    entries.slice(Math.max(0, at - context), at + context + 1).some((entry) => matters(entry)),
  )
  if (!kept.includes(true)) return entries.map((entry) => ({ type: 'entry', entry }))

  const rows: TableRow[] = []
  for (let at = 0; at < entries.length; ) {
    const end = runEnd(kept, at)
    const run = entries.slice(at, end)
    const key = run[0]?.index ?? 0
    const folds = kept[at] === false && run.length >= shortestFold && !opened.has(key)
    rows.push(
      ...(folds
        ? [{ type: 'fold', key, entries: run } as const]
        : run.map((entry) => ({ type: 'entry', entry }) as const)),
    )
    at = end
  }
  return rows
}

function runEnd(kept: readonly boolean[], from: number): number {
  const next = kept.indexOf(kept[from] !== true, from)
  return next === -1 ? kept.length : next
}
