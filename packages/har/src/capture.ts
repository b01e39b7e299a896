import { findPlaceholders } from '@clew/redact'
import { EntryScanner } from './entry-scanner.ts'
import { type RequestId, readError, readRequestIds, type ServerError } from './evidence.ts'
import { DEFAULT_LIMITS } from './split-har.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

export type HeaderMap = ReadonlyMap<string, string>

export interface CaptureTimings {
  blocked: number | undefined
  dns: number | undefined
  connect: number | undefined
  ssl: number | undefined
  send: number | undefined
  wait: number | undefined
  receive: number | undefined
}

export interface CaptureEntry {
  index: number
  /** Milliseconds since the epoch; undefined when the file has no readable time. */
  startedAt: number | undefined
  /** The same as the file says it, with its zone. */
  startedDateTime: string
  durationMs: number | undefined
  method: string
  url: string
  scheme: string
  host: string
  path: string
  /** 0 when there was no answer. */
  status: number
  statusText: string
  httpVersion: string
  mime: string
  resourceType: string
  /** What the browser says went wrong, e.g. `net::ERR_ABORTED`; empty when it says nothing. */
  networkError: string
  requestHeaders: HeaderMap
  responseHeaders: HeaderMap
  requestMime: string
  requestBytes: number | undefined
  responseBytes: number | undefined
  hasBody: boolean
  redirectUrl: string
  serverAddress: string
  timings: CaptureTimings
  requestIds: RequestId[]
  /** What the answer's body says about an error. */
  error: ServerError | undefined
}

export interface Capture {
  creator: string
  browser: string
  pages: { id: string; title: string }[]
  entries: CaptureEntry[]
  /** True when a cookie, an authorization or, where there is neither, an address holds a placeholder of ours. */
  isSanitised: boolean
  isTruncated: boolean
}

/** Reads what analysis and lists need of a capture, cleaned or not. Throws HarError when it is none. */
export function readCapture(input: Uint8Array | string): Capture {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const scanner = new EntryScanner(DEFAULT_LIMITS)
  const parts = scanner.push(bytes)
  scanner.end()
  const decoder = new TextDecoder()
  const log: JsonObject = {}
  const entries: CaptureEntry[] = []
  let index = 0
  for (const part of parts) {
    if (part.type === 'field')
      log[part.name] = part.depth > MAX_DEPTH ? null : (parseTolerantly(decoder.decode(part.bytes)) ?? null)
    if (part.type !== 'entry') continue
    const value = part.depth > MAX_DEPTH ? undefined : parseTolerantly(decoder.decode(part.bytes))
    if (isObject(value)) entries.push(readEntry(value, index))
    index += 1
  }
  return {
    creator: productOf(log['creator']),
    browser: productOf(log['browser']),
    pages: listOf(log['pages']).map((page) => ({ id: textOf(page['id']), title: textOf(page['title']) })),
    entries,
    isSanitised: entries.some(holdsPlaceholder),
    isTruncated: scanner.isTruncated,
  }
}

const SECRET_HEADERS = ['cookie', 'authorization', 'proxy-authorization']

function holdsPlaceholder(entry: CaptureEntry): boolean {
  const secrets = SECRET_HEADERS.flatMap((name) => entry.requestHeaders.get(name) ?? [])
  return (secrets.length > 0 ? secrets : [entry.url]).some((text) => findPlaceholders(text).length > 0)
}

function readEntry(entry: JsonObject, index: number): CaptureEntry {
  const request = objectOf(entry['request'])
  const response = objectOf(entry['response'])
  const content = objectOf(response['content'])
  const postData = objectOf(request['postData'])
  const url = textOf(request['url'])
  const responseHeaders = headersOf(response['headers'])
  const requestHeaders = headersOf(request['headers'])
  const status = Math.trunc(numberOf(response['status']) ?? 0)
  const started = Date.parse(textOf(entry['startedDateTime']))
  return {
    index,
    startedAt: Number.isNaN(started) ? undefined : started,
    startedDateTime: textOf(entry['startedDateTime']),
    durationMs: positive(numberOf(entry['time'])),
    method: textOf(request['method']).toUpperCase(),
    url,
    ...addressOf(url),
    status: Math.max(0, status),
    statusText: textOf(response['statusText']),
    httpVersion: firstText(response['httpVersion'], request['httpVersion']),
    mime: firstText(content['mimeType'], responseHeaders.get('content-type')).toLowerCase(),
    resourceType: textOf(entry['_resourceType']).toLowerCase(),
    networkError: firstText(response['_error'], entry['_error']),
    requestHeaders,
    responseHeaders,
    requestMime: firstText(postData['mimeType'], requestHeaders.get('content-type')).toLowerCase(),
    requestBytes: requestBytesOf(request, requestHeaders),
    responseBytes: positive(numberOf(response['bodySize'])) ?? positive(numberOf(content['size'])),
    hasBody: textOf(content['text']) !== '',
    redirectUrl: firstText(response['redirectURL'], responseHeaders.get('location')),
    serverAddress: textOf(entry['serverIPAddress']),
    timings: timingsOf(objectOf(entry['timings'])),
    requestIds: readRequestIds(responseHeaders, requestHeaders, status >= 400 ? textOf(content['text']) : ''),
    error: status >= 400 ? readError(textOf(content['text'])) : undefined,
  }
}

function requestBytesOf(request: JsonObject, headers: HeaderMap): number | undefined {
  const declared = numberOf(headers.get('content-length') ?? null) ?? numberOf(headers.get('upload-length') ?? null)
  const sent = positive(numberOf(request['bodySize']))
  return declared === undefined ? sent : Math.max(declared, sent ?? 0)
}

function addressOf(url: string): { scheme: string; host: string; path: string } {
  const match = /^([a-z][a-z0-9+.-]{0,30}):\/\/(?:[^/?#@]{0,512}@)?([^/?#]{0,512})([^?#]*)/i.exec(url)
  if (match === null) return { scheme: '', host: '', path: url.split(/[?#]/, 1)[0] ?? '' }
  return { scheme: (match[1] ?? '').toLowerCase(), host: (match[2] ?? '').toLowerCase(), path: match[3] || '/' }
}

function headersOf(value: JsonValue | undefined): HeaderMap {
  const map = new Map<string, string>()
  for (const header of listOf(value)) {
    const name = textOf(header['name']).toLowerCase()
    const text = textOf(header['value'])
    const before = map.get(name)
    map.set(name, before === undefined ? text : `${before}, ${text}`)
  }
  return map
}

function timingsOf(timings: JsonObject): CaptureTimings {
  const phase = (name: string): number | undefined => positive(numberOf(timings[name]))
  return {
    blocked: phase('blocked'),
    dns: phase('dns'),
    connect: phase('connect'),
    ssl: phase('ssl'),
    send: phase('send'),
    wait: phase('wait'),
    receive: phase('receive'),
  }
}

function productOf(value: JsonValue | undefined): string {
  const product = objectOf(value)
  return `${textOf(product['name'])} ${textOf(product['version'])}`.trim()
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function listOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function firstText(first: JsonValue | undefined, second: JsonValue | undefined): string {
  return textOf(first) || textOf(second)
}

/** Exporters write numbers as strings, as null and as NaN. */
function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^\s*-?\d/.test(value)) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** -1 means "does not apply". */
function positive(value: number | undefined): number | undefined {
  return value === undefined || value < 0 ? undefined : value
}
