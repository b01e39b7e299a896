import type { Sentence } from '../sentence.ts'
import { foundByte, words } from './json-words.ts'
import type { HarProblemCode } from './messages.ts'
import type { ProblemParams } from './problem.ts'

export interface Place {
  byte: number
  line: number
  column: number
}

export interface JsonFault extends Place {
  code: HarProblemCode
  params: ProblemParams
}

/** Where an element of `log.entries` begins. */
export interface EntryPlace extends Place {
  isObject: boolean
  /** What it is when it is no object. */
  kind: Sentence
}

export type ValueKind = 'object' | 'list' | 'text' | 'other'

type Expected = 'value' | 'value_or_end' | 'key' | 'key_or_end' | 'colon' | 'comma_or_end' | 'nothing'

const MAX_DEPTH = 10_000
const MAX_FAULTS = 100
const MAX_KEY = 64
const MAX_WORD = 400
const HEAD_BYTES = 16
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const LINE_FEED = 0x0a

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const TOLERATED = /^(?:NaN|-?Infinity|undefined|-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/

/**
 * Reads JSON in pieces and says where and how it breaks, in memory that does not grow with the file. Knows of a HAR only
 * the names in `log` and where its entries begin. What readers commonly survive (NaN, a comma too many) is a fault that
 * it reads past; at anything else it stops.
 */
export class JsonProbe {
  readonly faults: JsonFault[] = []
  /** How many more there were of what is read past. */
  readonly unlisted = new Map<HarProblemCode, number>()
  /** The fields of `log` with the kind of their values. */
  readonly log = new Map<string, ValueKind>()
  hasLog = false
  hasStarted = false
  /** True after a fault that could not be read past. */
  isLost = false
  #places: EntryPlace[] = []
  /** How much of a byte order mark was read. */
  #marked = 0

  #expected: Expected = 'value'
  #isObject: boolean[] = []
  #token: 'none' | 'string' | 'word' | 'prefix' = 'none'
  #tokenAt: Place = { byte: 0, line: 1, column: 1 }
  #word = ''
  #key = ''
  #keyBytes: number[] = []
  #isKey = false
  #escape = 0
  #isInLog = false
  #isInEntries = false
  #isCalled = false
  #afterComma = false
  #entries = 0
  #head: number[] = []

  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0
  #base = 0
  #line = 1
  #lineStart = 0

  push(chunk: Uint8Array): void {
    this.#chunk = chunk
    this.#at = 0
    if (this.#head.length < HEAD_BYTES) this.#head.push(...chunk.subarray(0, HEAD_BYTES - this.#head.length))
    while (this.#at < chunk.length && !this.isLost) this.#step()
    this.#base += chunk.length
    this.#at = 0
  }

  /** Call once after the last piece. */
  end(): void {
    if (this.isLost) return
    if (this.#token === 'word') this.#endWord()
    if (this.#token === 'prefix') return this.#refusePrefix()
    const isWhole = this.#expected === 'nothing' && this.#token === 'none'
    if (this.hasStarted && !this.isLost && !isWhole) this.#lose('json.truncated', this.#openPart())
  }

  #openPart(): ProblemParams {
    const entry = this.#isInEntries && this.#isObject.length > 3 ? this.#entries - 1 : ''
    if (this.#token === 'string') return { inside: words.aText, entry }
    return { inside: this.#isObject.at(-1) === false ? words.aList : words.anObject, entry }
  }

  /** Where the entries begin that were met since the last call. */
  takePlaces(): EntryPlace[] {
    const places = this.#places
    this.#places = []
    return places
  }

  #step(): void {
    if (this.#token === 'string') return this.#string()
    const code = this.#chunk[this.#at] ?? 0
    if (this.#token !== 'none') return this.#continueWord(code)
    if (code === LINE_FEED) this.#newLine()
    else if (code === 0x20 || code === 0x09 || code === 0x0d) this.#at += 1
    else if (this.hasStarted || (code === OPEN_BRACE && !this.#isHalfMarked())) this.#structure(code)
    else this.#beginPrefix(code)
  }

  #continueWord(code: number): void {
    if (isWordByte(code)) this.#addToWord(code)
    else if (this.#token === 'prefix') this.#endPrefix(code)
    else this.#endWord()
  }

  #structure(code: number): void {
    this.#tokenAt = this.#here()
    if (this.#expected === 'nothing') return this.#trailing(code)
    if (code === QUOTE) return this.#beginString()
    if (code === CLOSE_BRACE || code === CLOSE_BRACKET) return this.#close(code)
    if (code === COLON || code === COMMA) return this.#separator(code)
    if (!this.#isValueExpected()) return this.#unexpected()
    if (code === OPEN_BRACE || code === OPEN_BRACKET) return this.#open(code)
    if (!isWordByte(code)) return this.#unexpected()
    this.#meetValue('other', code)
    this.#token = 'word'
    this.#word = ''
  }

  #separator(code: number): void {
    if (this.#expected !== (code === COLON ? 'colon' : 'comma_or_end')) return this.#unexpected()
    if (code === COLON) return this.#expect('value')
    this.#afterComma = true
    this.#expect(this.#isObject.at(-1) === true ? 'key' : 'value')
  }

  #isValueExpected(): boolean {
    return this.#expected === 'value' || this.#expected === 'value_or_end'
  }

  #expect(expected: Expected): void {
    this.#expected = expected
    this.#at += 1
  }

  #beginString(): void {
    const isKey = this.#expected === 'key' || this.#expected === 'key_or_end'
    if (!isKey && !this.#isValueExpected()) return this.#unexpected()
    if (!isKey) this.#meetValue('text', QUOTE)
    this.#isKey = isKey
    this.#keyBytes = []
    this.#token = 'string'
    this.#afterComma = false
    this.#at += 1
  }

  #string(): void {
    const chunk = this.#chunk
    const keepsKey = this.#isKey && this.#isObject.length <= 2
    while (this.#at < chunk.length) {
      const code = chunk[this.#at] ?? 0
      if (this.#escape > 0) this.#escaped(code)
      else if (code === QUOTE) return this.#endString()
      else if (code === BACKSLASH) this.#escape = 1
      else if (code < 0x20) this.#control(code)
      if (keepsKey && this.#keyBytes.length < MAX_KEY) this.#keyBytes.push(code)
      this.#at += 1
    }
  }

  /** 1: the byte after a backslash; 2 to 5: the digits after \u. */
  #escaped(code: number): void {
    const isHex = (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)
    if (this.#escape === 1) {
      this.#escape = code === 0x75 ? 2 : 0
      if (!'"\\/bfnrtu'.includes(String.fromCharCode(code))) this.#fault('json.escape', { found: words.byte(code) })
    } else if (isHex) {
      this.#escape = this.#escape === 5 ? 0 : this.#escape + 1
    } else {
      this.#escape = 0
      this.#fault('json.escape', { found: 'u' })
      this.#at -= 1
    }
  }

  #control(code: number): void {
    this.#fault('json.control_character', { found: words.byte(code) })
    if (code !== LINE_FEED) return
    this.#line += 1
    this.#lineStart = this.#base + this.#at + 1
  }

  #endString(): void {
    this.#token = 'none'
    this.#at += 1
    if (!this.#isKey) return this.#endValue()
    this.#expected = 'colon'
    if (this.#isObject.length <= 2) this.#key = unescaped(new TextDecoder().decode(new Uint8Array(this.#keyBytes)))
  }

  #addToWord(code: number): void {
    if (this.#word.length < MAX_WORD) this.#word += String.fromCharCode(code)
    this.#at += 1
  }

  #endWord(): void {
    this.#token = 'none'
    const word = this.#word
    const isJson = word === 'true' || word === 'false' || word === 'null' || NUMBER.test(word)
    if (!isJson && word.length < MAX_WORD) {
      if (!TOLERATED.test(word))
        return this.#lose('json.syntax', { found: words.quoted(word), expected: words.aValue }, this.#tokenAt)
      this.#faultAt(this.#tokenAt, 'json.literal', { found: word })
    }
    this.#endValue()
  }

  #endValue(): void {
    this.#afterComma = false
    this.#expected = this.#isObject.length === 0 ? 'nothing' : 'comma_or_end'
  }

  #open(code: number): void {
    if (this.#isObject.length >= MAX_DEPTH) return this.#lose('json.too_deep', { limit: MAX_DEPTH })
    this.hasStarted = true
    const isObject = code === OPEN_BRACE
    this.#meetValue(isObject ? 'object' : 'list', code)
    this.#isObject.push(isObject)
    this.#afterComma = false
    this.#expect(isObject ? 'key_or_end' : 'value_or_end')
  }

  #close(code: number): void {
    const isObject = this.#isObject.at(-1)
    const isMatching = isObject === (code === CLOSE_BRACE)
    const isEnd = this.#expected === 'comma_or_end' || this.#expected.endsWith('_or_end') || this.#afterComma
    if (!isMatching || !isEnd) return this.#unexpected()
    if (this.#afterComma) this.#fault('json.trailing_comma', { found: words.byte(code) })
    this.#isObject.pop()
    if (this.#isObject.length === 2) this.#isInEntries = false
    if (this.#isObject.length === 1) this.#isInLog = false
    this.#at += 1
    this.#endValue()
  }

  /** Notes what a HAR is made of; everything else may be anything. */
  #meetValue(kind: ValueKind, code: number): void {
    const depth = this.#isObject.length
    if (depth === 1 && this.#isObject[0] === true && this.#key === 'log' && kind === 'object') {
      if (this.hasLog) this.#fault('field.duplicate', {})
      this.hasLog = this.#isInLog = true
    } else if (depth === 2 && this.#isInLog) {
      this.#meetField(kind)
    } else if (depth === 3 && this.#isInEntries) {
      this.#entries += 1
      this.#places.push({ ...this.#here(), isObject: kind === 'object', kind: foundByte(code) })
    }
  }

  #meetField(kind: ValueKind): void {
    if (this.log.has(this.#key)) this.#fault('field.duplicate', {})
    if (this.log.size < 200) this.log.set(this.#key, kind)
    this.#isInEntries = this.#key === 'entries' && kind === 'list'
  }

  /** A byte order mark that breaks off is none. */
  #isHalfMarked(): boolean {
    return this.#marked > 0 && this.#marked < BYTE_ORDER_MARK.length
  }

  #beginPrefix(code: number): void {
    const position = this.#base + this.#at
    if (code === BYTE_ORDER_MARK[position]) {
      this.#marked = position + 1
      if (position === 2) this.#fault('json.bom', {})
      this.#at += 1
      this.#lineStart += 1
      return
    }
    this.#tokenAt = this.#here()
    this.#token = 'prefix'
    this.#word = ''
    if (!isWordByte(code)) this.#refusePrefix()
  }

  /** `onInputData({…})`: a HARP file, which older viewers load as a script. */
  #endPrefix(code: number): void {
    if (code !== 0x28 || this.#isCalled || this.#word.length >= MAX_WORD) return this.#refusePrefix()
    this.#isCalled = true
    this.#faultAt(this.#tokenAt, 'json.callback', { found: words.quoted(this.#word) })
    this.#token = 'none'
    this.#at += 1
  }

  #refusePrefix(): void {
    const head = String.fromCharCode(...this.#head).replace(/^\u00ef\u00bb\u00bf/, '')
    this.#lose('json.not_json', { found: words.beginning(head) }, this.#tokenAt)
  }

  #trailing(code: number): void {
    // The end of the call around a HARP file, and the zeros with which some programs fill a block.
    if ((this.#isCalled && (code === 0x29 || code === 0x3b)) || code === 0) this.#at += 1
    else this.#lose('json.trailing', { found: words.byte(code) })
  }

  #unexpected(): void {
    const expected = this.#afterComma ? 'value' : this.#expected
    this.#lose('json.syntax', { found: words.byte(this.#chunk[this.#at] ?? 0), expected: words.expected(expected) })
  }

  #newLine(): void {
    this.#at += 1
    this.#line += 1
    this.#lineStart = this.#base + this.#at
  }

  #here(): Place {
    const byte = this.#base + this.#at
    return { byte, line: this.#line, column: byte - this.#lineStart + 1 }
  }

  #fault(code: HarProblemCode, params: ProblemParams): void {
    this.#faultAt(this.#here(), code, params)
  }

  #faultAt(place: Place, code: HarProblemCode, params: ProblemParams): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push({ code, ...place, params: { ...params, ...place } })
    else this.unlisted.set(code, (this.unlisted.get(code) ?? 0) + 1)
  }

  #lose(code: HarProblemCode, params: ProblemParams, place = this.#here()): void {
    this.isLost = true
    this.faults.push({ code, ...place, params: { ...params, ...place } })
  }
}

/** A name that is no JSON names nothing that we know. */
function unescaped(key: string): string {
  if (!key.includes('\\')) return key
  try {
    return String(JSON.parse(`"${key}"`))
  } catch {
    return key
  }
}

/** Letters, digits and the signs of numbers and names. */
function isWordByte(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e ||
    code === 0x5f ||
    code === 0x24
  )
}
