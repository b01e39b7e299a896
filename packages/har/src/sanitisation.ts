import { createFileKey } from '@clew/redact'
import type { ByteSource } from './byte-source.ts'
import { type Cleaner, Learner, LearningReplacer, Replacer } from './cleaner.ts'
import type { HarPart } from './entry-scanner.ts'
import { EntryStore } from './entry-store.ts'
import { Eraser } from './eraser.ts'
import { throwIfCancelled } from './errors.ts'
import { Harvest } from './harvest.ts'
import { compileOperatorPolicy } from './operator-policy.ts'
import { ReportBuilder } from './report.ts'
import { splitHar } from './split-har.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import { LOG } from './treatments.ts'
import { isObject, type JsonObject, type JsonValue, type SanitiseOptions, type SanitisePhase } from './types.ts'
import { cleanEntry, cleanLogField } from './walk.ts'

const FLUSH_BYTES = 256 << 10

const DEFAULT_MEMORY_BYTES = 40 << 20

/**
 * One run over one file. The first pass learns every secret and cleans entries as long as there is room for them;
 * the second erases what was learnt from those, and reads, cleans and erases the rest.
 */
export class Sanitisation {
  readonly report = new ReportBuilder()
  readonly #source: ByteSource
  readonly #options: SanitiseOptions
  readonly #key: Uint8Array
  readonly #harvest = new Harvest()
  readonly #fields = new Map<string, JsonValue>()
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #learner: Learner
  readonly #replacer: Replacer
  readonly #learningReplacer: LearningReplacer
  readonly #early: EntryStore
  /** How many entries, dropped ones included, were dealt with in the first pass. */
  #earlyEntries = 0
  #hasLate = false
  #isTruncated = false
  #entriesDone = 0
  #bytesSinceTurn = 0
  #lastBytes = 0

