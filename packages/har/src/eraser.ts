import {
  createPseudonymiser,
  findRuns,
  isPlaceholder,
  type NeedleFinder,
  readingsOfRun,
  unescapedViews,
} from '@clew/redact'
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
  readonly #cleanRuns = new Set<string>()
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

  /** The same for an entry as text, which is mostly as it should be: one look over the whole. Undefined: it is not safe. */
  eraseText(text: string): string | undefined {
    if (this.#encoded.size === 0 || this.#isUntouched(text)) return text
    const value: JsonObject = JSON.parse(text)
    return this.erase(value) > 0 ? undefined : JSON.stringify(value)
  }

  #isUntouched(text: string): boolean {
    if (this.#harvest.hasEscapable || this.#encoded.find(text) !== undefined) return false
    if (/\\[ux]|&(?:#|amp;|lt;|gt;|quot;|apos;)/.test(text) || !this.#areRunsClean(text)) return false
    if (!text.includes('%')) return true
    return unescapedViews(text.replaceAll('\\', ' ')).every((view) => this.#plain.find(view) === undefined)
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
    for (let hit = this.#encoded.find(text); hit !== undefined; hit = this.#encoded.find(text, from)) {
      const kind = this.#harvest.kindOf(hit.needle)
      const replacement = this.#tagOf(hit.needle)
      this.#report.count(kind)
      this.#report.example(kind, replacement, () => 'elsewhere')
      out += text.slice(from, hit.start) + replacement
      from = hit.end
    }
    return from === 0 ? text : out + text.slice(from)
  }

  #stillHolds(text: string): boolean {
    if (this.#plain.find(text) !== undefined || !this.#areRunsClean(text)) return true
    return unescapedViews(text).some((view) => this.#plain.find(view) !== undefined)
  }

  /** Most runs are words of headers that come with every entry; those seen before are not decoded again. */
  #areRunsClean(text: string): boolean {
    for (const run of findRuns(text)) {
      if (this.#cleanRuns.has(run)) continue
      if (readingsOfRun(run).some((reading) => this.#plain.find(reading) !== undefined)) return false
      if (this.#cleanRuns.size > MAX_REMEMBERED) this.#cleanRuns.clear()
      if (run.length < 300) this.#cleanRuns.add(run)
    }
    return true
  }
}
