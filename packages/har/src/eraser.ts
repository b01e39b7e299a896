import { createPseudonymiser, decodedViews, isPlaceholder, type NeedleFinder, someDecodedView } from '@clew/redact'
import type { Harvest } from './harvest.ts'
import type { ReportBuilder } from './report.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

const MAX_REMEMBERED = 20_000

/**
 * Erases what the first pass learnt wherever it still stands, in whatever form, then checks by another way:
 * it decodes what is left and looks for the plain values.
 */
export class Eraser {
  readonly #encoded: NeedleFinder
  readonly #plain: NeedleFinder
  readonly #harvest: Harvest
  readonly #report: ReportBuilder
  readonly #tagOf: (value: string) => string
  readonly #clean = new Set<string>()
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #left = 0

  constructor(harvest: Harvest, report: ReportBuilder, key: Uint8Array) {
    this.#harvest = harvest
    this.#report = report
    this.#encoded = harvest.encodedFinder()
    this.#plain = harvest.plainFinder()
    const pseudonyms = createPseudonymiser(key)
    this.#tagOf = (value) => pseudonyms.compact('erased', value)
  }

  /** Cleans in place; answers how many secrets the check still found. */
  erase(value: JsonObject): number {
    if (this.#encoded.size === 0) return 0
    this.#left = 0
    this.#eraseIn(value)
    return this.#left
  }

  /** The same for an entry as JSON, which is mostly as it should be: one look over the whole. Undefined: it is not safe. */
  eraseBytes(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#encoded.size === 0 || this.#isUntouched(bytes)) return bytes
    const value: JsonObject = JSON.parse(this.#decoder.decode(bytes))
    return this.erase(value) > 0 ? undefined : this.#encoder.encode(JSON.stringify(value))
  }

  #isUntouched(bytes: Uint8Array): boolean {
    if (this.#encoded.isIn(bytes)) return false
    return !someDecodedView(bytes, (view, from, to) => this.#plain.isIn(view, from, to))
  }

  #eraseIn(value: JsonObject | JsonValue[]): void {
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i += 1) value[i] = this.#erased(value[i] ?? null)
      return
    }
    for (const key of Object.keys(value)) {
      const cleanKey = this.#erasedText(key)
      const clean = this.#erased(value[key] ?? null)
      if (cleanKey !== key) delete value[key]
      value[cleanKey] = clean
    }
  }

  #erased(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.#erasedText(value)
    if (isObject(value) || Array.isArray(value)) this.#eraseIn(value)
    return value
  }

  #erasedText(text: string): string {
    if (text.length < 6 || this.#clean.has(text) || isPlaceholder(text)) return text
    const clean = this.#replaceAll(text)
    if (this.#stillHolds(clean)) {
      this.#left += 1
      this.#report.leftOnSecondPass += 1
      return ''
    }
    if (this.#clean.size > MAX_REMEMBERED) this.#clean.clear()
    if (clean.length < 300) this.#clean.add(clean)
    return clean
  }

  #replaceAll(text: string): string {
    let out = ''
    let from = 0
    for (const hit of this.#encoded.findAll(text)) {
      const kind = this.#harvest.kindOf(hit.needle)
      const replacement = this.#tagOf(hit.needle)
      if (this.#report.count(kind)) this.#report.example(kind, replacement, 'elsewhere')
      out += text.slice(from, hit.start) + replacement
      from = hit.end
    }
    return from === 0 ? text : out + text.slice(from)
  }

  #stillHolds(text: string): boolean {
    if (this.#plain.find(text) !== undefined) return true
    return decodedViews(text).some((view) => this.#plain.find(view) !== undefined)
  }
}
