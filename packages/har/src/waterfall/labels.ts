import { clipMiddle, type Measuring } from './clip.ts'
import type { WaterfallEntry } from './entry.ts'
import { endAt, kindAt, startAt, type Waterfall } from './model.ts'
import type { ResourceKind } from './resource-kind.ts'

/** How the host of the view says things, in the reader's language. */
export interface WaterfallWords {
  readonly noAnswer: string
  duration(ms: number): string
  size(bytes: number): string
  kind(kind: ResourceKind): string
  fold(count: number): string
}

export interface RowLabels {
  readonly number: string
  readonly method: string
  /** Only where it is not the host that most requests go to. */
  readonly host: string
  readonly path: string
  readonly status: string
  readonly kind: string
  readonly size: string
  readonly duration: string
  readonly note: string
}

/** In less than this there is room for a path, and not for a host as well. */
const narrowest = 200

/** The texts of each row, made when it first comes into sight and kept until words or width change. */
export class LabelCache {
  readonly #waterfall: Waterfall
  readonly #words: WaterfallWords
  readonly #mainHost: string
  #labels: (RowLabels | undefined)[] = []
  #width = -1
  #letter = 0

  constructor(waterfall: Waterfall, words: WaterfallWords) {
    this.#waterfall = waterfall
    this.#words = words
    this.#mainHost = mainHostOf(waterfall.entries)
  }

  get words(): WaterfallWords {
    return this.#words
  }

  /** Call before a frame: forgets what was clipped to another width. */
  fit(width: number, letter: number): void {
    if (width === this.#width && letter === this.#letter) return
    this.#width = width
    this.#letter = letter
    this.#labels = []
  }

  at(position: number, measure: Measuring): RowLabels {
    const known = this.#labels[position]
    if (known !== undefined) return known
    const labels = this.#make(position, measure)
    this.#labels[position] = labels
    return labels
  }

  #make(position: number, measure: Measuring): RowLabels {
    const entry = this.#waterfall.entries[position]
    if (entry === undefined) return noLabels
    const letter = this.#letter
    const method = `${entry.method} `
    const namesHost = entry.host !== this.#mainHost && this.#width >= narrowest
    const host = namesHost ? clipMiddle(entry.host, this.#width * 0.45, { letter, measure }) : ''
    const room = this.#width - (method.length + host.length) * letter
    const ms = endAt(this.#waterfall, position) - startAt(this.#waterfall, position)
    return {
      number: String(entry.index),
      method,
      host,
      path: clipMiddle(entry.path, room, { letter, measure }),
      status: entry.status === 0 ? this.#words.noAnswer : String(entry.status),
      kind: this.#words.kind(kindAt(this.#waterfall, position)),
      size: entry.sizeBytes > 0 ? this.#words.size(entry.sizeBytes) : '–',
      duration: this.#words.duration(ms),
      note: entry.error ?? '',
    }
  }
}

const noLabels: RowLabels = {
  number: '',
  method: '',
  host: '',
  path: '',
  status: '',
  kind: '',
  size: '',
  duration: '',
  note: '',
}

export function mainHostOf(entries: readonly WaterfallEntry[]): string {
  const counts = new Map<string, number>()
  for (const { host } of entries) counts.set(host, (counts.get(host) ?? 0) + 1)
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0] as [string, number])[0]
}
