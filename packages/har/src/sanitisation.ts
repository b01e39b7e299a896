import { createFileKey } from '@clew/redact'
import type { ByteSource } from './byte-source.ts'
import type { HarPart } from './entry-scanner.ts'
import { throwIfCancelled } from './errors.ts'
import { joined } from './joined.ts'
import type { EntryBatch, LaneOptions } from './lane.ts'
import { type LaneLink, laneHere, linkTo } from './lane-link.ts'
import { ReportBuilder } from './report.ts'
import { splitHar } from './split-har.ts'
import type { SanitiseOptions, SanitisePhase } from './types.ts'

const FLUSH_BYTES = 256 << 10

const DEFAULT_MEMORY_BYTES = 40 << 20

/** So many batches are on the way to each lane: one that it works on, one that waits. */
const UNDERWAY = 2

/** What is remembered of a batch between the passes. */
interface Batch {
  lane: LaneLink
  number: number
  firstIndex: number
  count: number
  /** Up to where the file was read when the batch was whole. */
  bytesDone: number
  /** Where its entries stand, where they are read twice. */
  places?: readonly Place[]
}

type Place = { start: number; length: number; depth: number } | { code: string }

/**
 * One run over one file: splits it into batches of entries, gives them to lanes, tells each of these what all have learnt, and
 * puts together what they make of it.
 */
export class Sanitisation {
  readonly report = new ReportBuilder()
  readonly #source: ByteSource
  readonly #options: SanitiseOptions
  readonly #removed = new Map<LaneLink, number>()
  #lanes: readonly LaneLink[] = []
  readonly #batches: Batch[] = []
  #nextIndex = 0
  #isTruncated = false
  #entriesDone = 0
  #bytesSinceTurn = 0
  #lastBytes = 0

  constructor(source: ByteSource, options: SanitiseOptions) {
    this.#source = source
    this.#options = options
  }

