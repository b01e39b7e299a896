import type { CaptureEntry } from './capture.ts'

/** What kind of request an entry is, whatever the exporter leaves out. */

export function hasNetworkError(entry: CaptureEntry, pattern: RegExp): boolean {
  return entry.networkError !== '' && pattern.test(entry.networkError)
}

/** Refused, broken off or never answered. A request that the page itself withdrew is not a failure. */
export function isFailing(entry: CaptureEntry): boolean {
  if (entry.status >= 400) return true
  if (entry.status > 0 || (!entry.hasResponse && entry.networkError === '')) return false
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
  if (/^wss?$/.test(entry.scheme) || /^websocket$/i.test(entry.requestHeaders.get('upgrade') ?? '')) return true
  return entry.resourceType === 'websocket' && entry.requestHeaders.get('sec-fetch-mode') !== 'cors'
}

export function isEventStream(entry: CaptureEntry): boolean {
  return (
    entry.mime.includes('event-stream') ||
    entry.resourceType === 'eventsource' ||
    (entry.requestHeaders.get('accept') ?? '').includes('text/event-stream')
  )
}

/** Held open on purpose until there is something to say. */
export function isLongPoll(entry: CaptureEntry): boolean {
  return /poll|comet|signalr|socket\.io|\/(?:events?|listen|subscribe|stream|watch|sync|notifications?)(?:\/|$)/i.test(
    entry.path,
  )
}

export function isApiCall(entry: CaptureEntry): boolean {
  return (
    /^(?:xhr|fetch)$/.test(entry.resourceType) ||
    entry.mime.includes('json') ||
    /(?:^|\/)(?:api|v\d+|graphql|rest)(?:\/|$)/i.test(entry.path)
  )
}

/** A page, as far as the exporter says so. */
export function isDocument(entry: CaptureEntry): boolean {
  if (entry.resourceType !== '') return entry.resourceType === 'document'
  const wanted = entry.requestHeaders.get('sec-fetch-dest')
  if (wanted !== undefined) return wanted === 'document' || wanted === 'iframe'
  return entry.mime.includes('html') && !wantsOnlyJson(entry)
}

export function wantsOnlyJson(entry: CaptureEntry): boolean {
  const accept = entry.requestHeaders.get('accept') ?? ''
  return accept.includes('application/json') && !accept.includes('text/html')
}

/** Scripts, styles, pictures and fonts. */
export function isStatic(entry: CaptureEntry): boolean {
  if (/^(?:script|stylesheet|image|font)$/.test(entry.resourceType)) return true
  return entry.resourceType === '' && /javascript|ecmascript|text\/css|^image\/|font/.test(entry.mime)
}

export function isRedirect(entry: CaptureEntry): boolean {
  return entry.status >= 300 && entry.status < 400 && entry.status !== 304 && entry.redirectUrl !== ''
}

/** Some phase took longer than half a second. */
export function isSlow({ timings }: CaptureEntry): boolean {
  const { blocked = 0, dns = 0, connect = 0, ssl = 0, wait = 0, receive = 0, queueing = 0 } = timings
  return Math.max(blocked, dns, connect, ssl, wait, receive, queueing) > 500
}

const PROXY_HEADERS = ['via', 'x-cache', 'x-cache-lookup', 'proxy-agent', 'x-proxy-agent']

/** What the answer says about machines that it passed; those of the operator are among them. */
export function proxyHeaders({ responseHeaders }: CaptureEntry): string {
  return PROXY_HEADERS.map((name) => responseHeaders.get(name) ?? '')
    .join(' ')
    .trim()
}

export function passedProxy({ responseHeaders, timings }: CaptureEntry): boolean {
  return (timings.proxy ?? 0) > 0 || PROXY_HEADERS.some((name) => responseHeaders.has(name))
}

/** Answered by the browser itself: from a cache, or the upgrade of http to https. */
export function isFromBrowser(entry: CaptureEntry): boolean {
  return entry.fromCache !== '' || entry.status === 304 || /internal redirect/i.test(entry.statusText)
}

/** Bytes of the cookies as they were sent; in a clean capture the placeholders still say how long each value was. */
export function cookieBytes(entry: CaptureEntry): number {
  const header = entry.requestHeaders.get('cookie') ?? ''
  let bytes = header.length
  for (const match of header.matchAll(/\[[a-z]{1,20}:[0-9a-f]{4,8}, ?(\d{1,9}) ?chars\]/g))
    bytes += Number(match[1]) - match[0].length
  return bytes
}

/** The address that a redirect leads to. */
export function targetOf(entry: CaptureEntry): string {
  const target = withoutFragment(entry.redirectUrl)
  if (/^[a-z][a-z0-9+.-]{0,30}:/i.test(target)) return target
  if (target.startsWith('//')) return `${entry.scheme}:${target}`
  const folder = target.startsWith('/') ? '' : entry.path.replace(/[^/]*$/, '')
  return `${entry.scheme}://${entry.host}${folder}${target}`
}

export function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? ''
}
