import { EntryScanner, type HarPart } from '../entry-scanner.ts'
import { DEFAULT_LIMITS } from '../split-har.ts'
import { MAX_DEPTH, parseTolerantly } from '../tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue } from '../types.ts'
import { checkEntry } from './check-entry.ts'
import { checkShape } from './check-shape.ts'
import { type EntryPlace, JsonProbe, type ValueKind } from './json-probe.ts'
import { foundValue, words } from './json-words.ts'
import { knownExporter } from './known-deviations.ts'
import { type HarValidation, ProblemList } from './problem.ts'
import { below, pathOf, report, type Spot } from './spot.ts'

const KNOWN_FIELDS = new Map<string, ValueKind>([
  ['version', 'text'],
  ['creator', 'object'],
  ['browser', 'object'],
  ['pages', 'list'],
  ['entries', 'list'],
  ['comment', 'text'],
])
const KIND_WORDS = { text: words.aText, object: words.anObject, list: words.aList, other: words.aNumber }
const MAX_PAGES = 10_000

/** One file on its way through the checks: the probe knows where and how the JSON breaks, the scanner gives whole parts. */
export class Validation {
  entries = 0
  /** True when nothing more can be learnt from the rest of the file. */
  isHopeless = false

  readonly #probe = new JsonProbe()
  readonly #scanner = new EntryScanner(DEFAULT_LIMITS)
  readonly #list: ProblemList
  #places: EntryPlace[] = []
  #placesUsed = 0
  readonly #pages = new Set<string>()
  readonly #pagesAsked = new Map<string, number>()
  #faultsTaken = 0
  #index = 0
  #version = ''
  #creator = ''
  #creatorName = ''
  #startedBefore = Number.NEGATIVE_INFINITY
  #isSorted = true
  #isFirst = true

  constructor(limits: { total: number; each: number }) {
    this.#list = new ProblemList(limits)
  }

