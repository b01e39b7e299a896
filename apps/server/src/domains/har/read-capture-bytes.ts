import { analyse, type Capture, CaptureCollector, HarError, type SanitiseOptions, sanitiseHar } from '@clew/har'
import { entriesOfCapture } from '@clew/har/waterfall/from-capture'
import {
  type CaptureRead,
  type CaptureReading,
  type CaptureSource,
  maxRows,
  type Reading,
  type ReadingOptions,
  type StoredEntry,
} from './model.ts'
import { unpacked } from './unpacked.ts'

const sliceBytes = 1 << 20

/** What a thread has at hand for a large capture. */
export type Helpers = Pick<SanitiseOptions, 'startThreads' | 'makeShelf'>

/** Cleans and reads a capture in one go. A file that is no HAR is an answer, not an error. */
export function readCaptureFrom(
  source: CaptureSource,
  options: ReadingOptions & { helpers?: Helpers },
  onProgress: (doneBytes: number) => void,
): Reading {
  let settle: (reading: CaptureReading) => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const result = new Promise<CaptureReading>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  // Who only reads the clean copy hears of a failure there.
  result.catch(() => undefined)
  const stop = (): void => fail(new Error('the reading was left off'))
  return { clean: cleaned(source, { options, onProgress, settle, fail }), result, stop }
}

type Work = {
  options: ReadingOptions & { helpers?: Helpers }
  onProgress(doneBytes: number): void
  settle(reading: CaptureReading): void
  fail(error: unknown): void
}

async function* cleaned(source: CaptureSource, work: Work): AsyncGenerator<Uint8Array> {
  // The clean copy is read while it is written, so that the whole of it is never in memory.
  const capture = new CaptureCollector()
  try {
    if (work.options.isClean) return await readAgain(source, capture, work)
    const whole = await unpacked(source)
    if (whole === undefined) return work.settle({ state: 'refused', refusal: 'capture.packed' })
    // Half of the way is learning what is secret, half is writing what is not.
    const half = source.size / 2
    const { chunks, report } = sanitiseHar(whole, {
      ...work.options.sanitising,
      ...work.options.helpers,
      onProgress: ({ phase, bytesDone }) =>
        work.onProgress(Math.floor((half * bytesDone) / whole.size + (phase === 'harvest' ? 0 : half))),
    })
    for await (const chunk of chunks) {
      capture.push(chunk)
      yield chunk
    }
    const { removed, entries, entriesDropped } = await report
    if (entries + entriesDropped === 0) throw new HarError('har.empty')
    const reading = readingOf(capture, removed, work.options)
    work.settle(whole === source ? reading : { ...reading, isUnpacked: true })
  } catch (error) {
    if (error instanceof HarError) work.settle({ state: 'refused', refusal: 'capture.not_a_har' })
    else {
      work.fail(error)
      throw error
    }
  } finally {
    work.fail(new Error('the reading was left off'))
  }
}

/** Of a file that was written here nothing is written again. */
async function readAgain(source: CaptureSource, capture: CaptureCollector, work: Work): Promise<void> {
  for (let at = 0; at < source.size; at += sliceBytes) {
    capture.push(await source.slice(at, Math.min(source.size, at + sliceBytes)))
    work.onProgress(at)
  }
  work.settle(readingOf(capture, [], work.options))
}

function readingOf(
  collected: CaptureCollector,
  removed: readonly { kind: string; count: number }[],
  options: ReadingOptions,
): CaptureRead {
  const capture = collected.end()
  const { firstPartyHosts, uploadLimitBytes, reportedAt, incidents = [] } = options
  const { findings, undecidable, summary } = analyse(capture, {
    firstPartyHosts,
    uploadLimitBytes,
    incidents,
    ...(reportedAt === undefined ? {} : { reportedAt }),
  })
  return {
    state: 'analysed',
    removed: removed.map(({ kind, count }) => ({ kind, count })),
    entries: rowsOf(capture),
    entryCount: capture.entries.length + capture.entriesLeftOut,
    spanMs: summary.spanMs,
    failing: summary.failing,
    recordedWith: summary.recordedWith,
    findings,
    undecidable,
  }
}

function rowsOf(capture: Capture): StoredEntry[] {
  const entries = entriesOfCapture(capture).slice(0, maxRows)
  return entries.map((entry, at) => ({
    ...entry,
    requestIds: [...entry.requestIds],
    startedAt: isoOf(capture.entries[at]?.startedAt),
    span: capture.entries[at]?.span,
  }))
}

const isoOf = (ms: number | undefined): string =>
  ms === undefined || Math.abs(ms) > 8.64e15 ? '' : new Date(ms).toISOString()
