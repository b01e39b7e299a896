import { type Codes, codesOf } from './codes.ts'

/**
 * Where in a text detectors may find something. Each kind of place is looked for once, when the first detector asks, and by
 * steps: a run of fifteen characters cannot hide between looks at every fifteenth, so most characters are never read.
 */
export class Marks {
  readonly #text: string
  #codes: Codes | undefined
  #links: readonly number[] | undefined
  #runs: readonly number[] | undefined
  #numbers: readonly number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  get codes(): Codes {
    this.#codes ??= codesOf(this.#text)
    return this.#codes
  }

  /** Where `=` and `:` stand. */
  get links(): readonly number[] {
    this.#links ??= findLinks(this.codes)
    return this.#links
  }

  /** Starts and ends of runs of `MIN_RUN` and more of what tokens are written with. */
  get runs(): readonly number[] {
    this.#runs ??= runsOf(this.codes, TOKEN, MIN_RUN)
    return this.#runs
  }

  /** Starts and ends of groups of digits that may be a card, a phone, a tax number or an address of four numbers. */
  get numbers(): readonly number[] {
    this.#numbers ??= findNumbers(this.codes)
    return this.#numbers
  }

  /** Starts of what may be six pairs with `:` or `-` between them. */
  get pairs(): readonly number[] {
    return findPairs(this.codes)
  }
}

export const MIN_RUN = 15

const TOKEN = 1
const DIGIT = 2
/** May stand between the digits of one number. */
const GAP = 4
const PAIRING = 8
/** `@`, `=` and `:` hold together what most detectors look for. */
const JOINT = 16
const CAPITAL = 32
/** May be the second or third character of something that begins in a way of its own. */
const STARTING = 64
const BASE64 = 128

const CLASSES = classes()

function classes(): Uint8Array {
  const table = new Uint8Array(128)
  const add = (chars: string, bit: number): void => {
    for (let i = 0; i < chars.length; i += 1) table[chars.charCodeAt(i)] = (table[chars.charCodeAt(i)] ?? 0) | bit
  }
  add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._~+/=-', TOKEN)
  add('0123456789', DIGIT)
  add(' ().-', GAP)
  add(':-', PAIRING)
  add('@=:', JOINT)
  add('ABCDEFGHIJKLMNOPQRSTUVWXYZ', CAPITAL)
  add('0123456789.-J', STARTING)
  add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+/=-', BASE64)
  return table
}

function classAt(codes: Codes, at: number): number {
  const code = codes[at] ?? 0
  return code < 128 ? (CLASSES[code] ?? 0) : 0
}

/** What stands behind `Bearer` has so many characters at least, and a digit where it is short. */
const SCHEME_RUN = 8
const HYPHEN = 0x2d
const SMALL_Y = 0x79

/**
 * True for words with nothing in or between them that any detector looks for: most texts that a capture holds. Without a joint
 * or a long run what is left to find are numbers, addresses of four, the key behind a scheme, and what `mayStart` knows.
 */
export function isPlainWords(text: string): boolean {
  let run = 0
  let digits = 0
  let lastDigit = -MIN_RUN
  let before = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    const kind = code < 128 ? (CLASSES[code] ?? 0) : 0
    if ((kind & JOINT) !== 0) return false
    if ((kind & TOKEN) === 0) run = 0
    else {
      run += 1
      if ((kind & STARTING) !== 0 && mayStart(kind, code, before)) return false
      if ((kind & DIGIT) !== 0) {
        digits += 1
        lastDigit = i
      }
      if (run >= SCHEME_RUN && (run === MIN_RUN || i - lastDigit < run)) return false
    }
    before = code
  }
  return areFew(digits, text)
}

/** Too few digits for a number that is looked for, and no code among them. */
function areFew(digits: number, text: string): boolean {
  return digits < SHORT_CODE || (digits < MIN_DIGITS && !CODE.test(text))
}