  /** Learns the exporter from the end of a file. Within a text a quotation mark is escaped, so that no body is mistaken for it. */
  lookForCreator(tail: Uint8Array): void {
    const [, text = ''] = /[{,]\s*"creator"\s*:\s*(\{[^{}]{0,1000}\})/.exec(new TextDecoder().decode(tail)) ?? []
    const creator = text === '' ? undefined : parseTolerantly(text)
    if (isObject(creator)) this.#learnCreator(creator)
  }

  push(chunk: Uint8Array): void {
    if (this.#isFirst && isUtf16(chunk)) {
      this.#list.add('json.encoding', { at: { byte: 0, line: 1 } })
      this.isHopeless = true
      return
    }
    this.#isFirst = false
    this.#probe.push(chunk)
    this.#places = [...this.#places.slice(this.#placesUsed), ...this.#probe.takePlaces()]
    this.#placesUsed = 0
    this.#takeFaults()
    if (this.isHopeless) return
    for (const part of this.#scanner.push(chunk)) this.#check(part)
  }

  end(): HarValidation {
    if (!this.isHopeless) this.#finish()
    const { counts, problems } = this.#list
    return {
      isValid: counts.error === 0,
      version: this.#version,
      creator: this.#creator,
      entries: this.entries,
      counts,
      problems,
      groups: this.#list.groups(),
    }
  }

  #finish(): void {
    if (this.#isFirst) return this.#list.add('json.empty', { at: { byte: 0, line: 1 } })
    this.#probe.end()
    this.#takeFaults()
    for (const [code, count] of this.#probe.unlisted) this.#list.count(code, count)
    this.#reportStrays()
    if (!this.#probe.hasStarted) {
      if (this.#list.counts.error === 0) this.#list.add('json.empty', { at: { byte: 0, line: 1 } })
      return
    }
    if (this.#probe.hasLog) this.#checkLog()
    else if (!this.#probe.isLost) this.#list.add('har.no_log', { path: 'log' })
    this.#checkPageNames()
  }

  #takeFaults(): void {
    const { faults } = this.#probe
    for (const fault of faults.slice(this.#faultsTaken)) {
      const { code, params, byte, line, column } = fault
      this.#list.add(code, { params, at: { byte, line, column } })
      if (code === 'json.not_json') this.isHopeless = true
    }
    this.#faultsTaken = faults.length
  }

  #check(part: HarPart): void {
    if (part.type === 'field') return this.#checkField(part)
    if (part.type === 'entry') return this.#checkEntryPart(part)
    if (part.code === 'field.too_large') return
    // The scanner tells of strays as well, but only the probe knows where they stood.
    if (part.code === 'entry.not_object') return
    this.entries += 1
    const limit = Math.round(DEFAULT_LIMITS.entryBytes / 1e6)
    report(this.#nextEntry(), 'entry.too_large', { params: { limit } })
  }

  #checkEntryPart({ bytes, depth }: Extract<HarPart, { type: 'entry' }>): void {
    this.entries += 1
    const spot = this.#nextEntry()
    if (depth > MAX_DEPTH) return report(spot, 'json.too_deep', { params: { limit: MAX_DEPTH } })
    const value = parsed(bytes, spot)
    if (!isObject(value)) return report(spot, 'entry.unreadable')
    checkEntry(value, spot)
    this.#checkOrder(value, spot)
    const { pageref } = value
    if (typeof pageref === 'string' && !this.#pagesAsked.has(pageref) && this.#pagesAsked.size < MAX_PAGES)
      this.#pagesAsked.set(pageref, this.#index - 1)
  }

  /** At the place that the probe saw; after damage to the file the scanner goes on alone and counts. */
  #nextEntry(): Spot {
    this.#reportStrays()
    const at = this.#places[this.#placesUsed]
    this.#placesUsed += 1
    return this.#spotOfEntry(at)
  }

  #spotOfEntry(at: EntryPlace | undefined): Spot {
    const index = this.#index
    this.#index += 1
    return below(this.#entriesAt(at), index)
  }

  /** Elements of `entries` that are no objects, which the scanner passes over. */
  #reportStrays(): void {
    for (let stray = this.#places[this.#placesUsed]; stray?.isObject === false; ) {
      this.#placesUsed += 1
      report(this.#spotOfEntry(stray), 'entry.not_object', { params: { found: stray.kind } })
      stray = this.#places[this.#placesUsed]
    }
  }

  #checkField({ name, bytes, depth }: Extract<HarPart, { type: 'field' }>): void {
    const spot = below(this.#log(), name)
    const value = depth > MAX_DEPTH ? undefined : parsed(bytes, spot)
    if (name === 'version' && typeof value === 'string') this.#checkVersion(value)
    if ((name === 'creator' || name === 'browser') && isObject(value)) {
      if (name === 'creator') this.#learnCreator(value)
      checkShape(value, 'creator', spot)
    }
    if (name === 'pages' && Array.isArray(value)) this.#checkPages(value, spot)
  }

  #checkVersion(version: string): void {
    this.#version = version.slice(0, 20)
    if (version === '1.2') return
    // 1.1 has the same fields, and Firebug, Fiddler and Firefox wrote it for years.
    const severity = version === '1.1' || version === '' ? 'note' : 'warning'
    this.#list.add('har.version', { path: 'log.version', params: { found: this.#version }, severity })
  }

  #learnCreator({ name, version }: JsonObject): void {
    this.#creatorName = typeof name === 'string' ? name.slice(0, 100) : ''
    this.#creator = `${this.#creatorName} ${typeof version === 'string' ? version.slice(0, 100) : ''}`.trim()
  }

  #checkPages(pages: readonly JsonValue[], spot: Spot): void {
    pages.forEach((page, index) => {
      const place = below(spot, index)
      if (!isObject(page))
        return report(place, 'field.type', { params: { found: foundValue(page), expected: words.anObject } })
      checkShape(page, 'page', place)
      const { id } = page
      if (typeof id !== 'string') return
      if (this.#pages.has(id)) report(below(place, 'id'), 'page.duplicate')
      this.#pages.add(id)
    })
  }

  #checkLog(): void {
    const log = this.#log()
    for (const [name, kind] of this.#probe.log) {
      const expected = KNOWN_FIELDS.get(name)
      if (expected === undefined && !name.startsWith('_')) report(below(log, name), 'field.unknown')
      if (expected !== undefined && expected !== kind)
        report(below(log, name), 'field.type', {
          params: { found: KIND_WORDS[kind], expected: KIND_WORDS[expected] },
        })
    }
    // In a file that breaks off, they may have been in the part that is lost.
    if (this.#probe.isLost) return
    for (const name of ['version', 'creator', 'entries'])
      if (!this.#probe.log.has(name)) report(below(log, name), 'field.missing')
    if (this.#probe.log.get('entries') === 'list' && this.#index === 0) report(below(log, 'entries'), 'har.no_entries')
  }

  #checkPageNames(): void {
    if (this.#probe.isLost) return
    for (const [name, index] of this.#pagesAsked) {
      if (this.#pages.has(name)) continue
      const spot = below(below(this.#entriesAt(undefined), index), 'pageref')
      // Without any page the names still group the entries.
      report(spot, 'page.unknown', this.#pages.size === 0 ? { severity: 'note' } : {})
    }
  }

  #checkOrder({ startedDateTime }: JsonObject, spot: Spot): void {
    const started = typeof startedDateTime === 'string' ? Date.parse(startedDateTime) : Number.NaN
    if (Number.isNaN(started)) return
    if (this.#isSorted && started < this.#startedBefore) {
      this.#isSorted = false
      report(spot, 'entries.unsorted')
    }
    this.#startedBefore = started
  }

  #entriesAt(at: EntryPlace | undefined): Spot {
    return below(this.#log(at), 'entries')
  }

  /** What is reported below it is told with its place and, where one is known, the exporter that does so. */
  #log(at?: EntryPlace): Spot {
    const place = at === undefined ? undefined : { byte: at.byte, line: at.line }
    return {
      key: 'log',
      to: (code, spot, detail) => {
        const path = pathOf(spot)
        const exporter = knownExporter(code, path, this.#creatorName)
        this.#list.add(code, { ...detail, path, at: place, exporter })
      },
    }
  }
}

function parsed(bytes: Uint8Array, spot: Spot): JsonValue | undefined {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('\ufffd') && !isUtf8(bytes)) report(spot, 'json.utf8')
  return parseTolerantly(text)
}

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
