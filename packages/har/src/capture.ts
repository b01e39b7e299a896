import { findPlaceholders } from '@clew/redact'
import type { ByteSource } from './byte-source.ts'
import type { CaptureEntry } from './capture-entry.ts'
import { EntryScanner, type HarPart } from './entry-scanner.ts'
import { throwIfCancelled } from './errors.ts'
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
  /** Beyond the most that are read: counted, and not looked at. */
  entriesLeftOut: number
  /** True when a cookie, an authorization or, where there is neither, an address holds a placeholder of ours. */
  isSanitised: boolean
  /** True when there is no cookie and no authorization at all, as in a browser's own sanitised export. */
  lacksCredentials: boolean
  isTruncated: boolean
}

/** Reads what analysis and lists need of a capture, cleaned or not. Throws HarError when it is none. */
export function readCapture(input: Uint8Array | string): Capture {
  const collector = new CaptureCollector()
  collector.push(typeof input === 'string' ? new TextEncoder().encode(input) : input)
  return collector.end()
}

/** The same from a file that is read piece by piece, so that the whole of it is never in memory. */
export async function readCaptureOf(
  source: ByteSource,
  options: { signal?: AbortSignal | undefined; onProgress?: (bytesDone: number) => void } = {},
): Promise<Capture> {
  const collector = new CaptureCollector()
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    throwIfCancelled(options.signal)
    const end = Math.min(at + PIECE_BYTES, source.size)
    collector.push(await source.slice(at, end))
    options.onProgress?.(end)
  }
  return collector.end()
}

const PIECE_BYTES = 1 << 20

/** More are not held and looked at: a file of tiny ones would take all memory, and nobody reads so many. */
export const MAX_READ_ENTRIES = 50_000

/** Reads a capture while its pieces come by. */
export class CaptureCollector {
  readonly #scanner = new EntryScanner(DEFAULT_LIMITS)
  readonly #log: JsonObject = {}
  readonly #entries: CaptureEntry[] = []
  #index = 0
  #leftOut = 0

  push(piece: Uint8Array): void {
    for (const part of this.#scanner.push(piece)) {
      if (part.type === 'field') this.#log[part.name] = parsePart(part) ?? null
      if (part.type === 'entry') this.#addEntry(part)
    }
  }

  /** Throws HarError when it was no capture. */
  end(): Capture {
    this.#scanner.end()
    return {
      creator: productOf(this.#log['creator']),
      browser: productOf(this.#log['browser']),
      pages: listOf(this.#log['pages']).map(readPage),
      entries: this.#entries,
      entriesLeftOut: this.#leftOut,
      isSanitised: this.#entries.some(holdsPlaceholder),
      lacksCredentials: !this.#entries.some(holdsCredential),
      isTruncated: this.#scanner.isTruncated,
    }
  }

  #addEntry(part: Extract<HarPart, { type: 'entry' }>): void {
    if (this.#entries.length >= MAX_READ_ENTRIES) {
      this.#leftOut += 1
      return
    }
    const value = parsePart(part)
    const span = { start: part.start, end: part.start + part.bytes.length }
    if (isObject(value)) this.#entries.push(readEntry(value, { index: this.#index, span }))
    this.#index += 1
  }
}

const DECODER = new TextDecoder()

function parsePart(part: Extract<HarPart, { bytes: Uint8Array }>): JsonValue | undefined {
  return part.depth > MAX_DEPTH ? undefined : parseTolerantly(DECODER.decode(part.bytes))
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
