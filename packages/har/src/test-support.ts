import { analyse } from './analyse.ts'
import { readCapture } from './capture.ts'
import type { Finding } from './finding.ts'
import { sanitiseHarBytes } from './sanitise.ts'
import type { AnalyseOptions } from './scene.ts'
import type { JsonObject, JsonValue, SanitiseOptions, SanitiseReport } from './types.ts'

/** Made-up captures for the tests: small, valid HAR 1.2 unless a test wants them otherwise. */

export const KEY = new Uint8Array(16).fill(9)

export interface EntryParts {
  url?: string
  method?: string
  status?: number
  error?: string
  type?: string
  mime?: string
  body?: string
  requestHeaders?: Record<string, string>
  responseHeaders?: Record<string, string>
  postData?: JsonValue
  requestBytes?: number
  redirectURL?: string
  timings?: JsonObject
  time?: number
  startedDateTime?: string
  request?: JsonObject
  response?: JsonObject
  entry?: JsonObject
}

export function entry(parts: EntryParts = {}): JsonObject {
  const { time = 120.5, startedDateTime = '2026-11-24T10:15:30.123Z', type = 'fetch' } = parts
  return {
    startedDateTime,
    time,
    request: requestOf(parts),
    response: responseOf(parts),
    cache: {},
    timings: { blocked: 1, dns: -1, connect: -1, send: 0.2, wait: 100.3, receive: 19, ssl: -1, ...parts.timings },
    _resourceType: type,
    ...parts.entry,
  }
}

function requestOf(parts: EntryParts): JsonObject {
  const { method = 'GET', url = 'https://app.northlight.example/en/settings', requestBytes = 0 } = parts
  return {
    method,
    url,
    httpVersion: 'h2',
    headers: headers(parts.requestHeaders),
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: requestBytes,
    ...(parts.postData === undefined ? {} : { postData: parts.postData }),
    ...parts.request,
  }
}

function responseOf(parts: EntryParts): JsonObject {
  const { status = 200, mime = 'application/json', body = '{}', redirectURL = '' } = parts
  return {
    status,
    statusText: '',
    httpVersion: 'h2',
    headers: headers(parts.responseHeaders),
    cookies: [],
    content: { size: 2, mimeType: mime, text: body },
    redirectURL,
    headersSize: -1,
    bodySize: 2,
    ...(parts.error === undefined ? {} : { _error: parts.error }),
    ...parts.response,
  }
}

function headers(values: Record<string, string> | undefined): JsonValue {
  return Object.entries(values ?? {}).map(([name, value]) => ({ name, value }))
}

export function capture(entries: JsonValue[], log: JsonObject = {}): JsonObject {
  return { log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, pages: [], ...log, entries } }
}

export function page(parts: EntryParts = {}): JsonObject {
  return entry({ type: 'document', mime: 'text/html', body: '<!doctype html><title>x</title>', ...parts })
}

export interface Cleaned {
  text: string
  har: { log: JsonObject & { entries: JsonObject[] } }
  report: SanitiseReport
}

export async function clean(input: JsonObject | string | Uint8Array, options: SanitiseOptions = {}): Promise<Cleaned> {
  const text = typeof input === 'string' || input instanceof Uint8Array ? input : JSON.stringify(input)
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const result = await sanitiseHarBytes(bytes, { key: KEY, yieldEvery: 0, ...options })
  const out = new TextDecoder('utf-8', { fatal: true }).decode(result.bytes)
  return { text: out, har: JSON.parse(out), report: result.report }
}

export function findingsOf(entries: JsonValue[], options: AnalyseOptions = {}): Finding[] {
  return analyse(readCapture(JSON.stringify(capture(entries))), options).findings
}

export function findingOf(rule: string, entries: JsonValue[], options: AnalyseOptions = {}): Finding {
  const finding = findingsOf(entries, options).find((candidate) => candidate.rule === rule)
  if (finding === undefined) throw new Error(`no finding ${rule}`)
  return finding
}

/** Reads `response.content` of the first entry, and so on, without a cast at each step. */
export function at(value: JsonValue | undefined, ...keys: (string | number)[]): JsonValue | undefined {
  let current = value
  for (const key of keys) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as JsonObject)[key]
  }
  return current
}
