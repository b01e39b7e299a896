import type { CaptureEntry } from './capture.ts'
import {
  isDocument,
  isEventStream,
  isFailing,
  isRedirect,
  isSlow,
  isStatic,
  isWebSocket,
  passedProxy,
} from './entry-kinds.ts'

/** What rules ask for often; each entry is sorted once. */
const KINDS = {
  failing: isFailing,
  withNetworkError: (entry) => entry.networkError !== '',
  documents: isDocument,
  redirects: isRedirect,
  webSockets: isWebSocket,
  eventStreams: isEventStream,
  statics: isStatic,
  slow: isSlow,
  preflights: (entry) => entry.method === 'OPTIONS' && entry.requestHeaders.has('access-control-request-method'),
  pages: (entry) => entry.mime.includes('html'),
  settingCookies: (entry) => entry.responseHeaders.has('set-cookie'),
  proxied: passedProxy,
  secured: (entry) => entry.security !== undefined,
  fromServiceWorker: (entry) => entry.fromCache === 'service-worker',
  overH1: (entry) => entry.protocol === 'h1' && entry.scheme === 'https',
  posts: (entry) => entry.method === 'POST' || entry.method === 'PUT' || entry.method === 'PATCH',
  sized: (entry) => entry.announcedBytes !== undefined && entry.method === 'GET' && entry.status === 200,
} satisfies Record<string, (entry: CaptureEntry) => boolean>

export type Buckets = Record<keyof typeof KINDS, readonly CaptureEntry[]>

export function sortIntoBuckets(entries: readonly CaptureEntry[]): Buckets {
  const buckets = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, [] as CaptureEntry[]]))
  const kinds = Object.entries(KINDS)
  for (const entry of entries) for (const [kind, test] of kinds) if (test(entry)) buckets[kind]?.push(entry)
  return buckets as { [Kind in keyof Buckets]: CaptureEntry[] }
}
