import { type AttributePath, parseAttributePath } from '../attribute-path.ts'
import { badRequest, type ScimType } from '../errors.ts'
import { endOfString } from '../json.ts'
import type { Literal } from './filter.ts'

export type FilterLimits = {
  readonly maxLength?: number
  /** Of parentheses and brackets. */
  readonly maxDepth?: number
  /** Of comparisons. */
  readonly maxTerms?: number
}

const pathText = /[\w$:.\-/%]+/y
const wordText = /[A-Za-z]+/y
const numberText = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const literals: ReadonlyMap<string, Literal> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** A place in the text of a filter or a PATCH path. It only moves forward, so reading is linear. */
export class Reader {
  readonly text: string
  at = 0
  private depth = 0
  private terms = 0
  private readonly scimType: ScimType
  private readonly limits: Required<FilterLimits>

  constructor(text: string, scimType: ScimType, limits: FilterLimits = {}) {
    this.text = text
    this.scimType = scimType
    this.limits = { maxLength: 10_000, maxDepth: 32, maxTerms: 500, ...limits }
    if (text.length > this.limits.maxLength) throw this.refusal(`longer than ${this.limits.maxLength} characters`, 0)
  }

  refusal(problem: string, position = this.at): Error {
    const noun = this.scimType === 'invalidFilter' ? 'filter' : 'path'
    return badRequest(this.scimType, `The ${noun} is not valid at position ${position}: ${problem}.`, { position })
  }

  skipSpaces(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  peek(): string | undefined {
    return this.text[this.at]
  }

  expect(char: string): void {
    if (this.peek() !== char) throw this.refusal(`expected "${char}"`)
    this.at++
  }

  /** The next word in lower case, without moving. */
  peekWord(): string {
    return this.match(wordText).toLowerCase()
  }

  takeWord(expected: string): boolean {
    const word = this.match(wordText)
    if (word.toLowerCase() !== expected) return false
    this.at += word.length
    return true
  }

  readPath(): AttributePath {
    const start = this.at
    const text = this.match(pathText)
    this.at += text.length
    const path = parseAttributePath(text)
    if (path === undefined) throw this.refusal('expected an attribute', start)
    return path
  }

  readLiteral(): Literal {
    const start = this.at
    if (this.peek() === '"') return this.readString()
    const word = this.match(wordText)
    const literal = literals.get(word.toLowerCase())
    if (literal !== undefined) {
      this.at += word.length
      return literal
    }
    const digits = this.match(numberText)
    const number = Number(digits)
    if (digits === '' || !Number.isFinite(number)) throw this.refusal('expected a value', start)
    this.at += digits.length
    return number === 0 ? 0 : number
  }

  /** Counts one comparison. */
  countTerm(): void {
    this.terms++
    if (this.terms > this.limits.maxTerms) throw this.refusal(`more than ${this.limits.maxTerms} comparisons`)
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    this.depth++
    if (this.depth > this.limits.maxDepth) throw this.refusal(`nested deeper than ${this.limits.maxDepth}`)
    const result = read()
    this.depth--
    return result
  }

  private readString(): string {
    const start = this.at
    const end = endOfString(this.text, start)
    if (end >= this.text.length) throw this.refusal('the string does not end', start)
    this.at = end + 1
    try {
      return String(JSON.parse(this.text.slice(start, end + 1)))
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause
      throw this.refusal('the string is not a JSON string', start)
    }
  }

  private match(form: RegExp): string {
    form.lastIndex = this.at
    return form.exec(this.text)?.[0] ?? ''
  }
}
