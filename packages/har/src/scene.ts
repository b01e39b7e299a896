import { type Buckets, sortIntoBuckets } from './buckets.ts'
import type { Capture, CaptureEntry } from './capture.ts'
import { measureClockSkew } from './clock-skew.ts'
import { inferOwnSites, isTrackerHost, isWithin, withoutPort } from './hosts.ts'
import type { Sentence } from './sentence.ts'

export interface Incident {
  id: string
  title: string | Sentence
  /** ISO 8601. */
  startedAt: string
  /** Still open when absent. */
  resolvedAt?: string
  /** The hosts concerned; any of ours when absent. */
  hosts?: string[]
}

export interface AnalyseOptions {
  firstPartyHosts?: string[]
  uploadLimitBytes?: number
  /** When the person says that it happened, as ISO 8601: an instant, or from when to when. */
  reportedAt?: string | { from: string; to: string }
  /** Incidents of the operator around that time. */
  incidents?: Incident[]
  /** Who issues the certificates of our hosts, e.g. `Let's Encrypt`; well-known authorities when absent. */
  certificateIssuers?: string[]
  /** The oldest supported version of each browser. */
  minimumBrowsers?: Partial<Record<BrowserName, number>>
}

export type BrowserName = 'chrome' | 'edge' | 'firefox' | 'safari'

export interface TimeRange {
  from: number
  to: number
}

/** What the rules look at: the capture, sorted out once. */
export interface Scene extends Buckets {
  capture: Capture
  entries: readonly CaptureEntry[]
  /** The same in the order in which they began. */
  inTime: readonly CaptureEntry[]
  byHost: ReadonlyMap<string, readonly CaptureEntry[]>
  withStatus: (...statuses: number[]) => CaptureEntry[]
  isFirstParty: (entry: CaptureEntry) => boolean
  isFirstPartyHost: (host: string) => boolean
  isTracker: (entry: CaptureEntry) => boolean
  /** When the person says that it happened, in milliseconds. */
  reported: TimeRange | undefined
  isNearReportedTime: (entry: CaptureEntry) => boolean
  /** How much the server's clock is ahead of the device's, in milliseconds; undefined when it cannot be told. */
  clockSkewMs: number | undefined
  /** When an entry began by the server's clock. */
  serverTimeOf: (entry: CaptureEntry) => number | undefined
  uploadLimitBytes: number
  options: AnalyseOptions
}

const DEFAULT_UPLOAD_LIMIT = 20_000_000
const NEAR_MS = 10 * 60_000

export function createScene(capture: Capture, options: AnalyseOptions): Scene {
  const { entries } = capture
  const clockSkewMs = measureClockSkew(capture)
  const serverTimeOf = (entry: CaptureEntry): number | undefined =>
    entry.startedAt === undefined ? undefined : entry.startedAt + (clockSkewMs ?? 0)
  const reported = rangeOf(options.reportedAt)
  return {
    capture,
    entries,
    ...indexOf(entries),
    ...ownershipOf(entries, options),
    reported,
    isNearReportedTime: (entry) => reported !== undefined && isWithinRange(serverTimeOf(entry), reported),
    clockSkewMs,
    serverTimeOf,
    uploadLimitBytes: options.uploadLimitBytes ?? DEFAULT_UPLOAD_LIMIT,
    options,
  }
}

type Index = Buckets & Pick<Scene, 'inTime' | 'byHost' | 'withStatus'>

function indexOf(entries: readonly CaptureEntry[]): Index {
  const byStatus = groupBy(entries, (entry) => entry.status)
  const withStatus = (...statuses: number[]): CaptureEntry[] =>
    statuses.flatMap((status) => byStatus.get(status) ?? []).sort((a, b) => a.index - b.index)
  return {
    ...sortIntoBuckets(entries),
    inTime: [...entries].sort(byTime),
    byHost: groupBy(entries, (entry) => entry.host),
    withStatus,
  }
}

export function byTime(a: CaptureEntry, b: CaptureEntry): number {
  return (a.startedAt ?? 0) - (b.startedAt ?? 0) || a.index - b.index
}

export function groupBy<Key>(
  entries: readonly CaptureEntry[],
  keyOf: (entry: CaptureEntry) => Key,
): Map<Key, CaptureEntry[]> {
  const groups = new Map<Key, CaptureEntry[]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  return groups
}

type Ownership = Pick<Scene, 'isFirstParty' | 'isFirstPartyHost' | 'isTracker'>

function ownershipOf(entries: readonly CaptureEntry[], options: AnalyseOptions): Ownership {
  const named = (options.firstPartyHosts ?? []).map((host) => withoutPort(host.toLowerCase()))
  const own = named.length > 0 ? named : inferOwnSites(entries)
  const isFirstPartyHost = remembering((host) => {
    const name = withoutPort(host.toLowerCase())
    return own.some((parent) => isWithin(name, parent))
  })
  const isTracker = remembering((host) => !isFirstPartyHost(host) && isTrackerHost(host))
  return {
    isFirstParty: (entry) => isFirstPartyHost(entry.host),
    isFirstPartyHost,
    isTracker: (entry) => isTracker(entry.host) || (isReport(entry) && !isFirstPartyHost(entry.host)),
  }
}

/** Sent without anybody waiting for an answer. */
function isReport({ resourceType }: CaptureEntry): boolean {
  return /^(?:ping|beacon|cspviolationreport|csp_report)$/.test(resourceType)
}

function remembering(judge: (host: string) => boolean): (host: string) => boolean {
  const known = new Map<string, boolean>()
  return (host) => {
    const before = known.get(host)
    if (before !== undefined) return before
    const verdict = judge(host)
    known.set(host, verdict)
    return verdict
  }
}

function rangeOf(reportedAt: AnalyseOptions['reportedAt']): TimeRange | undefined {
  if (reportedAt === undefined) return undefined
  const from = Date.parse(typeof reportedAt === 'string' ? reportedAt : reportedAt.from)
  const to = Date.parse(typeof reportedAt === 'string' ? reportedAt : reportedAt.to)
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : { from: Math.min(from, to), to: Math.max(from, to) }
}

function isWithinRange(time: number | undefined, { from, to }: TimeRange): boolean {
  return time !== undefined && time >= from - NEAR_MS && time <= to + NEAR_MS
}
