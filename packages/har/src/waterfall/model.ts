import {
  type EntryFinding,
  isFailing,
  isSlow,
  lengthOf,
  type PageStart,
  type Phase,
  phaseLengths,
  phases,
  type Severity,
  type WaterfallEntry,
} from './entry.ts'
import { kindOf, type ResourceKind, resourceKinds } from './resource-kind.ts'

/** Where one phase ends and the next begins: one more edge than there are phases. */
export const edgesPerEntry = phases.length + 1

export const failingFlag = 1
export const slowFlag = 2

/**
 * A capture made ready for drawing and filtering. Entries are in the order of their start, and `position` means a place
 * in that order; `index` is the place in the file, which findings and addresses use. Numbers lie in typed arrays, so
 * that a frame reads and allocates nothing.
 */
export interface Waterfall {
  readonly entries: readonly WaterfallEntry[]
  readonly count: number
  readonly spanMs: number
  /** `edgesPerEntry` times for each position, from the start of the capture. */
  readonly edges: Float64Array
  readonly flags: Uint8Array
  /** Numbers of `resourceKinds`. */
  readonly kinds: Uint8Array
  /** 0 without a finding; else 1 low, 2 medium, 3 high. */
  readonly severities: Uint8Array
  /** The phase in which a failing request broke, else -1. */
  readonly broken: Int8Array
  readonly pages: readonly PageStart[]
  /** Where the worst of the findings broke off. */
  readonly breakMs: number | undefined
  positionOf(index: number): number
}

export function createWaterfall(rows: readonly WaterfallEntry[], findings: readonly EntryFinding[] = []): Waterfall {
  const entries = rows.toSorted((a, b) => startOf(a) - startOf(b) || a.index - b.index)
  const count = entries.length
  const waterfall = {
    entries,
    count,
    edges: new Float64Array(count * edgesPerEntry),
    flags: new Uint8Array(count),
    kinds: new Uint8Array(count),
    severities: new Uint8Array(count),
    broken: new Int8Array(count).fill(-1),
  }
  let spanMs = 0
  for (const [position, entry] of entries.entries()) spanMs = Math.max(spanMs, measure(waterfall, position, entry))
  const positions = new Map(entries.map(({ index }, position) => [index, position]))
  const positionOf = (index: number): number => positions.get(index) ?? -1
  markFindings(waterfall.severities, findings, positionOf)
  const pages = entries.flatMap(({ page }) => page ?? [])
  for (const { loadedMs = 0, contentLoadedMs = 0 } of pages)
    spanMs = Math.max(spanMs, lengthOf(loadedMs), lengthOf(contentLoadedMs))
  return {
    ...waterfall,
    spanMs: Math.max(1, spanMs),
    pages,
    positionOf,
    breakMs: breakOf(waterfall, findings, positionOf),
  }
}

type Measured = Pick<Waterfall, 'edges' | 'flags' | 'kinds' | 'severities' | 'broken'>

const startOf = (entry: WaterfallEntry): number => lengthOf(entry.offsetMs)

/** Fills in what is known of one entry and answers with its end. */
function measure(into: Measured, position: number, entry: WaterfallEntry): number {
  const lengths = phaseLengths(entry.timings)
  let at = startOf(entry)
  const first = position * edgesPerEntry
  into.edges[first] = at
  for (const [phase, length] of lengths.entries()) {
    at += length
    into.edges[first + phase + 1] = at
  }
  const failing = isFailing(entry)
  into.flags[position] = (failing ? failingFlag : 0) | (isSlow(entry) ? slowFlag : 0)
  into.kinds[position] = resourceKinds.indexOf(kindOf(entry))
  if (failing) into.broken[position] = brokenPhase(lengths)
  return at
}

/** A request breaks while it speaks with the server, or, if it never came to that, in the last thing it did. */
function brokenPhase(lengths: readonly number[]): number {
  const speaking = phases.indexOf('send')
  const longest = lengths.indexOf(Math.max(...lengths.slice(speaking)), speaking)
  if ((lengths[longest] ?? 0) > 0) return longest
  return lengths.findLastIndex((length) => length > 0)
}

const severityRank: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3 }

function markFindings(
  severities: Uint8Array,
  findings: readonly EntryFinding[],
  positionOf: (index: number) => number,
): void {
  for (const { severity, entries } of findings) {
    for (const index of entries) {
      const position = positionOf(index)
      if (position >= 0) severities[position] = Math.max(severities[position] ?? 0, severityRank[severity])
    }
  }
}

function breakOf(
  { edges, flags }: Measured,
  findings: readonly EntryFinding[],
  positionOf: (index: number) => number,
): number | undefined {
  const positions = findings
    .filter(({ severity }) => severity === 'high')
    .flatMap(({ entries }) => entries.map(positionOf))
    .filter((position) => position >= 0 && ((flags[position] ?? 0) & failingFlag) !== 0)
  const first = Math.min(...positions)
  return Number.isFinite(first) ? edges[first * edgesPerEntry + phases.length] : undefined
}

/** The phases that took any time at all, for a legend. */
export function phasesIn({ count, edges }: Waterfall): Phase[] {
  const happens = (phase: number): boolean => {
    for (let at = phase; at < count * edgesPerEntry; at += edgesPerEntry)
      if ((edges[at + 1] ?? 0) > (edges[at] ?? 0)) return true
    return false
  }
  return phases.filter((_, phase) => happens(phase))
}

export const startAt = ({ edges }: Waterfall, position: number): number => edges[position * edgesPerEntry] ?? 0
export const endAt = ({ edges }: Waterfall, position: number): number =>
  edges[position * edgesPerEntry + phases.length] ?? 0
export const isFailingAt = ({ flags }: Waterfall, position: number): boolean =>
  ((flags[position] ?? 0) & failingFlag) !== 0
export const isSlowAt = ({ flags }: Waterfall, position: number): boolean => ((flags[position] ?? 0) & slowFlag) !== 0
export const kindAt = ({ kinds }: Waterfall, position: number): ResourceKind =>
  resourceKinds[kinds[position] ?? 0] ?? 'other'
