import type { EntryEvidence } from './body-evidence.ts'
import type { RequestId, ServerError } from './evidence.ts'

/** By lower-case name; a header that comes several times is joined with `, `, `set-cookie` with a line break. */
export type HeaderMap = ReadonlyMap<string, string>

export interface CaptureTimings {
  blocked: number | undefined
  dns: number | undefined
  /** Contains `ssl`. */
  connect: number | undefined
  ssl: number | undefined
  send: number | undefined
  wait: number | undefined
  receive: number | undefined
  /** Parts of `blocked` that Chrome tells: waiting for a free connection, and for the proxy. */
  queueing: number | undefined
  proxy: number | undefined
}

export type HttpProtocol = '' | 'h1' | 'h2' | 'h3'

/** Where an answer came from when not from the network. */
export type CacheSource = '' | 'memory' | 'disk' | 'service-worker' | 'push' | 'prefetch'

export interface Initiator {
  type: string
  url: string
  line: number | undefined
}

export interface SecurityDetails {
  protocol: string
  subject: string
  issuer: string
  /** Seconds since the epoch. */
  validFrom: number | undefined
  validTo: number | undefined
}

export interface CaptureEntry {
  index: number
  /** Where the entry stands in the file, in bytes, for `readEntryDetails`. */
  span: { start: number; end: number } | undefined
  /** Milliseconds since the epoch; undefined when the file has no readable time. */
  startedAt: number | undefined
  /** The same as the file says it, with its zone. */
  startedDateTime: string
  durationMs: number | undefined
  pageRef: string
  method: string
  url: string
  scheme: string
  host: string
  path: string
  /** 0 when there was no answer. */
  status: number
  /** False when the file speaks of no answer at all, as tools write what they have not sent yet. */
  hasResponse: boolean
  statusText: string
  /** As the file says it. */
  httpVersion: string
  protocol: HttpProtocol
  mime: string
  resourceType: string
  priority: string
  initiator: Initiator | undefined
  fromCache: CacheSource
  /** What the browser says went wrong, e.g. `net::ERR_ABORTED`; empty when it says nothing. */
  networkError: string
  requestHeaders: HeaderMap
  responseHeaders: HeaderMap
  requestMime: string
  requestBytes: number | undefined
  responseBytes: number | undefined
  /** Of the body as the answer announces it (content-length). */
  announcedBytes: number | undefined
  /** Of the body when decoded. */
  contentBytes: number | undefined
  /** Head and body as they went over the wire. */
  transferBytes: number | undefined
  hasBody: boolean
  redirectUrl: string
  serverAddress: string
  connection: string
  security: SecurityDetails | undefined
  timings: CaptureTimings
  requestIds: RequestId[]
  /** What the answer's body says about an error. */
  error: ServerError | undefined
  /** What the bodies and messages show, for the rules. */
  evidence: EntryEvidence
}
