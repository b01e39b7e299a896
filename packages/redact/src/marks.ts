/**
 * Where in a text detectors may find something. Each kind of place is looked for once, when the first detector asks, and by
 * steps: a run of fifteen characters cannot hide between looks at every fifteenth, so most characters are never read.
 */
export class Marks {
  readonly #text: string
  #links: readonly number[] | undefined
  #runs: readonly number[] | undefined
  #numbers: readonly number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** Where `=` and `:` stand. */
  get links(): readonly number[] {
    this.#links ??= merged(placesOf(this.#text, '='), placesOf(this.#text, ':'))
    return this.#links
  }

  /** Starts and ends of runs of `MIN_RUN` and more of what tokens are written with. */
  get runs(): readonly number[] {
    this.#runs ??= findRuns(this.#text)
    return this.#runs
  }

  /** Starts and ends of groups of digits that may be a card, a phone, a tax number or an address of four numbers. */
  get numbers(): readonly number[] {
    this.#numbers ??= findNumbers(this.#text)
    return this.#numbers
  }

  /** Starts of what may be six pairs with `:` or `-` between them. */
  get pairs(): readonly number[] {
    return findPairs(this.#text)
  }
}

export const MIN_RUN = 15

const TOKEN = 1
const DIGIT = 2
/** May stand between the digits of one number. */
const GAP = 4
const PAIRING = 8

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
  return table
}

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 128 ? (CLASSES[code] ?? 0) : 0
}

/** True for words with nothing in or between them that any detector looks for: most texts that a capture holds. */
export function isPlainWords(text: string): boolean {
  let run = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i) | 0x20
    if (code >= 0x61 && code <= 0x7a) {
      run += 1
      if (run === MIN_RUN) return false
    } else if (code === 0x20 || code === 0x2c) run = 0
    else return false
  }
  return true
}

function placesOf(text: string, char: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) places.push(at)
  return places
}

/** Two ascending lists as one. */
export function merged(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const all: number[] = []
  let i = 0
  for (const value of a) {
    for (; i < b.length && (b[i] ?? 0) < value; i += 1) all.push(b[i] ?? 0)
    all.push(value)
  }
  for (; i < b.length; i += 1) all.push(b[i] ?? 0)
  return all
}

const NOTHING: readonly number[] = []

function findRuns(text: string): readonly number[] {
  if (text.length < MIN_RUN) return NOTHING
  const runs: number[] = []
  for (let i = MIN_RUN - 1; i < text.length; ) {
    if ((classAt(text, i) & TOKEN) === 0) {
      i += MIN_RUN
      continue
    }
    let start = i
    while (start > 0 && (classAt(text, start - 1) & TOKEN) !== 0) start -= 1
    let end = i + 1
    while (end < text.length && (classAt(text, end) & TOKEN) !== 0) end += 1
    if (end - start >= MIN_RUN) runs.push(start, end)
    i = end + MIN_RUN
  }
  return runs
}

/** An address of four numbers has seven characters at least; all other numbers that are looked for have more. */
const NUMBER_STEP = 7
const MIN_DIGITS = 8

function findNumbers(text: string): readonly number[] {
  if (text.length < NUMBER_STEP) return NOTHING
  const numbers: number[] = []
  for (let i = NUMBER_STEP - 1; i < text.length; ) {
    const at = nearestDigit(text, i)
    if (at < 0) {
      i += NUMBER_STEP
      continue
    }
    const start = endOfNumber(text, at, -1)
    const end = endOfNumber(text, at, 1) + 1
    if (end - start >= NUMBER_STEP && isLongNumber(text, start, end)) numbers.push(start, end)
    i = end + NUMBER_STEP
  }
  return numbers
}

/** The digit here, or beside the gap that is here. */
function nearestDigit(text: string, i: number): number {
  const kind = classAt(text, i)
  if ((kind & DIGIT) !== 0) return i
  if ((kind & GAP) === 0) return -1
  if ((classAt(text, i - 1) & DIGIT) !== 0) return i - 1
  return (classAt(text, i - 1) & GAP) !== 0 && (classAt(text, i - 2) & DIGIT) !== 0 ? i - 2 : -1
}

/** The last digit of a number on one side: between two digits of it there are at most two gaps. */
function endOfNumber(text: string, from: number, step: 1 | -1): number {
  let last = from
  for (let at = from + step; at >= 0 && at < text.length && Math.abs(at - last) <= 3; at += step) {
    const kind = classAt(text, at)
    if ((kind & DIGIT) !== 0) last = at
    else if ((kind & GAP) === 0) break
  }
  return last
}

function isLongNumber(text: string, start: number, end: number): boolean {
  let digits = 0
  let dots = 0
  for (let i = start; i < end; i += 1) {
    if ((classAt(text, i) & DIGIT) !== 0) digits += 1
    else if (text.charCodeAt(i) === 0x2e) dots += 1
  }
  return digits >= MIN_DIGITS || dots >= 3
}

/** Six pairs have five separators, each three characters behind the one before. */
const PAIRS_LENGTH = 17
const PAIR_STEP = 12

function findPairs(text: string): readonly number[] {
  if (text.length < PAIRS_LENGTH) return NOTHING
  const starts: number[] = []
  for (let i = 0; i < text.length; i += PAIR_STEP) {
    for (let at = i; at < i + 3; at += 1) {
      if ((classAt(text, at) & PAIRING) === 0 || (classAt(text, at + 3) & PAIRING) === 0) continue
      let first = at
      while (at - first < PAIRS_LENGTH && (classAt(text, first - 3) & PAIRING) !== 0) first -= 3
      if (first >= 2) starts.push(first - 2)
    }
  }
  return starts
}