  constructor(source: ByteSource, options: SanitiseOptions) {
    const policy = options.policy ?? 'standard'
    this.#source = source
    this.#options = options
    this.#key = options.key ?? createFileKey()
    const room = options.memoryBytes ?? DEFAULT_MEMORY_BYTES
    // Cleaned entries take two fifths of what they took before, as a rule.
    this.#early = new EntryStore(room, source.size * 0.4 > room)
    this.#learner = new Learner(policy, this.#harvest)
    this.#replacer = new Replacer(policy, this.#key, this.report)
    this.#learningReplacer = new LearningReplacer(policy, this.#key, { report: this.report, harvest: this.#harvest })
    const operator = compileOperatorPolicy(options)
    for (const cleaner of [this.#learner, this.#replacer, this.#learningReplacer]) cleaner.operator = operator
  }

  async read(): Promise<void> {
    for await (const batch of splitHar(this.#source, { signal: this.#options.signal })) {
      for (const part of batch.parts) this.#readPart(part)
      this.#isTruncated = batch.isTruncated
      await this.#early.settle()
      await this.#tick('harvest', batch.bytesDone)
    }
  }

  async *write(): AsyncGenerator<Uint8Array> {
    const eraser = new Eraser(this.#harvest, this.report, this.#key)
    if (this.#harvest.isCapped) this.report.warn('harvest.capped')
    if (this.#isTruncated) this.report.warn('file.truncated')
    this.#entriesDone = 0
    this.#lastBytes = 0
    const out = new Output(this.#encoder.encode(this.#head(eraser)))
    let separator = FIRST
    for await (const bytes of this.#cleanEntries(eraser)) {
      out.add(separator)
      out.add(bytes)
      separator = NEXT
      if (out.size >= FLUSH_BYTES) yield out.take()
    }
    if (this.report.entries + this.report.entriesDropped === 0) this.report.warn('capture.no_entries')
    out.add(LAST)
    yield out.take()
    await this.#tick('verify', this.#source.size)
  }

  #readPart(part: HarPart): void {
    if (part.type === 'field') {
      const value = this.#parse(part)
      if (value === undefined) return
      this.#fields.set(part.name, value)
      cleanLogField(part.name, value, this.#learner)
    } else if (!this.#hasLate && this.#early.hasRoom) {
      const json = this.#cleaned(part, this.#earlyEntries, this.#learningReplacer)
      if (json !== undefined) this.#early.add(this.#earlyEntries, json)
      this.#earlyEntries += 1
      if (json === undefined) return
      this.#entriesDone += 1
    } else {
      this.#hasLate = true
      const entry = this.#parse(part)
      if (isObject(entry)) cleanEntry(entry, this.#learner)
      this.#entriesDone += 1
    }
  }

  async *#cleanEntries(eraser: Eraser): AsyncGenerator<Uint8Array> {
    const total = this.#early.count * (this.#hasLate ? 8 : 1)
    let done = 0
    for await (const { index, bytes } of this.#early.take()) {
      const erased = this.#erased(bytes, index, eraser)
      if (erased !== undefined) yield erased
      done += 1
      if (done % 256 === 0) await this.#tick('sanitise', Math.round((this.#source.size * done) / total))
    }
    if (this.#hasLate) yield* this.#cleanLateEntries(eraser)
  }

  async *#cleanLateEntries(eraser: Eraser): AsyncGenerator<Uint8Array> {
    let index = -1
    for await (const batch of splitHar(this.#source, { signal: this.#options.signal })) {
      for (const part of batch.parts) {
        if (part.type === 'field') continue
        index += 1
        if (index < this.#earlyEntries) continue
        const json = this.#cleaned(part, index, this.#replacer)
        const erased = json === undefined ? undefined : this.#erased(this.#encoder.encode(json), index, eraser)
        if (erased !== undefined) yield erased
      }
      await this.#tick('sanitise', batch.bytesDone)
    }
  }

  /** An entry cleaned by structure; undefined when it was dropped. */
  #cleaned(part: HarPart, index: number, cleaner: Cleaner): string | undefined {
    if (part.type === 'skipped') {
      if (part.code.startsWith('entry.')) this.report.dropEntry(part.code, index)
      else this.report.warn(part.code)
      return undefined
    }
    const entry = this.#parse(part)
    if (!isObject(entry)) {
      this.report.dropEntry(part.depth > MAX_DEPTH ? 'entry.too_deep' : 'entry.unreadable', index)
      return undefined
    }
    cleaner.path.length = 0
    cleaner.path.push('entries', index)
    return JSON.stringify(cleanEntry(entry, cleaner))
  }

  #erased(bytes: Uint8Array, index: number, eraser: Eraser): Uint8Array | undefined {
    const erased = eraser.eraseBytes(bytes)
    if (erased === undefined) {
      this.report.dropEntry('entry.not_safe', index)
      return undefined
    }
    this.#entriesDone += 1
    this.report.entries += 1
    return erased
  }

  #head(eraser: Eraser): string {
    const log: JsonObject = {}
    this.#replacer.path.length = 0
    this.#replacer.path.push('log')
    for (const [name, value] of this.#fields) {
      const clean = cleanLogField(name, value, this.#replacer)
      if (clean !== undefined) log[name] = clean
    }
    this.#fields.clear()
    if (eraser.erase(log, LOG) > 0) this.report.warn('log.value_dropped')
    const fields = JSON.stringify(log).slice(1, -1)
    return `{"log":{${fields}${fields === '' ? '' : ','}"entries":[`
  }

  #parse(part: HarPart): JsonValue | undefined {
    if (part.type === 'skipped' || part.depth > MAX_DEPTH) return undefined
    return parseTolerantly(this.#decoder.decode(part.bytes))
  }

  async #tick(phase: SanitisePhase, bytesDone: number): Promise<void> {
    const { onProgress, signal, yieldEvery = 4 << 20 } = this.#options
    onProgress?.({
      phase,
      entriesDone: this.#entriesDone,
      bytesDone,
      bytesTotal: this.#source.size,
      removedSoFar: this.report.removedTotal,
    })
    this.#bytesSinceTurn += Math.max(0, bytesDone - this.#lastBytes)
    this.#lastBytes = bytesDone
    if (yieldEvery > 0 && this.#bytesSinceTurn >= yieldEvery) {
      this.#bytesSinceTurn = 0
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
    }
    throwIfCancelled(signal)
  }
}

const FIRST = new TextEncoder().encode('\n')
const NEXT = new TextEncoder().encode(',\n')
const LAST = new TextEncoder().encode('\n]}}\n')

/** Gathers small pieces into large ones. */
class Output {
  size = 0
  #parts: Uint8Array[] = []

  constructor(first: Uint8Array) {
    this.add(first)
  }

  add(bytes: Uint8Array): void {
    this.#parts.push(bytes)
    this.size += bytes.length
  }

  take(): Uint8Array {
    const whole = new Uint8Array(this.size)
    let at = 0
    for (const part of this.#parts) {
      whole.set(part, at)
      at += part.length
    }
    this.#parts = []
    this.size = 0
    return whole
  }
}
