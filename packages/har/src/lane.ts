import { createPseudonymiser, type Pseudonymiser } from '@clew/redact'
import { type Cleaner, Learner, LearningReplacer, Replacer } from './cleaner.ts'
import { Eraser } from './eraser.ts'
import { Harvest } from './harvest.ts'
import { joined } from './joined.ts'
import { compileOperatorPolicy } from './operator-policy.ts'
import { ReportBuilder } from './report.ts'
import type { Shelf, Shelved } from './shelf.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import { LOG } from './treatments.ts'
import { isObject, type JsonObject, type JsonValue, type SanitiseOptions, type SanitiseReport } from './types.ts'
import { cleanEntry, cleanLogField } from './walk.ts'

/** What decides how entries are cleaned: the same for all lanes of a file. */
export type LaneOptions = Pick<SanitiseOptions, 'policy' | 'keepBodiesOf' | 'rules'> & {
  key: Uint8Array
  /** Other lanes clean other entries of the file: tags then depend on the value alone. */
  isOneOfMany: boolean
  /** Clean entries that may stay in memory between the passes, in bytes. */
  memoryBytes: number
}

/** A part of the file as it stands there, still bytes. */
export interface RawPart {
  bytes: Uint8Array
  /** Of brackets in brackets. */
  depth: number
}

/** Entries that stand one behind the other in the file. */
export interface EntryBatch {
  number: number
  /** Of the first one in the file, dropped ones included. */
  firstIndex: number
  /** Each as it is, or why it was left out. */
  entries: readonly (RawPart | { code: string })[]
}

export interface BatchCleaned {
  /** How many entries were clean. */
  entries: number
  /** By this lane so far. */
  removedTotal: number
  /** False when there was no room: what was learnt stays learnt, and `finish` needs the batch again. */
  isKept: boolean
}

/** A cleaned batch: its entries as JSON with a separator between them. */
interface Pack {
  indexes: readonly number[]
  bytes: Uint8Array
}

/** Where there is a shelf, so much stays in memory. */
const BEFORE_SHELF = 4 << 20

/** Between two entries of the clean file. JSON holds no line feed of its own. */
const SEPARATOR = ',\n'
const LINE_FEED = 0x0a

/**
 * What one thread does for a file. In the first pass it learns the secrets of its entries, and cleans these as long as there is
 * room; in the second it erases what all lanes have learnt. The first lane cleans what stands around the entries too.
 */
export class Lane {
  readonly #harvest = new Harvest()
  readonly #report = new ReportBuilder()
  readonly #pseudonyms: Pseudonymiser
  readonly #replacer: Replacer
  /** Those of the first pass, and what they remember. */
  #first: { learner: Learner; replacer: LearningReplacer } | undefined
  readonly #fields = new Map<string, RawPart>()
  readonly #packs = new Map<number, { indexes: readonly number[]; take: Shelved }>()
  readonly #encoder = new TextEncoder()
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #shelf: Shelf | undefined
  #room: number
  #hasShelf: boolean
  #eraser: Eraser | undefined

