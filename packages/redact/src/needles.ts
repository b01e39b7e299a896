import { type Codes, codesOf } from './codes.ts'
import {
  CASE_BIT,
  GRAM,
  isCheckpoint,
  LONGEST_WORD,
  lowerCode,
  MIN_NEEDLE,
  MIXER,
  MULTIPLIER_A,
  MULTIPLIER_B,
  mixedGram,
  NeedleIndex,
  PREFIX,
  STRIDE,
  WINDOW_MASK,
} from './needle-index.ts'

/**
 * Finds any of many strings in a text in one pass, whatever the letters' case (ASCII).
 *
 * A rolling hash over six characters and a bit table skip what cannot match; where a needle may start, the lengths that begin
 * so are tried by fingerprint. The needles themselves are not kept: a few hundred thousand take a few megabytes.
 */
export interface NeedleFinder {
  readonly size: number
  /** The first needle: the longest of those that start at the same place. `needle` is in lower case. */
  find(text: string, spares?: Sparing): FoundNeedle | undefined
  /** Every needle from left to right, without overlaps. */
  findAll(text: string, spares?: Sparing): FoundNeedle[]
  /** True when UTF-8 bytes hold one. */
  isIn(bytes: Uint8Array, from?: number, to?: number): boolean
  /** How many characters were looked at beyond the one pass: what a test counts to see that the work stays linear. */
  readonly steps: number
}

export interface FoundNeedle {
  start: number
  end: number
  needle: string
}

/** True for what is found but may stay: the search goes on behind its first character. */
export type Sparing = (found: FoundNeedle) => boolean

/**
 * How many steps beyond the one pass a text may cost for each of its characters, and to begin with. Only a text made to
 * resemble many needles everywhere comes near; what is left of it then counts as found.
 */
const STEPS_PER_CHARACTER = 64
const FREE_STEPS = 1 << 18

/**
 * A needle is a text, or the codes of one that is ASCII: the finder has read them when it asks for the next. Codes are the binary
 * form of something and may be a part of a longer one; a short plain word counts only as a whole word.
 */
export function createNeedleFinder(needles: Iterable<string | Uint8Array>): NeedleFinder {
  const index = new NeedleIndex()
  for (const needle of needles) index.add(needle)
  return new Finder(index)
}

class Finder implements NeedleFinder {
  readonly size: number
  steps = 0
  readonly #index: NeedleIndex
  readonly #bits: Int32Array
  readonly #shift: number
  readonly #gramBits: Int32Array
  readonly #gramShift: number
  /** Where the needle found last starts. */
  #start = 0
  #stepsBefore = 0
  /** The fingerprint of what was read of a needle that may start somewhere, and how much that is. */
  #a = 0
  #b = 0
  #read = 0

  constructor(index: NeedleIndex) {
    this.size = index.size
    this.#index = index
    this.#bits = index.startBits()
    this.#shift = 32 - Math.log2(this.#bits.length)
    this.#gramBits = index.gramBits()
    this.#gramShift = 32 - Math.log2(this.#gramBits.length)
  }

  find(text: string, spares?: Sparing): FoundNeedle | undefined {
    return this.#collect(text, 1, spares)[0]
  }

  findAll(text: string, spares?: Sparing): FoundNeedle[] {
    return this.#collect(text, Number.POSITIVE_INFINITY, spares)
  }

  isIn(bytes: Uint8Array, from = 0, to = bytes.length): boolean {
    this.#stepsBefore = this.steps
    return this.size > 0 && this.#isNear(bytes, from, to)
  }

  /**
   * Looks at every third place whether four characters of the beginning of a needle stand there: of the first six of any needle,
   * such four begin at one of three places in a row. The loop reads everything that is kept: it is written for speed.
   */
  #isNear(bytes: Uint8Array, from: number, to: number): boolean {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const bits = this.#gramBits
    const shift = this.#gramShift
    const last = to - GRAM
    for (let i = from; i <= last; i += STRIDE) {
      const mixed = mixedGram(view.getUint32(i, true))
      const word = bits[mixed >>> shift] ?? 0
      if ((word & (1 << mixed)) === 0 || (word & (1 << (mixed >>> 5))) === 0) continue
      for (let start = Math.max(from, i - STRIDE + 1); start <= i; start += 1)
        if (this.#startsAt(bytes, start, to)) return true
    }
    return false
  }