  /** First pass. */
  async read(): Promise<void> {
    this.#lanes = await startLanes(this.#source.size, this.#options)
    const underway: Promise<void>[] = []
    for await (const { parts, bytesDone, isTruncated } of splitHar(this.#source, { signal: this.#options.signal })) {
      this.#isTruncated = isTruncated
      await this.#readFields(parts)
      while (underway.length >= this.#depth) await underway.shift()
      underway.push(handled(this.#clean(parts.filter(isEntry), bytesDone)))
    }
    await Promise.all(underway)
  }

  /** Second pass. */
  async *write(): AsyncGenerator<Uint8Array> {
    await this.#shareLearnt()
    this.#entriesDone = 0
    this.#lastBytes = 0
    const out = new Output()
    out.add(await this.#firstLane.head())
    let separator = FIRST
    for await (const entries of this.#finished()) {
      if (entries.length === 0) continue
      out.add(separator)
      out.add(entries)
      separator = NEXT
      if (out.size >= FLUSH_BYTES) yield out.take()
    }
    await this.#gatherReports()
    out.add(LAST)
    yield out.take()
    await this.#tick('verify', this.#source.size)
  }

  /** Also when the work was left off. */
  close(): void {
    for (const lane of this.#lanes) lane.close()
  }

  get #firstLane(): LaneLink {
    const [first] = this.#lanes
    if (first === undefined) throw new Error('there is no lane')
    return first
  }

  /** How many batches are on the way at a time. */
  get #depth(): number {
    return this.#lanes.length === 1 ? 1 : this.#lanes.length * UNDERWAY
  }

  async #readFields(parts: readonly HarPart[]): Promise<void> {
    for (const part of parts) {
      if (part.type === 'field') await this.#firstLane.learnField(part.name, part)
      else if (part.type === 'skipped' && part.code === 'field.too_large') this.report.warn(part.code)
    }
  }

  async #clean(entries: readonly EntryPart[], bytesDone: number): Promise<void> {
    const number = this.#batches.length
    const lane = this.#lanes[number % this.#lanes.length] ?? this.#firstLane
    const batch: Batch = { lane, number, firstIndex: this.#nextIndex, count: entries.length, bytesDone }
    this.#batches.push(batch)
    this.#nextIndex += entries.length
    const places = entries.map(placeOf)
    const { entries: clean, removedTotal, isKept } = await lane.clean({ number, firstIndex: batch.firstIndex, entries })
    if (!isKept) batch.places = places
    this.#entriesDone += clean
    this.#removed.set(lane, removedTotal)
    await this.#tick('harvest', bytesDone)
  }

  async #shareLearnt(): Promise<void> {
    const all = this.#lanes.length === 1 ? [] : await Promise.all(this.#lanes.map((lane) => lane.learnt()))
    await Promise.all(this.#lanes.map((lane) => lane.prepare(all)))
  }

  /** The clean entries, batch by batch in the order of the file. */
  async *#finished(): AsyncGenerator<Uint8Array> {
    const underway: { batch: Batch; bytes: Promise<Uint8Array> }[] = []
    const next = async (): Promise<Uint8Array> => {
      const first = underway.shift()
      if (first === undefined) return new Uint8Array(0)
      const bytes = await first.bytes
      this.#entriesDone += first.batch.count
      await this.#tick('sanitise', first.batch.bytesDone)
      return bytes
    }
    for (const batch of this.#batches) {
      if (underway.length >= this.#depth) yield await next()
      underway.push({ batch, bytes: handled(this.#finish(batch)) })
    }
    while (underway.length > 0) yield await next()
  }

  async #finish({ lane, number, firstIndex, places }: Batch): Promise<Uint8Array> {
    if (places === undefined) return lane.finish(number)
    const entries = await readAgain(this.#source, places)
    return lane.finish(number, { number, firstIndex, entries })
  }

  async #gatherReports(): Promise<void> {
    if (this.#isTruncated) this.report.warn('file.truncated')
    this.report.absorb(await Promise.all(this.#lanes.map((lane) => lane.report())))
    this.#removed.clear()
    this.#entriesDone = this.report.entries
    if (this.report.entries + this.report.entriesDropped === 0) this.report.warn('capture.no_entries')
  }

  async #tick(phase: SanitisePhase, bytesDone: number): Promise<void> {
    const { onProgress, signal, yieldEvery = 4 << 20 } = this.#options
    onProgress?.({
      phase,
      entriesDone: this.#entriesDone,
      bytesDone,
      bytesTotal: this.#source.size,
      removedSoFar: [...this.#removed.values()].reduce((sum, removed) => sum + removed, this.report.removedTotal),
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

/** On threads where the platform gives some, else on this one. */
async function startLanes(size: number, options: SanitiseOptions): Promise<readonly LaneLink[]> {
  const { key = createFileKey(), memoryBytes = DEFAULT_MEMORY_BYTES, makeShelf, startThreads } = options
  const shared = { ...rulesOf(options), key }
  const ports = startThreads?.(size) ?? []
  const each = { ...shared, isOneOfMany: true, memoryBytes: Math.floor(memoryBytes / ports.length) }
  const started = await Promise.allSettled(ports.map((port) => linkTo(port, each)))
  const lanes = started.flatMap((link) => (link.status === 'fulfilled' ? [link.value] : []))
  if (lanes.length === ports.length && lanes.length > 1) return lanes
  for (const port of ports) port.close()
  return [laneHere({ ...shared, isOneOfMany: false, memoryBytes }, makeShelf?.())]
}

/** What another thread has to know: functions cannot be told. */
function rulesOf({
  policy,
  keepBodiesOf,
  rules,
}: SanitiseOptions): Pick<LaneOptions, 'policy' | 'keepBodiesOf' | 'rules'> {
  return {
    ...(policy && { policy }),
    ...(keepBodiesOf && { keepBodiesOf }),
    ...(rules && { rules }),
  }
}

/** Whoever waits for it sees the error; until then it must not count as unhandled. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

type EntryPart = Exclude<HarPart, { type: 'field' }>

function isEntry(part: HarPart): part is EntryPart {
  return part.type === 'entry' || (part.type === 'skipped' && part.code !== 'field.too_large')
}

function placeOf(part: EntryPart): Place {
  return part.type === 'skipped' ? part : { start: part.start, length: part.bytes.length, depth: part.depth }
}

/** In one piece: the entries of a batch stand one behind the other. */
async function readAgain(source: ByteSource, places: readonly Place[]): Promise<EntryBatch['entries']> {
  const whole = places.filter((place) => 'start' in place)
  const from = whole[0]?.start ?? 0
  const last = whole.at(-1)
  const bytes = await source.slice(from, last === undefined ? from : last.start + last.length)
  return places.map((place) => {
    if ('code' in place) return place
    const at = place.start - from
    return { bytes: bytes.subarray(at, at + place.length), depth: place.depth }
  })
}

const FIRST = new TextEncoder().encode('\n')
const NEXT = new TextEncoder().encode(',\n')
const LAST = new TextEncoder().encode('\n]}}\n')

/** Gathers small pieces into large ones. */
class Output {
  size = 0
  #parts: Uint8Array[] = []

  add(bytes: Uint8Array): void {
    this.#parts.push(bytes)
    this.size += bytes.length
  }

  take(): Uint8Array {
    const whole = joined(this.#parts)
    this.#parts = []
    this.size = 0
    return whole
  }
}
