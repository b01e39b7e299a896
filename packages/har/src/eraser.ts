import {
  createViewSearch,
  decodedViews,
  type FoundNeedle,
  foldBytes,
  foldText,
  isPlaceholder,
  MIN_NEEDLE,
  type NeedleFinder,
  type Pseudonymiser,
  type Sparing,
} from '@clew/redact'
import { eraseFields } from './erase-fields.ts'
import { type Place, sparingIn } from './erase-places.ts'
import type { Harvest } from './harvest.ts'
import type { ReportBuilder } from './report.ts'
import { ENTRY, type TreatmentTable } from './treatments.ts'
import type { JsonObject } from './types.ts'

const MAX_REMEMBERED = 20_000
const NOT_ASCII = /[^\x00-\x7f]/
const MARK = /[\u0300-\u036f]/

/**
 * Erases what the first pass learnt wherever it still stands, in whatever form, then checks by another way:
 * it decodes what is left and looks for the plain values.
 */
export class Eraser {
  readonly #encoded: NeedleFinder
  readonly #plain: NeedleFinder
  /** Those with letters beyond ASCII, in whatever letters and with whatever accents they are written. */
  readonly #folded: NeedleFinder
  readonly #harvest: Harvest
  readonly #report: ReportBuilder
  readonly #tagOf: (value: string) => string
  readonly #clean: Readonly<Record<Place, Set<string>>> = {
    structure: new Set(),
    url: new Set(),
    body: new Set(),
    text: new Set(),
  }
  /** What was found in the text at hand and may stay there. */
  readonly #spared = new Set<string>()
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #isInViews = createViewSearch(
    (view, from, to) => this.#plain.isIn(view, from, to) || this.#isFoldedIn(view.subarray(from, to)),
  )
  #left = 0

  constructor(harvest: Harvest, report: ReportBuilder, pseudonyms: Pseudonymiser) {
    this.#harvest = harvest
    this.#report = report
    this.#encoded = harvest.encodedFinder()
    this.#plain = harvest.plainFinder()
    this.#folded = harvest.foldedFinder()
    this.#tagOf = (value) => pseudonyms.compact('erased', value)
  }

  /** Cleans a declared object in place; answers how many secrets the check still found. */
  erase(value: JsonObject, table: TreatmentTable): number {
    if (this.#encoded.size === 0) return 0
    this.#left = 0
    eraseFields(value, table, (text, place) => this.#erasedText(text, place))
    return this.#left
  }

  /** The same for an entry as JSON, which is mostly as it should be: one look over the whole. Undefined: it is not safe. */
  eraseBytes(bytes: Uint8Array): Uint8Array | undefined {
    if (this.#encoded.size === 0 || this.#isUntouched(bytes)) return bytes
    const value: JsonObject = JSON.parse(this.#decoder.decode(bytes))
    return this.erase(value, ENTRY) > 0 ? undefined : this.#encoder.encode(JSON.stringify(value))
  }

  #isUntouched(bytes: Uint8Array): boolean {
    if (this.#encoded.isIn(bytes) || this.#isFoldedIn(bytes)) return false
    return !this.#isInViews(bytes)
  }

  #isFoldedIn(bytes: Uint8Array): boolean {
    const folded = this.#folded.size === 0 ? undefined : foldBytes(bytes)
    return folded !== undefined && this.#folded.isIn(folded)
  }

  #erasedText(text: string, place: Place): string {
    if (text.length < MIN_NEEDLE || this.#clean[place].has(text) || isPlaceholder(text)) return text
    this.#spared.clear()
    const clean = this.#withoutFolded(this.#replaceAll(text, this.#sparingIn(text, place)))
    if (this.#stillHolds(clean, this.#sparingIn(clean, place))) {
      this.#left += 1
      this.#report.leftOnSecondPass += 1
      return ''
    }
    this.#remember(clean, place)
    return clean
  }

  #remember(clean: string, place: Place): void {
    const known = this.#clean[place]
    if (known.size > MAX_REMEMBERED) known.clear()
    if (clean.length < 300) known.add(clean)
  }

  #sparingIn(text: string, place: Place): Sparing | undefined {
    if (!this.#harvest.hasOrdinary) return undefined
    return sparingIn(text, place, (needle) => this.#harvest.ordinaryOf(needle))
  }

  #replaceAll(text: string, spares: Sparing | undefined): string {
    return this.#without(this.#encoded.findAll(text, this.#noting(spares)), text)
  }

  /** A letter and the accent behind it become one where that shows a secret, for folding is one for one. */
  #withoutFolded(text: string): string {
    if (this.#folded.size === 0 || !NOT_ASCII.test(text)) return text
    const composed = MARK.test(text) ? text.normalize('NFC') : text
    const hits = this.#folded.findAll(foldText(composed))
    if (hits.length === 0) return text
    return this.#without(
      hits.map((hit) => ({ ...hit, needle: this.#harvest.unfolded(hit.needle) })),
      composed,
    )
  }

  #without(hits: readonly FoundNeedle[], text: string): string {
    let out = ''
    let from = 0
    for (const hit of hits) {
      const kind = this.#harvest.kindOf(hit.needle)
      const replacement = this.#tagOf(hit.needle)
      if (this.#report.count(kind)) this.#report.example(kind, replacement, 'elsewhere')
      out += text.slice(from, hit.start) + replacement
      from = hit.end
    }
    return from === 0 ? text : out + text.slice(from)
  }

  /** What was spared is in the decoded views too, where its place cannot be told. */
  #stillHolds(text: string, spares: Sparing | undefined): boolean {
    if (this.#plain.find(text, this.#noting(spares)) !== undefined) return true
    const wasSpared = this.#spared.size === 0 ? undefined : (hit: FoundNeedle) => this.#spared.has(hit.needle)
    return decodedViews(text).some((view) => this.#plain.find(view, wasSpared) !== undefined || this.#holdsFolded(view))
  }

  #holdsFolded(text: string): boolean {
    return (
      this.#folded.size > 0 && NOT_ASCII.test(text) && this.#folded.find(foldText(text.normalize('NFC'))) !== undefined
    )
  }

  #noting(spares: Sparing | undefined): Sparing | undefined {
    if (spares === undefined) return undefined
    return (hit) => {
      const isSpared = spares(hit)
      if (isSpared) this.#spared.add(hit.needle)
      return isSpared
    }
  }
}
