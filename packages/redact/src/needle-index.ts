import { type Codes, codesOf } from './codes.ts'

export const MIN_NEEDLE = 6

export const WINDOW_MASK = 0x3fffffff

/** 64 bits stand for a needle. Two that differ have the same as good as never, and then an innocent text goes. */
export const MULTIPLIER_A = 0x01000193
export const MULTIPLIER_B = 0x85ebca6b
/** Marks the fingerprint of how a long needle begins. */
export const PREFIX = 0x5bd1e995

/** After so many characters the beginning of a needle has a fingerprint of its own: 16, 64, 256, 1024, 4096. */
export function isCheckpoint(length: number): boolean {
  return length >= 16 && (length & (length - 1)) === 0 && (length & 0x1550) !== 0
}

/** Makes capitals small; that some marks become others too is sorted out by the fingerprint. */
export const CASE_BIT = 0x20
export const MIXER = 0x9e3779b1

/** The needles as numbers: which lengths begin with which six characters, and a fingerprint of each whole needle. */
export class NeedleIndex {
  size = 0
  readonly #lengths = new Map<number, number | number[]>()
  readonly #parts = new Set<string>()
  /** Some stand there more than once. */
  #grams = new Int32Array(1 << 10)
  #gramCount = 0
  /** How the needles go on that are long enough, and how those begin that are not. */
  readonly #longerStarts = new Uint8Array(1 << STARTS_BITS)
  readonly #shortStarts = new Set<number>()
  #prints = new Int32Array(1 << 12)
  #printCount = 0

  add(needle: string | Uint8Array): void {
    if (needle.length < MIN_NEEDLE) return
    if (typeof needle !== 'string') return this.#addBinary(needle)
    const codes = codesOf(needle)
    this.#addCodes(codes, needle.length)
    if (codes instanceof Uint8Array) return
    const bytes = ENCODER.encode(needle)
    this.#addCodes(bytes, bytes.length)
  }

