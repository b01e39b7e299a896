import type { Capture, CaptureEntry } from './capture.ts'

/** What the rules look at. */
export interface Scene {
  capture: Capture
  entries: readonly CaptureEntry[]
  uploadLimitBytes: number
  /** When the person says that it happened, in milliseconds. */
  reportedAt: number | undefined
  isFirstParty: (entry: CaptureEntry) => boolean
  isFirstPartyHost: (host: string) => boolean
}

export interface AnalyseOptions {
  firstPartyHosts?: string[]
  uploadLimitBytes?: number
  /** When the person says that it happened, as ISO 8601. */
  reportedAt?: string
}

const DEFAULT_UPLOAD_LIMIT = 20_000_000

export function createScene(capture: Capture, options: AnalyseOptions): Scene {
  const hosts = (options.firstPartyHosts ?? []).map((host) => host.toLowerCase())
  const own = hosts.length > 0 ? hosts : inferHosts(capture.entries)
  const reportedAt = Date.parse(options.reportedAt ?? '')
  const isFirstPartyHost = (host: string): boolean =>
    own.some((parent) => isWithin(withoutPort(host.toLowerCase()), withoutPort(parent)))
  return {
    capture,
    entries: capture.entries,
    uploadLimitBytes: options.uploadLimitBytes ?? DEFAULT_UPLOAD_LIMIT,
    reportedAt: Number.isNaN(reportedAt) ? undefined : reportedAt,
    isFirstParty: (entry) => isFirstPartyHost(entry.host),
    isFirstPartyHost,
  }
}

/** The site of the first page; without a page, the site that was asked most often. */
function inferHosts(entries: readonly CaptureEntry[]): string[] {
  const page = entries.find(
    (entry) => entry.resourceType === 'document' || (entry.mime.includes('html') && entry.status < 400),
  )
  if (page !== undefined && page.host !== '') return [siteOf(page.host)]
  const counts = new Map<string, number>()
  for (const { host } of entries) if (host !== '') counts.set(siteOf(host), (counts.get(siteOf(host)) ?? 0) + 1)
  const most = [...counts].sort((a, b) => b[1] - a[1])[0]
  return most === undefined ? [] : [most[0]]
}

const SECOND_LEVEL = /^(?:co|com|org|net|gov|edu|ac|gr)$/

function siteOf(host: string): string {
  const name = withoutPort(host)
  if (/^[\d.:[\]]+$/.test(name)) return name
  const labels = name.split('.')
  const take = labels.length > 2 && SECOND_LEVEL.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2 ? 3 : 2
  return labels.slice(-take).join('.')
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

function isWithin(host: string, parent: string): boolean {
  return host === parent || host.endsWith(`.${parent}`)
}

export function hasNetworkError(entry: CaptureEntry, pattern: RegExp): boolean {
  return entry.networkError !== '' && pattern.test(entry.networkError)
}

/** Refused, broken off or never answered. A request that the page itself withdrew is not a failure. */
export function isFailing(entry: CaptureEntry): boolean {
  if (entry.status >= 400) return true
  if (entry.status > 0) return false
  return !/^(?:data|blob|about|chrome|file)/.test(entry.url) && !hasNetworkError(entry, /ERR_ABORTED/)
}

export function isUpload(entry: CaptureEntry): boolean {
  if (!/^(?:POST|PUT|PATCH)$/.test(entry.method)) return false
  return (
    entry.requestMime.includes('multipart/') ||
    entry.requestMime.includes('octet-stream') ||
    (entry.requestBytes ?? 0) > 1_000_000
  )
}

export function isWebSocket(entry: CaptureEntry): boolean {
  return (
    /^wss?$/.test(entry.scheme) ||
    entry.resourceType === 'websocket' ||
    /^websocket$/i.test(entry.requestHeaders.get('upgrade') ?? '')
  )
}

export function isApiCall(entry: CaptureEntry): boolean {
  return (
    /^(?:xhr|fetch)$/.test(entry.resourceType) ||
    entry.mime.includes('json') ||
    /(?:^|\/)(?:api|v\d+|graphql|rest)(?:\/|$)/i.test(entry.path)
  )
}

/** Bytes of the cookies as they were sent; in a clean capture the placeholders still say how long each value was. */
export function cookieBytes(entry: CaptureEntry): number {
  const header = entry.requestHeaders.get('cookie') ?? ''
  let bytes = header.length
  for (const match of header.matchAll(/\[[a-z]{1,20}:[0-9a-f]{4}, ?(\d{1,9}) ?chars\]/g))
    bytes += Number(match[1]) - match[0].length
  return bytes
}
