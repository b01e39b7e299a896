import { createFileKey } from '@clew/redact'
import type { ByteSource } from './byte-source.ts'
import { type Cleaner, Learner, LearningReplacer, Replacer } from './cleaner.ts'
import type { HarPart } from './entry-scanner.ts'
import { Eraser } from './eraser.ts'
import { throwIfCancelled } from './errors.ts'
import { Harvest } from './harvest.ts'
import { ReportBuilder } from './report.ts'
import { splitHar } from './split-har.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue, type SanitiseOptions, type SanitisePhase } from './types.ts'
import { cleanEntry, cleanLogField } from './walk.ts'

const FLUSH_CHARS = 256 << 10

const DEFAULT_MEMORY_BYTES = 32 << 20

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
  readonly #early: { index: number; bytes: Uint8Array }[] = []
  #earlyBytes = 0
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
    this.#learner = new Learner(policy, this.#harvest)
    this.#replacer = new Replacer(policy, this.#key, this.report)
    this.#learningReplacer = new LearningReplacer(policy, this.#key, { report: this.report, harvest: this.#harvest })
  }

  async read(): Promise<void> {
    for await (const batch of splitHar(this.#source, { signal: this.#options.signal })) {
      for (const part of batch.parts) this.#readPart(part)
      this.#isTruncated = batch.isTruncated
      await this.#tick('harvest', batch.bytesDone)
    }
  }

  async *write(): AsyncGenerator<Uint8Array> {
    const eraser = new Eraser(this.#harvest, this.report, this.#key)
    if (this.#harvest.isCapped) this.report.warn('harvest.capped')
    if (this.#isTruncated) this.report.warn('file.truncated')
    this.#entriesDone = 0
    this.#lastBytes = 0
    let pending = this.#head(eraser)
    let separator = '\n'
    for await (const text of this.#cleanEntries(eraser)) {
      pending += separator + text
      separator = ',\n'
      if (pending.length < FLUSH_CHARS) continue
      yield this.#encoder.encode(pending)
      pending = ''
    }
    if (this.report.entries + this.report.entriesDropped === 0) this.report.warn('capture.no_entries')
    yield this.#encoder.encode(`${pending}\n]}}\n`)
    await this.#tick('verify', this.#source.size)
  }

  #readPart(part: HarPart): void {
    if (part.type === 'field') {
      const value = this.#parse(part)
      if (value === undefined) return
      this.#fields.set(part.name, value)
      cleanLogField(part.name, value, this.#learner)
    } else if (this.#earlyBytes < (this.#options.memoryBytes ?? DEFAULT_MEMORY_BYTES)) {
      const text = this.#cleaned(part, this.#earlyEntries, this.#learningReplacer)
      const index = this.#earlyEntries
      this.#earlyEntries += 1
      if (text === undefined) return
      const bytes = this.#encoder.encode(text)
      this.#early.push({ index, bytes })
      this.#earlyBytes += bytes.length
      this.#entriesDone += 1
    } else {
      this.#hasLate = true
      const entry = this.#parse(part)
      if (isObject(entry)) cleanEntry(entry, this.#learner)
      this.#entriesDone += 1
    }
  }

  async *#cleanEntries(eraser: Eraser): AsyncGenerator<string> {
    const total = this.#early.length * (this.#hasLate ? 8 : 1)
    for (const [done, early] of this.#early.entries()) {
      const text = this.#erased(this.#decoder.decode(early.bytes), early.index, eraser)
      early.bytes = EMPTY
      if (text !== undefined) yield text
      if (done % 256 === 255) await this.#tick('sanitise', Math.round((this.#source.size * done) / total))
    }
    if (this.#hasLate) yield* this.#cleanLateEntries(eraser)
  }

  async *#cleanLateEntries(eraser: Eraser): AsyncGenerator<string> {
    let index = -1
    for await (const batch of splitHar(this.#source, { signal: this.#options.signal })) {
      for (const part of batch.parts) {
        if (part.type === 'field') continue
        index += 1
        if (index < this.#earlyEntries) continue
        const text = this.#cleaned(part, index, this.#replacer)
        const erased = text === undefined ? undefined : this.#erased(text, index, eraser)
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

  #erased(text: string, index: number, eraser: Eraser): string | undefined {
    const erased = eraser.eraseText(text)
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
    if (eraser.erase(log) > 0) this.report.warn('log.value_dropped')
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

const EMPTY = new Uint8Array(0)