  #addBinary(codes: Uint8Array): void {
    const { a, b } = this.#addCodes(codes, codes.length)
    if (codes.length <= LONGEST_WORD) this.#parts.add(nameOf(a, b))
  }

  /** A binary form, which needs no ends of a word around it. */
  isPart(a: number, b: number): boolean {
    return this.#parts.has(nameOf(a, b))
  }

  /** False when what begins like a needle goes on like none: many begin with a common word. */
  mayGoOn(codes: Codes, start: number, { to, hash }: { to: number; hash: number }): boolean {
    if (start + LONGER_START <= to && this.#longerStarts[placeOfStart(codes, start)] === 1) return true
    return this.#shortStarts.has(hash)
  }

  /** In ascending order. */
  lengthsOf(hash: number): readonly number[] {
    const lengths = this.#lengths.get(hash)
    if (lengths === undefined) return NONE
    return typeof lengths === 'number' ? [lengths] : lengths
  }

  has(a: number, b: number): boolean {
    return this.#prints[this.#slotOf(a, b)] !== 0
  }

  /** For each hash that starts a needle. */
  startBits(): Int32Array {
    const hashes = Array.from(this.#lengths.keys(), (hash) => Math.imul(hash, MIXER))
    return bitsOf(hashes, hashes.length)
  }

  /** For each four characters that begin among the first three of a needle. Call it once, when all needles are there. */
  gramBits(): Int32Array {
    const mixed = this.#grams.subarray(0, this.#gramCount).map(mixedGram)
    this.#grams = new Int32Array(0)
    return bitsOf(mixed, mixed.length)
  }

  #addCodes(codes: Codes, length: number): { a: number; b: number } {
    let a = 0
    let b = 0
    for (let i = 0; i < length; i += 1) {
      if (isCheckpoint(i)) this.#addPrint(a ^ PREFIX, b)
      const code = lowerCode(codes[i] ?? 0)
      a = (Math.imul(a, MULTIPLIER_A) + code) | 0
      b = (Math.imul(b, MULTIPLIER_B) ^ code) | 0
    }
    if (!this.#addPrint(a, b)) return { a, b }
    this.size += 1
    let hash = 0
    for (let i = 0; i < MIN_NEEDLE; i += 1) hash = ((hash << 5) ^ ((codes[i] ?? 0) | CASE_BIT)) & WINDOW_MASK
    this.#addLength(hash, length)
    this.#addGrams(codes)
    if (length < LONGER_START) this.#shortStarts.add(hash)
    else this.#longerStarts[placeOfStart(codes, 0)] = 1
    return { a, b }
  }

  #addLength(hash: number, length: number): void {
    const known = this.#lengths.get(hash)
    if (known === undefined) this.#lengths.set(hash, length)
    else if (typeof known !== 'number') insertSorted(known, length)
    else if (known !== length) this.#lengths.set(hash, known < length ? [known, length] : [length, known])
  }

  /** Also of those that begin with a hash that is known: two beginnings may share one. */
  #addGrams(codes: Codes): void {
    if (this.#gramCount + STRIDE > this.#grams.length) this.#grams = grown(this.#grams)
    let gram = 0
    for (let i = 0; i < MIN_NEEDLE; i += 1) {
      gram = (gram >>> 8) | (((codes[i] ?? 0) & 0xff) << 24)
      if (i < GRAM - 1) continue
      this.#grams[this.#gramCount] = gram
      this.#gramCount += 1
    }
  }

  #addPrint(a: number, b: number): boolean {
    if (this.#printCount * 4 >= this.#prints.length) this.#grow()
    const slot = this.#slotOf(a, b)
    if (this.#prints[slot] !== 0) return false
    this.#printCount += 1
    this.#prints[slot] = a === 0 ? 1 : a
    this.#prints[slot + 1] = b
    return true
  }

  /** Where this fingerprint is, or the free place where it belongs. */
  #slotOf(a: number, b: number): number {
    const first = a === 0 ? 1 : a
    const prints = this.#prints
    const mask = prints.length - 1
    let slot = ((Math.imul(first ^ (b >>> 15), MIXER) >>> 7) << 1) & mask
    while (prints[slot] !== 0 && (prints[slot] !== first || prints[slot + 1] !== b)) slot = (slot + 2) & mask
    return slot
  }

  #grow(): void {
    const old = this.#prints
    this.#prints = new Int32Array(old.length * 2)
    for (let i = 0; i < old.length; i += 2) {
      const a = old[i] ?? 0
      if (a === 0) continue
      const slot = this.#slotOf(a, old[i + 1] ?? 0)
      this.#prints[slot] = a
      this.#prints[slot + 1] = old[i + 1] ?? 0
    }
  }
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}

/** Two bits in one word for each, in a table so large that few others have both. */
function bitsOf(mixed: Iterable<number>, count: number): Int32Array {
  const words = Math.min(1 << 19, Math.max(1 << 11, count))
  const bits = new Int32Array(2 ** Math.ceil(Math.log2(words)))
  const shift = 32 - Math.log2(bits.length)
  for (const one of mixed) {
    const at = one >>> shift
    bits[at] = (bits[at] ?? 0) | (1 << one) | (1 << (one >>> 5))
  }
  return bits
}

/** Of four bytes, the first one lowest, whatever their case. */
export function mixedGram(bytes: number): number {
  const gram = bytes | CASE_BITS
  return Math.imul(gram ^ (gram >>> 15), MIXER)
}

export const GRAM = 4
/** The first six characters of a needle hold three of four. */
export const STRIDE = 3
const CASE_BITS = 0x20202020

const LONGER_START = 10
const STARTS_BITS = 20

function placeOfStart(codes: Codes, start: number): number {
  let hash = 0
  for (let i = start; i < start + LONGER_START; i += 1) hash = (Math.imul(hash, 33) + ((codes[i] ?? 0) | CASE_BIT)) | 0
  return Math.imul(hash, MIXER) >>> (32 - STARTS_BITS)
}

const NONE: readonly number[] = []
const ENCODER = new TextEncoder()

function insertSorted(list: number[], value: number): void {
  let at = list.length
  while (at > 0 && (list[at - 1] ?? 0) > value) at -= 1
  if (list[at - 1] !== value) list.splice(at, 0, value)
}

export const LONGEST_WORD = 10

function nameOf(a: number, b: number): string {
  return `${a} ${b}`
}

export function lowerCode(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code
}