const SHORT_CODE = 4
/** "otp 482913": a code has a word before it. */
const CODE = /[\s:#"'«]\d{4}/

/** `GR16…`, `1.2.3.4`, `-----BEGIN`, `eyJ…` */
function mayStart(kind: number, code: number, before: number): boolean {
  if (code === HYPHEN) return before === HYPHEN
  if ((kind & CAPITAL) !== 0) return before === SMALL_Y
  const kindBefore = before < 128 ? (CLASSES[before] ?? 0) : 0
  return (kindBefore & ((kind & DIGIT) === 0 ? DIGIT : CAPITAL)) !== 0
}

function findLinks(codes: Codes): readonly number[] {
  const places: number[] = []
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i]
    if (code === 0x3d || code === 0x3a) places.push(i)
  }
  return places
}

const NOTHING: readonly number[] = []

/** Starts and ends of runs of twenty and more of what base64 is written with. */
export function findLongRuns(text: string): readonly number[] {
  return runsOf(codesOf(text), BASE64, MIN_LONG_RUN)
}

const MIN_LONG_RUN = 20

function runsOf(codes: Codes, wanted: number, least: number): readonly number[] {
  if (codes.length < least) return NOTHING
  const runs: number[] = []
  for (let i = least - 1; i < codes.length; ) {
    if ((classAt(codes, i) & wanted) === 0) {
      i += least
      continue
    }
    let start = i
    while (start > 0 && (classAt(codes, start - 1) & wanted) !== 0) start -= 1
    let end = i + 1
    while (end < codes.length && (classAt(codes, end) & wanted) !== 0) end += 1
    if (end - start >= least) runs.push(start, end)
    i = end + least
  }
  return runs
}

/** An address of four numbers has seven characters at least; all other numbers that are looked for have more. */
const NUMBER_STEP = 7
const MIN_DIGITS = 8

function findNumbers(codes: Codes): readonly number[] {
  if (codes.length < NUMBER_STEP) return NOTHING
  const numbers: number[] = []
  for (let i = NUMBER_STEP - 1; i < codes.length; ) {
    const at = nearestDigit(codes, i)
    if (at < 0) {
      i += NUMBER_STEP
      continue
    }
    const start = endOfNumber(codes, at, -1)
    const end = endOfNumber(codes, at, 1) + 1
    if (end - start >= NUMBER_STEP && isLongNumber(codes, start, end)) numbers.push(start, end)
    i = end + NUMBER_STEP
  }
  return numbers
}

/** The digit here, or beside the gap that is here. */
function nearestDigit(codes: Codes, i: number): number {
  const kind = classAt(codes, i)
  if ((kind & DIGIT) !== 0) return i
  if ((kind & GAP) === 0) return -1
  if ((classAt(codes, i - 1) & DIGIT) !== 0) return i - 1
  return (classAt(codes, i - 1) & GAP) !== 0 && (classAt(codes, i - 2) & DIGIT) !== 0 ? i - 2 : -1
}

/** The last digit of a number on one side: between two digits of it there are at most two gaps. */
function endOfNumber(codes: Codes, from: number, step: 1 | -1): number {
  let last = from
  for (let at = from + step; at >= 0 && at < codes.length && Math.abs(at - last) <= 3; at += step) {
    const kind = classAt(codes, at)
    if ((kind & DIGIT) !== 0) last = at
    else if ((kind & GAP) === 0) break
  }
  return last
}

function isLongNumber(codes: Codes, start: number, end: number): boolean {
  let digits = 0
  let dots = 0
  for (let i = start; i < end; i += 1) {
    if ((classAt(codes, i) & DIGIT) !== 0) digits += 1
    else if (codes[i] === 0x2e) dots += 1
  }
  return digits >= MIN_DIGITS || dots >= 3
}

/** Six pairs have five separators, each three characters behind the one before. */
const PAIRS_LENGTH = 17
const PAIR_STEP = 12

function findPairs(codes: Codes): readonly number[] {
  if (codes.length < PAIRS_LENGTH) return NOTHING
  const starts: number[] = []
  for (let i = 0; i < codes.length; i += PAIR_STEP) {
    for (let at = i; at < i + 3; at += 1) {
      if ((classAt(codes, at) & PAIRING) === 0 || (classAt(codes, at + 3) & PAIRING) === 0) continue
      let first = at
      while (at - first < PAIRS_LENGTH && (classAt(codes, first - 3) & PAIRING) !== 0) first -= 3
      if (first >= 2) starts.push(first - 2)
    }
  }
  return starts
}
