import type { CaptureEntry as EntryView } from '@clew/contract/captures'
import { analyse, type Capture, type CaptureEntry, HarError, readCapture, sanitiseHarBytes } from '@clew/har'
import type { CaptureReading, ReadingOptions } from './model.ts'

/** Rows kept for the list of the workspace; the findings have seen all. */
const maxRows = 10_000

/** Cleans and reads a capture. A file that is no HAR is an answer, not an error. */
export async function readCaptureBytes(bytes: Uint8Array, options: ReadingOptions): Promise<CaptureReading> {
  try {
    const { bytes: clean, report } = await sanitiseHarBytes(bytes)
    const capture = readCapture(clean)
    const { findings, summary } = analyse(capture, options)
    return {
      state: 'analysed',
      removed: report.removed.map(({ kind, count }) => ({ kind, count })),
      clean: report.removedTotal > 0 || report.entriesDropped > 0 ? clean : undefined,
      entries: rowsOf(capture),
      spanMs: summary.spanMs,
      failing: summary.failing,
      findings,
    }
  } catch (error) {
    if (error instanceof HarError) return { state: 'refused', refusal: 'capture.not_a_har' }
    throw error
  }
}

function rowsOf({ entries }: Capture): EntryView[] {
  const start = Math.min(...entries.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [startedAt])))
  return entries.slice(0, maxRows).map((entry) => rowOf(entry, start))
}

function rowOf(entry: CaptureEntry, start: number): EntryView {
  return {
    index: entry.index,
    startedAt: entry.startedAt === undefined ? '' : isoOf(entry.startedAt),
    offsetMs: entry.startedAt === undefined ? 0 : entry.startedAt - start,
    method: entry.method,
    host: entry.host,
    path: entry.path,
    status: entry.status,
    mediaType: entry.mime,
    sizeBytes: entry.responseBytes ?? 0,
    timings: timingsOf(entry),
    requestIds: entry.requestIds.map(({ value }) => value),
    ...(entry.networkError === '' ? {} : { error: entry.networkError }),
  }
}

/** A phase that did not happen took no time. */
const timingsOf = ({ timings, durationMs }: CaptureEntry): EntryView['timings'] => {
  const ms = (phase: keyof CaptureEntry['timings']): number => timings[phase] ?? 0
  return {
    blocked: ms('blocked'),
    dns: ms('dns'),
    connect: ms('connect'),
    ssl: ms('ssl'),
    send: ms('send'),
    wait: ms('wait'),
    receive: ms('receive'),
    total: durationMs ?? 0,
  }
}

const isoOf = (ms: number): string => (Math.abs(ms) > 8.64e15 ? '' : new Date(ms).toISOString())
