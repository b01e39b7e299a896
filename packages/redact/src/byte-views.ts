import { decodeEntities, decodeUtf8 } from './encodings.ts'
import { MULTIPLIER_A, MULTIPLIER_B } from './needle-index.ts'

/**
 * What UTF-8 text says once it is decoded: percent-escapes undone up to three times, runs of hex and of base64 read as such. The same
 * as `decodedViews`, without a string in between: the last check of a sanitiser reads every kept character this way.
 */
export type ByteTest = (bytes: Uint8Array, from: number, to: number) => boolean

/**
 * Looks through the decoded views of one text after another: true as soon as one passes the test, which has to say the same of the
 * same bytes each time. A view is good only during the test.
 */
export function createViewSearch(test: ByteTest): (bytes: Uint8Array) => boolean {
  const ofPercent = percentTest(test)
  const ofEntities = entityTest(test)
  const runs = new RunSearch(test)
  return (bytes) =>
    somePart(bytes, PERCENT, ofPercent) ||
    somePart(bytes, AMPERSAND, ofEntities) ||
    (hasNestedEscapes(bytes) && someWhole(withoutBackslashes(bytes), test)) ||
    runs.some(bytes)
}

function someWhole(plain: Uint8Array, test: ByteTest): boolean {
  return test(plain, 0, plain.length)
}

const PERCENT = 0x25
const QUOTE = 0x22
const AMPERSAND = 0x26
const BACKSLASH = 0x5c
const SEMICOLON = 0x3b
const SMALL_U = 0x75
const SMALL_X = 0x78

/** Hands over each stretch between two quotes that holds the mark. */
function somePart(bytes: Uint8Array, mark: number, test: (part: Uint8Array) => boolean): boolean {
  for (let at = bytes.indexOf(mark); at >= 0; ) {
    const start = bytes.lastIndexOf(QUOTE, at) + 1
    const quote = bytes.indexOf(QUOTE, at)
    const end = quote < 0 ? bytes.length : quote
    if (test(bytes.subarray(start, end))) return true
    at = bytes.indexOf(mark, end)
  }
  return false
}

function percentTest(test: ByteTest): (part: Uint8Array) => boolean {
  return (part) => {
    let plain = unescaped(part)
    for (let times = 1; plain !== undefined; times += 1) {
      if (test(plain, 0, plain.length)) return true
      plain = times < 3 ? unescaped(plain) : undefined
    }
    return false
  }
}

/** Entities are rare in what is kept: they are undone as text. */
function entityTest(test: ByteTest): (part: Uint8Array) => boolean {
  return (part) => {
    if (part.indexOf(SEMICOLON) < 0) return false
    const text = decodeUtf8(part)
    const plain = decodeEntities(text)
    if (plain === text) return false
    const bytes = encoder.encode(plain)
    return test(bytes, 0, bytes.length)
  }
}

const encoder = new TextEncoder()

/** `\u0041`, `\x41`, or the backslash of JSON inside JSON. */
function hasNestedEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(BACKSLASH); at >= 0; at = nextBackslash(bytes, at + 2)) {
    const next = bytes[at + 1]
    if (next === BACKSLASH || next === SMALL_U || next === SMALL_X) return true
  }
  return false
}

/** In JSON inside JSON the next one is near, and a call costs more than a few steps. */
function nextBackslash(bytes: Uint8Array, from: number): number {
  const near = Math.min(from + 60, bytes.length)
  for (let i = from; i < near; i += 1) if (bytes[i] === BACKSLASH) return i
  return near === bytes.length ? -1 : bytes.indexOf(BACKSLASH, near)
}

const CONTROLS = new Map([...'nrtbf'].map((letter, i) => [letter.charCodeAt(0), '\n\r\t\b\f'.charCodeAt(i)]))

