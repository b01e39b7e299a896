import { HarError } from './errors.ts'
import { joined } from './joined.ts'

/** A whole part of the file, still as bytes. */
export type HarPart =
  /** `start`: the byte of the file at which it begins. */
  | { type: 'entry'; bytes: Uint8Array; depth: number; start: number }
  | { type: 'field'; name: string; bytes: Uint8Array; depth: number }
  | { type: 'skipped'; code: 'entry.not_object' | 'entry.too_large' | 'field.too_large' }

export interface ScanLimits {
  entryBytes: number
  fieldBytes: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

/** Levels of the file: outside, in the root object, in `log`, in `entries`. */
const OUTSIDE = 0
const ROOT = 1
const LOG = 2
const ENTRIES = 3

type Capture = { what: 'key' | 'field' | 'entry' | 'nothing'; isString: boolean; base: number }

/**
 * Finds `log.entries[*]` and the other fields of `log` in a file that arrives in pieces. It knows strings and brackets
 * and nothing else of JSON, so memory is bounded by the largest part and damage in one entry does not spoil the next.
 */
export class EntryScanner {
  /** True when the file ended inside the root object. */
  isTruncated = false
  sawLog = false

  readonly #limits: ScanLimits
  #parts: HarPart[] = []
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0
  /** Where the chunk lies in the file. */
  #chunkStart = 0
  #chunkEnd = 0
  #level = OUTSIDE
  #depth = 0
  #deepest = 0
  #inString = false
  #isEscaped = false
  #capture: Capture | undefined
  #captureStart = 0
  #carried: Uint8Array[] = []
  #carriedBytes = 0
  #isOversized = false
  #key = ''
  #isValueNext = false
  #prefix = ''
  #hasStarted = false

  constructor(limits: ScanLimits) {
    this.#limits = limits
  }

