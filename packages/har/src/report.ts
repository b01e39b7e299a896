import type { KeptReason, RemovalKind, SanitiseExample, SanitiseReport, SanitiseWarning } from './types.ts'

const MAX_EXAMPLES = 200
const MAX_EXAMPLES_PER_KIND = 40
const MAX_WARNINGS = 200

/** Counts what goes, and remembers a few places to show. Never sees more than the replacement. */
export class ReportBuilder {
  entries = 0
  entriesDropped = 0
  leftOnSecondPass = 0
  removedTotal = 0
  readonly #removed = new Map<RemovalKind, number>()
  readonly #kept = new Map<KeptReason, number>()
  readonly #warnings = new Map<string, SanitiseWarning>()
  readonly #examples: SanitiseExample[] = []

  /** True while examples of the kind are wanted. */
  count(kind: RemovalKind): boolean {
    this.removedTotal += 1
    const removed = (this.#removed.get(kind) ?? 0) + 1
    this.#removed.set(kind, removed)
    return removed <= MAX_EXAMPLES_PER_KIND && this.#examples.length < MAX_EXAMPLES
  }

  keep(reason: KeptReason): void {
    this.#kept.set(reason, (this.#kept.get(reason) ?? 0) + 1)
  }

  example(kind: RemovalKind, replacement: string, where: string): void {
    this.#examples.push({ kind, where, replacement })
  }

  warn(code: string, path?: string): void {
    const key = `${code} ${path ?? ''}`
    if (this.#warnings.size >= MAX_WARNINGS || this.#warnings.has(key)) return
    this.#warnings.set(key, path === undefined ? { code } : { code, path })
  }

  dropEntry(code: string, index: number): void {
    this.entriesDropped += 1
    this.warn(code, `entries[${index}]`)
  }

  /** Adds up what the threads of one file report. */
  absorb(reports: readonly SanitiseReport[]): void {
    for (const report of reports) {
      this.entries += report.entries
      this.entriesDropped += report.entriesDropped
      this.leftOnSecondPass += report.leftOnSecondPass
      this.removedTotal += report.removedTotal
      for (const { kind, count } of report.removed) this.#removed.set(kind, (this.#removed.get(kind) ?? 0) + count)
      for (const { reason, count } of report.kept) this.#kept.set(reason, (this.#kept.get(reason) ?? 0) + count)
    }
    for (const { code, path } of inOrder(reports.flatMap(({ warnings }) => warnings))) this.warn(code, path)
    const shown = new Map<RemovalKind, number>()
    for (const example of inOrder(reports.flatMap(({ examples }) => examples))) {
      const ofKind = (shown.get(example.kind) ?? 0) + 1
      shown.set(example.kind, ofKind)
      if (ofKind <= MAX_EXAMPLES_PER_KIND && this.#examples.length < MAX_EXAMPLES) this.#examples.push(example)
    }
  }

  build(): SanitiseReport {
    const removed = [...this.#removed].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
    return {
      entries: this.entries,
      entriesDropped: this.entriesDropped,
      removed,
      removedTotal: this.removedTotal,
      leftOnSecondPass: this.leftOnSecondPass,
      kept: [...this.#kept].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
      warnings: [...this.#warnings.values()],
      examples: this.#examples,
    }
  }
}

/** By the entry where it was; what was in none comes last, as where one thread works. */
function inOrder<T extends { where?: string; path?: string }>(told: readonly T[]): T[] {
  const entryOf = ({ where, path }: T): number => Number(/^entries\[(\d+)\]/.exec(where ?? path ?? '')?.[1] ?? Infinity)
  const numbered = told.map((item) => ({ item, entry: entryOf(item) }))
  return numbered.sort((a, b) => (a.entry === b.entry ? 0 : a.entry - b.entry)).map(({ item }) => item)
}