/** However deep JSON is nested in JSON: a row of backslashes says no more than one. */
function withoutBackslashes(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length)
  let length = 0
  let isAmongBytes = false
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] !== BACKSLASH) {
      isAmongBytes = false
      out[length] = bytes[i] ?? 0
      length += 1
      continue
    }
    while (bytes[i] === BACKSLASH) i += 1
    const { code, digits } = escapedAt(bytes, i)
    const isByte = digits === 2 && code >= 128
    i += digits
    isAmongBytes = isByte && (isAmongBytes || isByteNext(bytes, i + 1))
    for (const byte of code < 128 || isAmongBytes ? [code] : encoder.encode(String.fromCodePoint(code))) {
      out[length] = byte
      length += 1
    }
  }
  return out.subarray(0, length)
}

/** `\xce\xa0` is one character in UTF-8, `\xe9` alone is one by its number. */
function isByteNext(bytes: Uint8Array, from: number): boolean {
  let at = from
  while (bytes[at] === BACKSLASH) at += 1
  return at > from && bytes[at] === SMALL_X
}

/** What the letter after a backslash stands for, and how many digits belong to it. */
function escapedAt(bytes: Uint8Array, at: number): { code: number; digits: number } {
  const letter = bytes[at] ?? 0
  if (letter === SMALL_U && bytes[at + 1] === 0x7b) return bracedAt(bytes, at)
  const digits = letter === SMALL_U ? 4 : letter === SMALL_X ? 2 : 0
  const code = digits === 0 ? -1 : hexNumber(bytes, at + 1, digits)
  return code < 0 ? { code: CONTROLS.get(letter) ?? letter, digits: 0 } : { code, digits }
}

/** `u{3a0}` */
function bracedAt(bytes: Uint8Array, at: number): { code: number; digits: number } {
  const end = bytes.subarray(0, at + 9).indexOf(0x7d, at + 2)
  const code = end < 0 ? -1 : hexNumber(bytes, at + 2, end - at - 2)
  return code < 0 || code > 0x10ffff ? { code: SMALL_U, digits: 0 } : { code, digits: end - at }
}

