import { createFileKey } from '@clew/redact'
import { type ByteSource, bytesSource } from './byte-source.ts'
import { Learner, Replacer } from './cleaner.ts'
import type { HarPart } from './entry-scanner.ts'
import { Eraser } from './eraser.ts'
import { throwIfCancelled } from './errors.ts'
import { Harvest } from './harvest.ts'
import { ReportBuilder } from './report.ts'
import { splitHar } from './split-har.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import {
  isObject,
  type JsonObject,
  type JsonValue,
  type SanitiseOptions,
  type SanitisePhase,
  type SanitiseReport,
  type Sanitising,
} from './types.ts'
import { cleanEntry, cleanLogField } from './walk.ts'

/**
 * Makes a capture safe to share: a first pass learns its secrets, a second writes a clean file entry by entry.
 * Whatever cannot be understood is left out and reported, never passed through.
 */
export function sanitiseHar(source: ByteSource, options: SanitiseOptions = {}): Sanitising {
  let settle: (report: SanitiseReport) => void = () => {}
  let fail: (reason: unknown) => void = () => {}
  const report = new Promise<SanitiseReport>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  // Who reads only the chunks sees the error there; the promise must not count as unhandled.
  report.catch(() => {})
  return { chunks: run(new Sanitisation(source, options), settle, fail), report }
}

export async function sanitiseHarBytes(
  bytes: Uint8Array,
  options: SanitiseOptions = {},
): Promise<{ bytes: Uint8Array; report: SanitiseReport }> {
  const { chunks, report } = sanitiseHar(bytesSource(bytes), options)
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return { bytes: whole, report: await report }
}

async function* run(
  work: Sanitisation,
  settle: (report: SanitiseReport) => void,
  fail: (reason: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    await work.harvest()
    yield* work.write()
    settle(work.report.build())
  } catch (error) {
    fail(error)
    throw error
  }
}

const FLUSH_CHARS = 256 << 10

class Sanitisation {
  readonly report = new ReportBuilder()
  readonly #source: ByteSource
  readonly #options: SanitiseOptions
  readonly #key: Uint8Array
  readonly #harvest = new Harvest()
  readonly #fields = new Map<string, JsonValue>()
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #entriesDone = 0
  #bytesSinceTurn = 0
  #lastBytes = 0

  constructor(source: ByteSource, options: SanitiseOptions) {
    this.#source = source
    this.#options = options
    this.#key = options.key ?? createFileKey()
  }

  /** First pass: learns the secrets and keeps the fields of `log` that are no entries. */
  async harvest(): Promise<void> {
    const learner = new Learner(this.#options.policy ?? 'standard', this.#harvest)
    for await (const batch of splitHar(this.#source, { signal: this.#options.signal })) {
      for (const part of batch.parts) {
        const value = this.#parse(part)
        if (value === undefined) continue
        if (part.type === 'field') {
          this.#fields.set(part.name, value)
          cleanLogField(part.name, value, learner)
        } else if (isObject(value)) {
          this.#entriesDone += 1
          cleanEntry(value, learner)
        }
      }
      await this.#tick('harvest', batch.bytesDone)
    }
  }

  /** Second pass: cleans, erases, checks and writes. */
  async *write(): AsyncGenerator<Uint8Array> {
    const policy = this.#options.policy ?? 'standard'
    const replacer = new Replacer(policy, this.#key, this.report)
    const eraser = new Eraser(this.#harvest, this.report, this.#key)
    if (this.#harvest.isCapped) this.report.warn('harvest.capped')
    this.#entriesDone = 0
    this.#lastBytes = 0
    let pending = this.#head(replacer, eraser)
    let index = 0
    let isFirst = true
    for await (const batch of splitHar(this.#source, { signal: this.#options.signal })) {
      if (batch.isTruncated) this.report.warn('file.truncated')
      for (const part of batch.parts) {
        if (part.type === 'field') continue
        const text = this.#cleanEntry(part, index, replacer, eraser)
        index += 1
        if (text === undefined) continue
        pending += isFirst ? `\n${text}` : `,\n${text}`
        isFirst = false
        if (pending.length < FLUSH_CHARS) continue
        yield this.#encoder.encode(pending)
        pending = ''
      }
      await this.#tick('sanitise', batch.bytesDone)
    }
    if (index === 0) this.report.warn('capture.no_entries')
    yield this.#encoder.encode(`${pending}\n]}}\n`)
    await this.#tick('verify', this.#source.size)
  }

  #head(replacer: Replacer, eraser: Eraser): string {
    const log: JsonObject = {}
    for (const [name, value] of this.#fields) {
      replacer.path.push('log')
      const clean = cleanLogField(name, value, replacer)
      replacer.path.pop()
      if (clean !== undefined) log[name] = clean
    }
    if (eraser.erase(log) > 0) this.report.warn('log.value_dropped')
    this.#fields.clear()
    const fields = JSON.stringify(log).slice(1, -1)
    return `{"log":{${fields}${fields === '' ? '' : ','}"entries":[`
  }

  #cleanEntry(part: HarPart, index: number, replacer: Replacer, eraser: Eraser): string | undefined {
    if (part.type === 'skipped') {
      if (!part.code.startsWith('entry.')) this.report.warn(part.code)
      else this.report.dropEntry(part.code, index)
      return undefined
    }
    const entry = this.#parse(part)
    if (!isObject(entry)) {
      this.report.dropEntry(part.depth > MAX_DEPTH ? 'entry.too_deep' : 'entry.unreadable', index)
      return undefined
    }
    replacer.path.length = 0
    replacer.path.push('entries', index)
    const clean = cleanEntry(entry, replacer)
    if (eraser.erase(clean) > 0) {
      this.report.dropEntry('entry.not_safe', index)
      return undefined
    }
    this.#entriesDone += 1
    this.report.entries += 1
    return JSON.stringify(clean)
  }

  #parse(part: HarPart): JsonValue | undefined {
    if (part.type === 'skipped' || part.depth > MAX_DEPTH) return undefined
    return parseTolerantly(this.#decoder.decode(part.bytes))
  }

  async #tick(phase: SanitisePhase, bytesDone: number): Promise<void> {
    const { onProgress, signal, yieldEvery = 1 << 20 } = this.#options
    onProgress?.({
      phase,
      entriesDone: this.#entriesDone,
      bytesDone,
      bytesTotal: this.#source.size,
      removedSoFar: this.report.removedTotal,
    })
    this.#bytesSinceTurn += bytesDone - this.#lastBytes
    this.#lastBytes = bytesDone
    if (yieldEvery > 0 && this.#bytesSinceTurn >= yieldEvery) {
      this.#bytesSinceTurn = 0
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
    }
    throwIfCancelled(signal)
  }
}
