/** The phases of a request in the order in which they happen. HAR counts `ssl` into `connect`; here they follow each other. */
export const phases = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'] as const
export type Phase = (typeof phases)[number]

/** Milliseconds; -1, NaN and nothing mean that the phase did not happen. */
export type EntryTimings = Readonly<Record<Phase | 'total', number>>

/** What a row needs to know of an entry. The rows that the server keeps have this shape. */
export interface WaterfallEntry {
  readonly index: number
  readonly offsetMs: number
  readonly method: string
  readonly host: string
  readonly path: string
  /** 0 when there was no answer. */
  readonly status: number
  readonly mediaType: string
  readonly sizeBytes: number
  readonly timings: EntryTimings
  readonly requestIds: readonly string[]
  /** What the browser says went wrong. */
  readonly error?: string | undefined
  /** What the browser wanted it for, where the exporter says so: `xhr`, `script`, … */
  readonly resourceType?: string | undefined
  /** The page that begins with this entry. */
  readonly page?: PageStart | undefined
}

/** Times from the start of the capture. */
export interface PageStart {
  readonly title: string
  readonly startMs: number
  readonly contentLoadedMs?: number | undefined
  readonly loadedMs?: number | undefined
}

export type Severity = 'high' | 'medium' | 'low'

export interface EntryFinding {
  readonly severity: Severity
  readonly entries: readonly number[]
}

export const lengthOf = (ms: number): number => (Number.isFinite(ms) && ms > 0 ? ms : 0)

/** The length of each phase, in their order. A capture that measured only the total shows it as waiting. */
export function phaseLengths(timings: EntryTimings): number[] {
  const ssl = lengthOf(timings.ssl)
  const lengths: number[] = phases.map((phase) =>
    phase === 'connect' ? Math.max(0, lengthOf(timings.connect) - ssl) : lengthOf(timings[phase]),
  )
  const total = lengthOf(timings.total)
  if (total > 0 && !lengths.some((length) => length > 0)) lengths[phases.indexOf('wait')] = total
  return lengths
}

/** A request that got no answer, or one that refuses. An address without a host (`data:`, `blob:`) never left the browser. */
export const isFailing = ({ status, error, host }: Pick<WaterfallEntry, 'status' | 'error' | 'host'>): boolean =>
  status >= 400 || error !== undefined || (status === 0 && host !== '')

export const slowAfterMs = 1000
export const isSlow = (entry: Pick<WaterfallEntry, 'timings'>): boolean => lengthOf(entry.timings.total) >= slowAfterMs
