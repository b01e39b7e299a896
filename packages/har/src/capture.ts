import { findPlaceholders } from '@clew/redact'
import type { CaptureEntry } from './capture-entry.ts'
import { EntryScanner, type HarPart } from './entry-scanner.ts'
import { readEntry } from './read-entry.ts'
import { amountOf, listOf, objectOf, textOf } from './read-values.ts'
import { DEFAULT_LIMITS } from './split-har.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

export type {
  CacheSource,
  CaptureEntry,
  CaptureTimings,
  HttpProtocol,
  Initiator,
  SecurityDetails,
} from './capture-entry.ts'

export interface CapturePage {
  id: string
  title: string
  startedDateTime: string
  onContentLoadMs: number | undefined
  onLoadMs: number | undefined
}

export interface Capture {
  creator: string
  browser: string
  pages: CapturePage[]
  entries: CaptureEntry[]
  /** True when a cookie, an authorization or, where there is neither, an address holds a placeholder of ours. */
  isSanitised: boolean
  /** True when there is no cookie and no authorization at all, as in a browser's own sanitised export. */
  lacksCredentials: boolean
  isTruncated: boolean
}

/** Reads what analysis and lists need of a capture, cleaned or not. Throws HarError when it is none. */
export function readCapture(input: Uint8Array | string): Capture {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const scanner = new EntryScanner(DEFAULT_LIMITS)
  const parts = scanner.push(bytes)
  scanner.end()
  const log: JsonObject = {}
  const entries: CaptureEntry[] = []
  let index = 0
  for (const part of parts) {
    if (part.type === 'field') log[part.name] = parsePart(part) ?? null
    if (part.type !== 'entry') continue
    const value = parsePart(part)
    if (isObject(value)) entries.push(readEntry(value, { index, span: spanOf(part.bytes, bytes) }))
    index += 1
  }
  return {
    creator: productOf(log['creator']),
    browser: productOf(log['browser']),
    pages: listOf(log['pages']).map(readPage),
    entries,
    isSanitised: entries.some(holdsPlaceholder),
    lacksCredentials: !entries.some(holdsCredential),
    isTruncated: scanner.isTruncated,
  }
}

const DECODER = new TextDecoder()

function parsePart(part: Extract<HarPart, { bytes: Uint8Array }>): JsonValue | undefined {
  return part.depth > MAX_DEPTH ? undefined : parseTolerantly(DECODER.decode(part.bytes))
}

function spanOf(part: Uint8Array, file: Uint8Array): CaptureEntry['span'] {
  if (part.buffer !== file.buffer) return undefined
  const start = part.byteOffset - file.byteOffset
  return { start, end: start + part.length }
}

function readPage(page: JsonObject): CapturePage {
  const timings = objectOf(page['pageTimings'])
  return {
    id: textOf(page['id']),
    title: textOf(page['title']),
    startedDateTime: textOf(page['startedDateTime']),
    onContentLoadMs: amountOf(timings['onContentLoad']),
    onLoadMs: amountOf(timings['onLoad']),
  }
}

const SECRET_HEADERS = ['cookie', 'authorization', 'proxy-authorization']

function holdsPlaceholder(entry: CaptureEntry): boolean {
  const secrets = SECRET_HEADERS.flatMap((name) => entry.requestHeaders.get(name) ?? [])
  return (secrets.length > 0 ? secrets : [entry.url]).some((text) => findPlaceholders(text).length > 0)
}

function holdsCredential({ requestHeaders, responseHeaders, evidence }: CaptureEntry): boolean {
  return (
    SECRET_HEADERS.some((name) => requestHeaders.has(name)) ||
    responseHeaders.has('set-cookie') ||
    evidence.cookiesSent.length > 0 ||
    evidence.cookiesSet.length > 0
  )
}

function productOf(value: JsonValue | undefined): string {
  const product = objectOf(value)
  return `${textOf(product['name'])} ${textOf(product['version'])}`.trim()
}