/** -1 when it is none. */
function hexNumber(bytes: Uint8Array, from: number, digits: number): number {
  let value = 0
  for (let i = from; i < from + digits; i += 1) {
    const digit = hexValue(bytes[i])
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

/** Undefined when nothing is escaped. */
function unescaped(bytes: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(bytes.length)
  let length = 0
  for (let i = 0; i < bytes.length; i += 1) {
    const code = bytes[i] ?? 0
    const unicode = code === PERCENT && bytes[i + 1] === SMALL_U ? hexNumber(bytes, i + 2, 4) : -1
    if (unicode >= 0) {
      for (const byte of encoder.encode(String.fromCharCode(unicode))) {
        out[length] = byte
        length += 1
      }
      i += 5
      continue
    }
    const high = code === PERCENT ? hexValue(bytes[i + 1]) : -1
    const low = high < 0 ? -1 : hexValue(bytes[i + 2])
    if (low >= 0) i += 2
    out[length] = low < 0 ? code : high * 16 + low
    length += 1
  }
  return length === bytes.length ? undefined : out.subarray(0, length)
}

const LOWER = 64
const UPPER = 128
const HEX = 256
const RUN = 512

/** For each byte: its six bits in base64 of either alphabet, and what kind of character it is. */
const KINDS = kinds()

function kinds(): Uint16Array {
  const table = new Uint16Array(256)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  for (let i = 0; i < 64; i += 1) {
    const char = alphabet.charAt(i)
    const kind = (i < 26 ? UPPER : i < 52 ? LOWER : 0) | (/[0-9a-fA-F]/.test(char) ? HEX : 0)
    table[char.charCodeAt(0)] = RUN | kind | i
  }
  table[0x2d] = RUN | 62
  table[0x5f] = RUN | 63
  return table
}

function hexValue(byte: number | undefined): number {
  const kind = KINDS[byte ?? 0] ?? 0
  if ((kind & HEX) === 0) return -1
  const sextet = kind & 63
  return sextet >= 52 ? sextet - 52 : sextet >= 26 ? sextet - 16 : sextet + 10
}

const MIN_RUN = 12
const SCRATCH_BYTES = 1 << 16
const scratch = new Uint8Array(SCRATCH_BYTES)

const REMEMBERED_RUNS = 1 << 14

/** The same words, names and ids come in one entry after another: a run in which nothing was found is not read again. */
class RunSearch {
  readonly #test: ByteTest
  /** Of runs without a find, 64 bits each; two that differ have the same as good as never. */
  readonly #prints = new Int32Array(REMEMBERED_RUNS * 2)

  constructor(test: ByteTest) {
    this.#test = test
  }

  /** A run of twelve cannot hide between looks at every twelfth byte. */
  some(bytes: Uint8Array): boolean {
    for (let i = MIN_RUN - 1; i < bytes.length; ) {
      if (!isInRun(bytes, i)) {
        i += MIN_RUN
        continue
      }
      let start = i
      while (start > 0 && isInRun(bytes, start - 1)) start -= 1
      let end = i + 1
      while (end < bytes.length && isInRun(bytes, end)) end += 1
      if (end - start >= MIN_RUN && this.#isFoundIn(bytes, start, end)) return true
      i = end + MIN_RUN
    }
    return false
  }

  #isFoundIn(bytes: Uint8Array, start: number, end: number): boolean {
    let kinds = 0
    let a = end - start
    let b = 0
    for (let i = start; i < end; i += 1) {
      const byte = bytes[i] ?? 0
      kinds |= KINDS[byte] ?? 0
      a = (Math.imul(a, MULTIPLIER_A) + byte) | 0
      b = (Math.imul(b, MULTIPLIER_B) ^ byte) | 0
    }
    const slot = ((a ^ (b >>> 13)) & (REMEMBERED_RUNS - 1)) * 2
    if (this.#prints[slot] === a && this.#prints[slot + 1] === b) return false
    if (someReading(bytes.subarray(start, end), kinds, this.#test)) return true
    this.#prints[slot] = a
    this.#prints[slot + 1] = b
    return false
  }
}

function isInRun(bytes: Uint8Array, at: number): boolean {
  return ((KINDS[bytes[at] ?? 0] ?? 0) & RUN) !== 0
}

/** `kinds` are those of all its characters. */
function someReading(run: Uint8Array, kinds: number, test: ByteTest): boolean {
  const room = run.length <= SCRATCH_BYTES ? scratch : new Uint8Array(run.length)
  if ((kinds & HEX) !== 0 && someHex(run, room, test)) return true
  // Base64 of anything has both cases; words of a path or a header do not.
  if ((kinds & LOWER) === 0 || (kinds & UPPER) === 0) return false
  for (let offset = 0; offset < 4; offset += 1) {
    if (test(room, 0, decodeRun(run, offset, room))) return true
  }
  return false
}

function decodeRun(run: Uint8Array, offset: number, room: Uint8Array): number {
  let bits = 0
  let value = 0
  let length = 0
  for (let i = offset; i < run.length; i += 1) {
    value = ((value << 6) | ((KINDS[run[i] ?? 0] ?? 0) & 63)) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    room[length] = (value >> bits) & 0xff
    length += 1
  }
  return length
}

/** Hex may have other characters of a run around it, as in `sess_68656c6c6f`. */
function someHex(run: Uint8Array, room: Uint8Array, test: ByteTest): boolean {
  for (let start = 0; start < run.length; ) {
    let end = start
    while (end < run.length && hexValue(run[end]) >= 0) end += 1
    if (end - start >= MIN_RUN) {
      for (const from of [start, start + 1]) {
        let length = 0
        for (let i = from; i + 1 < end; i += 2) {
          room[length] = hexValue(run[i]) * 16 + hexValue(run[i + 1])
          length += 1
        }
        if (test(room, 0, length)) return true
      }
    }
    start = end + 1
  }
  return false
}