  #startsAt(bytes: Uint8Array, start: number, to: number): boolean {
    if (start + MIN_NEEDLE > to) return false
    let hash = 0
    for (let i = start; i < start + MIN_NEEDLE; i += 1)
      hash = ((hash << 5) ^ ((bytes[i] ?? 0) | CASE_BIT)) & WINDOW_MASK
    return this.#mayStart(hash) && this.#longestAt(bytes, start, { to, hash }) > 0
  }

  #mayStart(hash: number): boolean {
    const mixed = Math.imul(hash, MIXER)
    const word = this.#bits[mixed >>> this.#shift] ?? 0
    return (word & (1 << mixed)) !== 0 && (word & (1 << (mixed >> 5))) !== 0
  }

  #collect(text: string, most: number, spares: Sparing | undefined): FoundNeedle[] {
    const found: FoundNeedle[] = []
    if (this.size === 0 || text.length < MIN_NEEDLE) return found
    const codes = codesOf(text)
    this.#stepsBefore = this.steps
    for (let from = 0; found.length < most; ) {
      const end = this.#search(codes, from, text.length)
      if (end === 0) break
      const hit = { start: this.#start, end, needle: lower(text.slice(this.#start, end)) }
      const isSpared = spares !== undefined && spares(hit)
      from = isSpared ? hit.start + 1 : end
      if (!isSpared) found.push(hit)
    }
    return found
  }

  /** Where the first needle ends, 0 when there is none. The loop reads everything that is kept: it is written for speed. */
  #search(codes: Codes, from: number, to: number): number {
    if (this.size === 0) return 0
    const bits = this.#bits
    const shift = this.#shift
    let hash = 0
    for (let i = from; i < to; i += 1) {
      hash = ((hash << 5) ^ ((codes[i] ?? 0) | CASE_BIT)) & WINDOW_MASK
      const mixed = Math.imul(hash, MIXER)
      const word = bits[mixed >>> shift] ?? 0
      if ((word & (1 << mixed)) === 0 || (word & (1 << (mixed >> 5))) === 0) continue
      const start = i - MIN_NEEDLE + 1
      if (start < from) continue
      const end = this.#longestAt(codes, start, { to, hash })
      if (end === 0) continue
      this.#start = start
      return end
    }
    return 0
  }

  /** Where the longest needle that starts here ends; 0 when none does. */
  #longestAt(codes: Codes, start: number, { to, hash }: { to: number; hash: number }): number {
    if (!this.#index.mayGoOn(codes, start, { to, hash })) return 0
    const lengths = this.#index.lengthsOf(hash)
    let end = 0
    this.#read = this.#a = this.#b = 0
    for (const length of lengths) {
      if (start + length > to || !this.#readOn(codes, start, length)) break
      if (this.#index.has(this.#a, this.#b) && this.#mayEnd(codes.subarray(0, to), start, start + length))
        end = start + length
    }
    this.steps += this.#read + lengths.length
    const isTooMuch = this.steps - this.#stepsBefore > FREE_STEPS + STEPS_PER_CHARACTER * start
    return isTooMuch ? to : end
  }

  /** Takes the fingerprint up to a length. False when no long needle begins as this text does. */
  #readOn(codes: Codes, start: number, length: number): boolean {
    let a = this.#a
    let b = this.#b
    let read = this.#read
    let isAlive = true
    for (; read < length && isAlive; read += 1) {
      if (isCheckpoint(read) && !this.#index.has(a ^ PREFIX, b)) isAlive = false
      const code = lowerCode(codes[start + read] ?? 0)
      a = (Math.imul(a, MULTIPLIER_A) + code) | 0
      b = (Math.imul(b, MULTIPLIER_B) ^ code) | 0
    }
    this.#a = a
    this.#b = b
    this.#read = read
    return isAlive
  }

  #mayEnd(codes: Codes, start: number, end: number): boolean {
    return end - start > LONGEST_WORD || isWhole(codes, start, end) || this.#index.isPart(this.#a, this.#b)
  }
}

/** A short plain word counts only as a whole word: a password "winter" does not damage "winterise". */
function isWhole(codes: Codes, start: number, end: number): boolean {
  const isSame = isDigit(codes[start]) ? isDigit : isLetter
  for (let i = start; i < end; i += 1) if (!isSame(codes[i])) return true
  return !isSame(codes[start - 1]) && !isSame(codes[end])
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39
}

function isLetter(code: number | undefined): boolean {
  return code !== undefined && ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a))
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
