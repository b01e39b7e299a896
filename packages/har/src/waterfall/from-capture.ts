import type { Capture, CaptureEntry, CapturePage } from '../capture.ts'
import type { PageStart, WaterfallEntry } from './entry.ts'

/** The rows of a capture, in the order of the file. Times are from the first moment of the capture. */
export function entriesOfCapture({ entries, pages }: Pick<Capture, 'entries' | 'pages'>): WaterfallEntry[] {
  const startMs = firstMoment(entries)
  const starts = pageStarts(entries, pages, startMs)
  return entries.map((entry) => rowOf(entry, { startMs, page: starts.get(entry.index) }))
}

function rowOf(
  entry: CaptureEntry,
  { startMs, page }: { startMs: number; page: PageStart | undefined },
): WaterfallEntry {
  return {
    index: entry.index,
    offsetMs: entry.startedAt === undefined ? 0 : entry.startedAt - startMs,
    method: entry.method,
    host: entry.host,
    path: entry.path,
    status: entry.status,
    mediaType: entry.mime,
    sizeBytes: entry.responseBytes ?? 0,
    timings: timingsOf(entry),
    requestIds: entry.requestIds.map(({ value }) => value),
    ...(entry.networkError === '' ? {} : { error: entry.networkError }),
    ...(entry.resourceType === '' ? {} : { resourceType: entry.resourceType }),
    ...(page === undefined ? {} : { page }),
  }
}

/** A phase that did not happen took no time. */
function timingsOf({ timings, durationMs }: CaptureEntry): WaterfallEntry['timings'] {
  const { blocked = 0, dns = 0, connect = 0, ssl = 0, send = 0, wait = 0, receive = 0 } = timings
  return { blocked, dns, connect, ssl, send, wait, receive, total: durationMs ?? 0 }
}

function firstMoment(entries: readonly CaptureEntry[]): number {
  let first = Number.POSITIVE_INFINITY
  for (const { startedAt = first } of entries) first = Math.min(first, startedAt)
  return Number.isFinite(first) ? first : 0
}

/** Each page by the index of the first entry that names it. Exporters list pages that no entry belongs to. */
function pageStarts(
  entries: readonly CaptureEntry[],
  pages: readonly CapturePage[],
  startMs: number,
): Map<number, PageStart> {
  const starts = new Map<number, PageStart>()
  const firsts = new Map<string, CaptureEntry>()
  for (const entry of entries) if (!firsts.has(entry.pageRef)) firsts.set(entry.pageRef, entry)
  for (const page of pages) {
    const first = firsts.get(page.id)
    if (first === undefined || starts.has(first.index)) continue
    const began = Date.parse(page.startedDateTime)
    const at = Math.max(0, (Number.isNaN(began) ? (first.startedAt ?? startMs) : began) - startMs)
    starts.set(first.index, {
      title: page.title,
      startMs: at,
      ...(page.onContentLoadMs === undefined ? {} : { contentLoadedMs: at + page.onContentLoadMs }),
      ...(page.onLoadMs === undefined ? {} : { loadedMs: at + page.onLoadMs }),
    })
  }
  return starts
}