  constructor(options: LaneOptions, shelf?: Shelf) {
    const policy = options.policy ?? 'standard'
    const report = this.#report
    this.#pseudonyms = createPseudonymiser(options.key, { areLong: options.isOneOfMany })
    this.#room = shelf === undefined ? options.memoryBytes : Math.min(options.memoryBytes, BEFORE_SHELF)
    this.#shelf = shelf
    this.#hasShelf = shelf !== undefined
    const learner = new Learner(policy, this.#harvest)
    const replacer = new LearningReplacer(policy, this.#pseudonyms, { report, harvest: this.#harvest })
    this.#replacer = new Replacer(policy, this.#pseudonyms, report)
    this.#first = { learner, replacer }
    const operator = compileOperatorPolicy(options)
    for (const cleaner of [learner, replacer, this.#replacer]) cleaner.operator = operator
  }

  /** First pass: a field of `log` other than its entries. */
  learnField(name: string, part: RawPart): void {
    const value = this.#parse(part)
    if (value === undefined) return
    // Learning leaves nothing of the value: what is written is read again.
    this.#fields.set(name, { bytes: part.bytes.slice(), depth: part.depth })
    cleanLogField(name, value, this.#firstPass.learner)
  }

  /** First pass. */
  async clean(batch: EntryBatch): Promise<BatchCleaned> {
    const hasRoom = this.#room > 0 || this.#hasShelf
    const entries = hasRoom ? await this.#cleanAndKeep(batch) : this.#learnFrom(batch)
    return { entries, removedTotal: this.#report.removedTotal, isKept: hasRoom }
  }

  /** Between the passes. */
  learnt(): Uint8Array {
    return this.#harvest.learnt()
  }

  /** What all lanes have learnt, where there are others. */
  prepare(all: readonly Uint8Array[]): void {
    this.#first = undefined
    if (all.length > 1) this.#harvest.absorb(all)
    this.#eraser = new Eraser(this.#harvest, this.#report, this.#pseudonyms)
  }

  /** Second pass: how the clean file begins, up to its first entry. */
  head(): Uint8Array {
    const log: JsonObject = {}
    this.#begin(this.#replacer, ['log'])
    for (const [name, part] of this.#fields) {
      const clean = cleanLogField(name, this.#parse(part) ?? null, this.#replacer)
      if (clean !== undefined) log[name] = clean
    }
    this.#fields.clear()
    if (this.#theEraser.erase(log, LOG) > 0) this.#report.warn('log.value_dropped')
    const fields = JSON.stringify(log).slice(1, -1)
    return this.#encoder.encode(`{"log":{${fields}${fields === '' ? '' : ','}"entries":[`)
  }

  /** Second pass: the entries of a batch as they stand in the clean file; nothing when none is left. */
  async finish(number: number, again?: EntryBatch): Promise<Uint8Array> {
    if (again !== undefined) return this.#erased(this.#packed(again, this.#replacer))
    const kept = this.#packs.get(number)
    if (kept === undefined) throw new Error(`batch ${number} was not kept`)
    this.#packs.delete(number)
    return this.#erased({ indexes: kept.indexes, bytes: await kept.take() })
  }

  /** Once everything is finished. */
  report(): SanitiseReport {
    if (this.#harvest.isCapped) this.#report.warn('harvest.capped')
    return this.#report.build()
  }

  close(): void {
    this.#shelf?.close()
  }

  get #firstPass(): { learner: Learner; replacer: LearningReplacer } {
    if (this.#first === undefined) throw new Error('the first pass is over')
    return this.#first
  }

  get #theEraser(): Eraser {
    if (this.#eraser === undefined) throw new Error('a lane erases once it is prepared')
    return this.#eraser
  }

  async #cleanAndKeep(batch: EntryBatch): Promise<number> {
    const { indexes, bytes } = this.#packed(batch, this.#firstPass.replacer)
    this.#packs.set(batch.number, { indexes, take: await this.#keep(bytes) })
    return indexes.length
  }

  /** In memory as long as there is room. Where a shelf takes no more, the rest of the file is read twice. */
  async #keep(bytes: Uint8Array): Promise<Shelved> {
    if (this.#shelf !== undefined && this.#hasShelf && this.#room < bytes.length)
      try {
        return await this.#shelf.put(bytes)
      } catch {
        this.#hasShelf = false
      }
    this.#room -= bytes.length
    return async () => bytes
  }

  #learnFrom({ entries }: EntryBatch): number {
    let count = 0
    for (const part of entries) {
      const entry = 'code' in part ? undefined : this.#parse(part)
      if (!isObject(entry)) continue
      cleanEntry(entry, this.#firstPass.learner)
      count += 1
    }
    return count
  }

  /** The entries cleaned by structure, without those that are dropped. */
  #packed({ firstIndex, entries }: EntryBatch, cleaner: Cleaner): Pack {
    const indexes: number[] = []
    const clean: string[] = []
    for (const [i, part] of entries.entries()) {
      const json = this.#cleaned(part, firstIndex + i, cleaner)
      if (json === undefined) continue
      indexes.push(firstIndex + i)
      clean.push(json)
    }
    return { indexes, bytes: this.#encoder.encode(clean.join(SEPARATOR)) }
  }

  #cleaned(part: RawPart | { code: string }, index: number, cleaner: Cleaner): string | undefined {
    const entry = 'code' in part ? undefined : this.#parse(part)
    if (!isObject(entry)) {
      this.#report.dropEntry(whyDropped(part), index)
      return undefined
    }
    this.#begin(cleaner, ['entries', index])
    return JSON.stringify(cleanEntry(entry, cleaner))
  }

  /** Most entries are as they should be: then the batch is what it was. */
  #erased({ indexes, bytes }: Pack): Uint8Array {
    const erased: Uint8Array[] = []
    let isSame = true
    let from = 0
    for (const index of indexes) {
      const feed = bytes.indexOf(LINE_FEED, from)
      const end = feed < 0 ? bytes.length : feed - 1
      const entry = bytes.subarray(from, end)
      const clean = this.#theEraser.eraseBytes(entry)
      if (clean === undefined) this.#report.dropEntry('entry.not_safe', index)
      else erased.push(clean)
      isSame &&= clean === entry
      from = feed + 1
    }
    this.#report.entries += erased.length
    return isSame ? bytes : joined(erased, this.#encoder.encode(SEPARATOR))
  }

  #begin(cleaner: Cleaner, path: readonly (string | number)[]): void {
    cleaner.path.length = 0
    cleaner.path.push(...path)
  }

  #parse({ bytes, depth }: RawPart): JsonValue | undefined {
    return depth > MAX_DEPTH ? undefined : parseTolerantly(this.#decoder.decode(bytes))
  }
}

function whyDropped(part: RawPart | { code: string }): string {
  if ('code' in part) return part.code
  return part.depth > MAX_DEPTH ? 'entry.too_deep' : 'entry.unreadable'
}