  push(chunk: Uint8Array): HarPart[] {
    this.#parts = []
    this.#chunk = chunk
    this.#at = 0
    this.#captureStart = 0
    this.#chunkStart = this.#chunkEnd
    this.#chunkEnd += chunk.length
    while (this.#at < chunk.length) {
      if (this.#inString) this.#skipString()
      else if (this.#capture === undefined) this.#step()
      else this.#skipContainer()
    }
    if (this.#capture !== undefined) this.#carry(chunk.slice(this.#captureStart))
    return this.#parts
  }

  /** Call once after the last piece. Throws when the file was no HAR at all. */
  end(): void {
    if (!this.#hasStarted) {
      throw new HarError(this.#prefix.trim() === '' ? 'har.empty' : 'har.not_json')
    }
    if (!this.sawLog) throw new HarError(this.#isFinished() ? 'har.not_har' : 'har.not_json')
    this.isTruncated = !this.#isFinished()
  }

  #isFinished(): boolean {
    return this.#level === OUTSIDE && this.#capture === undefined
  }

  /** One character of the outer structure. */
  #step(): void {
    const code = this.#chunk[this.#at] ?? 0
    if (code <= 0x20) this.#at += 1
    else if (this.#level === OUTSIDE) this.#stepOutside(code)
    else if (this.#level === ENTRIES) this.#stepEntries(code)
    else this.#stepObject(code)
  }

  #stepOutside(code: number): void {
    this.#at += 1
    if (this.#hasStarted) return
    if (code === OPEN_BRACE) {
      if (!/^(?:\ufeff|\u00ef\u00bb\u00bf)?[\w$.]*\(?$/.test(this.#prefix)) throw new HarError('har.not_json')
      this.#level = ROOT
      this.#hasStarted = true
      return
    }
    this.#prefix += String.fromCharCode(code)
    if (this.#prefix.length > 200) throw new HarError('har.not_json')
  }

  #stepEntries(code: number): void {
    if (code === OPEN_BRACE) return this.#begin({ what: 'entry', isString: false, base: ENTRIES })
    if (code === QUOTE || code === OPEN_BRACKET) {
      this.#parts.push({ type: 'skipped', code: 'entry.not_object' })
      return this.#begin({ what: 'nothing', isString: code === QUOTE, base: ENTRIES })
    }
    if (code === CLOSE_BRACKET || code === CLOSE_BRACE) this.#level = LOG
    this.#at += 1
  }

  #stepObject(code: number): void {
    if (this.#isValueNext) return this.#beginValue(code)
    if (code === QUOTE) return this.#begin({ what: 'key', isString: true, base: this.#level })
    if (code === COLON) this.#isValueNext = true
    if (code === CLOSE_BRACE) this.#level -= 1
    this.#at += 1
  }

  #beginValue(code: number): void {
    this.#isValueNext = false
    if (code === COMMA || code === CLOSE_BRACE) return
    if (this.#level === ROOT) {
      if (this.#key === 'log' && code === OPEN_BRACE) {
        this.sawLog = true
        this.#level = LOG
        this.#at += 1
        return
      }
      return this.#beginPlain('nothing', code)
    }
    if (this.#key === 'entries') {
      if (code === OPEN_BRACKET) {
        this.#level = ENTRIES
        this.#at += 1
        return
      }
      return this.#beginPlain('nothing', code)
    }
    this.#beginPlain('field', code)
  }

  #beginPlain(what: 'field' | 'nothing', code: number): void {
    const isString = code === QUOTE
    // A number or a literal: harmless to lose at this level, and readers do without it.
    if (!isString && code !== OPEN_BRACE && code !== OPEN_BRACKET) {
      this.#at += 1
      return
    }
    this.#begin({ what, isString, base: this.#level })
  }

  #begin(capture: Capture): void {
    this.#capture = capture
    this.#captureStart = this.#at
    this.#carried = []
    this.#carriedBytes = 0
    this.#isOversized = false
    this.#depth = this.#deepest = capture.isString ? 0 : 1
    this.#inString = capture.isString
    this.#at += 1
  }

  #skipString(): void {
    const chunk = this.#chunk
    let from = this.#at
    if (this.#isEscaped) {
      this.#isEscaped = false
      from += 1
    }
    for (;;) {
      const quote = nextQuote(chunk, from)
      const stop = quote < 0 ? chunk.length : quote
      let slashes = 0
      while (stop - slashes - 1 >= from && chunk[stop - slashes - 1] === BACKSLASH) slashes += 1
      if (quote < 0) {
        this.#isEscaped = slashes % 2 === 1
        this.#at = chunk.length
        return
      }
      from = quote + 1
      if (slashes % 2 === 0) break
    }
    this.#at = from
    this.#inString = false
    if (this.#capture?.isString === true) this.#finish()
  }

  #skipContainer(): void {
    const chunk = this.#chunk
    const length = chunk.length
    let at = this.#at
    while (at < length) {
      const code = chunk[at]
      at += 1
      if (code === QUOTE) {
        this.#at = at
        this.#inString = true
        this.#skipString()
        at = this.#at
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        this.#depth += 1
        if (this.#depth > this.#deepest) this.#deepest = this.#depth
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        this.#depth -= 1
        if (this.#depth > 0) continue
        this.#at = at
        this.#finish()
        return
      }
    }
    this.#at = at
  }

  #carry(bytes: Uint8Array): void {
    const what = this.#capture?.what
    if (what === 'nothing' || this.#isOversized) return
    this.#carriedBytes += bytes.length
    const limit = what === 'entry' ? this.#limits.entryBytes : this.#limits.fieldBytes
    if (this.#carriedBytes > limit) {
      this.#isOversized = true
      this.#carried = []
    } else {
      this.#carried.push(bytes)
    }
  }

  #finish(): void {
    const what = this.#capture?.what
    this.#capture = undefined
    if (what === undefined || what === 'nothing') return
    const last = this.#chunk.subarray(this.#captureStart, this.#at)
    const isTooLong =
      this.#carriedBytes + last.length > (what === 'entry' ? this.#limits.entryBytes : this.#limits.fieldBytes)
    if (this.#isOversized || isTooLong) {
      if (what !== 'key') this.#parts.push({ type: 'skipped', code: `${what}.too_large` })
      this.#key = ''
      return
    }
    const bytes = this.#carried.length === 0 ? last : joined([...this.#carried, last])
    this.#carried = []
    if (what === 'key') this.#key = decodeKey(bytes)
    else if (what === 'entry')
      this.#parts.push({
        type: 'entry',
        bytes,
        depth: this.#deepest,
        start: this.#chunkStart + this.#at - bytes.length,
      })
    else this.#parts.push({ type: 'field', name: this.#key, bytes, depth: this.#deepest })
  }
}

/** Most strings are short and a call costs more than a few steps; in a long one the search is far faster. */
function nextQuote(chunk: Uint8Array, from: number): number {
  const near = Math.min(from + 40, chunk.length)
  for (let i = from; i < near; i += 1) if (chunk[i] === QUOTE) return i
  return near === chunk.length ? -1 : chunk.indexOf(QUOTE, near)
}

/** A key that is no valid JSON string names nothing that we know. */
function decodeKey(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  if (!text.includes('\\')) return text.slice(1, -1)
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
