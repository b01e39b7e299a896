import type { JsonObject, JsonValue } from './types.ts'

export const MAX_DEPTH = 400

/** JSON as exporters really write it; undefined when it cannot be understood. The strict parser is tried first: it is fast. */
export function parseTolerantly(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return new TolerantParser(text).parse()
  }
}

const LITERALS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', null],
  ['Infinity', null],
  ['-Infinity', null],
  ['undefined', null],
]

class Unreadable extends Error {}

/** Accepts NaN and Infinity (as null), trailing commas, raw control characters and bad escapes in strings. */
class TolerantParser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): JsonValue | undefined {
    try {
      const value = this.#value(0)
      this.#skipBlank()
      return this.#at === this.#text.length ? value : undefined
    } catch (error) {
      if (error instanceof Unreadable) return undefined
      throw error
    }
  }

  #value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw new Unreadable()
    this.#skipBlank()
    const char = this.#text.charAt(this.#at)
    if (char === '{') return this.#object(depth)
    if (char === '[') return this.#array(depth)
    if (char === '"') return this.#string()
    return this.#number() ?? this.#literal()
  }

  #object(depth: number): JsonObject {
    const object: JsonObject = Object.create(null)
    this.#at += 1
    for (;;) {
      this.#skipBlank()
      if (this.#take('}')) return object
      if (this.#text.charAt(this.#at) !== '"') throw new Unreadable()
      const key = this.#string()
      this.#skipBlank()
      if (!this.#take(':')) throw new Unreadable()
      object[key] = this.#value(depth + 1)
      this.#skipBlank()
      if (!this.#take(',') && this.#text.charAt(this.#at) !== '}') throw new Unreadable()
    }
  }

  #array(depth: number): JsonValue[] {
    const list: JsonValue[] = []
    this.#at += 1
    for (;;) {
      this.#skipBlank()
      if (this.#take(']')) return list
      list.push(this.#value(depth + 1))
      this.#skipBlank()
      if (!this.#take(',') && this.#text.charAt(this.#at) !== ']') throw new Unreadable()
    }
  }

  #string(): string {
    let end = this.#at + 1
    while (end < this.#text.length && this.#text.charCodeAt(end) !== 0x22) {
      end += this.#text.charCodeAt(end) === 0x5c ? 2 : 1
    }
    if (end >= this.#text.length) throw new Unreadable()
    const raw = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    return unescape(raw)
  }

  #number(): number | undefined {
    const pattern = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) return undefined
    this.#at = pattern.lastIndex
    const value = Number(match[0])
    return Number.isFinite(value) ? value : 0
  }

  #literal(): JsonValue {
    for (const [word, value] of LITERALS) {
      if (!this.#text.startsWith(word, this.#at)) continue
      this.#at += word.length
      return value
    }
    throw new Unreadable()
  }

  #skipBlank(): void {
    while (this.#at < this.#text.length && this.#text.charCodeAt(this.#at) <= 0x20) this.#at += 1
  }

  #take(char: string): boolean {
    if (this.#text.charAt(this.#at) !== char) return false
    this.#at += 1
    return true
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw
  return raw.replace(/\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\s\S]))/g, (...groups: string[]) => {
    const [, unicode, hex, char = ''] = groups
    if (unicode !== undefined || hex !== undefined)
      return String.fromCharCode(Number.parseInt(unicode ?? hex ?? '', 16))
    return ESCAPES[char] ?? char
  })
}
