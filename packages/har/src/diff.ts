import type { ByteSource } from './byte-source.ts'
import { type ChangedPlace, compareEntries } from './diff-entry.ts'
import { matchEntries, type Pair } from './diff-match.ts'
import { type EntrySketch, type HeaderSketch, isSameRecording, readEntries, readSketches } from './diff-read.ts'
import { HarError } from './errors.ts'

export type { ChangedPlace, PlaceChange } from './diff-entry.ts'

export interface DiffEntry {
  index: number
  method: string
  url: string
  status: number
  durationMs: number | undefined
}

export type HeaderChange = 'added' | 'removed' | 'changed'

export interface EntryChange {
  before: DiffEntry
  after: DiffEntry
  status?: { before: number; after: number }
  /** Set when the durations differ by more than `slowerMs` and by a fifth. */
  duration?: { before: number; after: number }
  /** By lower-case name; what the values were is not told, since they may be secret. */
  headers: { side: 'request' | 'response'; name: string; change: HeaderChange }[]
}

export interface CaptureDiff {
  /** One recording before and after cleaning or editing, or two recordings of the same steps. */
  relation: 'same_recording' | 'two_recordings'
  entries: { before: number; after: number; matched: number; changed: number }
  onlyBefore: DiffEntry[]
  onlyAfter: DiffEntry[]
  /** Matched entries whose status, duration or headers differ. */
  changed: EntryChange[]
  /** Of one recording: what was replaced, removed or changed in the matched entries, by place, the most frequent first. */
  places: ChangedPlace[]
  /** The same by the kind that the placeholders name, such as `cookie`. */
  replaced: { kind: string; count: number }[]
  /** How many entries there were beyond those that are listed. */
  unlisted: number
}

export interface DiffOptions {
  signal?: AbortSignal
  /** A difference of durations below this is none; default 100. */
  slowerMs?: number
  /** How many entries are listed of each sort; default 1,000. */
  maxListed?: number
}

/**
 * Compares two captures: what cleaning replaced, or what changed between two recordings of the same steps. Reads both
 * entry by entry and keeps a sketch of each entry. Throws HarError when one of them is no HAR;
 * `params.capture` says which.
 */
export async function diffCaptures(
  before: ByteSource,
  after: ByteSource,
  options: DiffOptions = {},
): Promise<CaptureDiff> {
  const first = await named('before', readSketches(before, options.signal))
  const second = await named('after', readSketches(after, options.signal))
  const isSame = isSameRecording(first, second)
  const { pairs, onlyBefore, onlyAfter } = matchEntries(first, second, isSame)
  const changes = pairs.map((pair) => changeOf(pair, options.slowerMs ?? 100)).filter(isChange)
  const max = options.maxListed ?? 1_000
  const lists = { onlyBefore: onlyBefore.map(shown), onlyAfter: onlyAfter.map(shown), changed: changes }
  const places = isSame
    ? await compareEntries(readEntries(before, options.signal), readEntries(after, options.signal), pairs)
    : []
  return {
    relation: isSame ? 'same_recording' : 'two_recordings',
    entries: { before: first.length, after: second.length, matched: pairs.length, changed: changes.length },
    onlyBefore: lists.onlyBefore.slice(0, max),
    onlyAfter: lists.onlyAfter.slice(0, max),
    changed: lists.changed.slice(0, max),
    places,
    replaced: kindsOf(places),
    unlisted: Object.values(lists).reduce((sum, list) => sum + Math.max(0, list.length - max), 0),
  }
}

/** Says which of the two files was no HAR. */
async function named<R>(capture: 'before' | 'after', reading: Promise<R>): Promise<R> {
  try {
    return await reading
  } catch (error) {
    throw error instanceof HarError ? new HarError(error.code, { ...error.params, capture }) : error
  }
}

/** True when nothing that is compared differs. */
export function isSameCapture({ entries, onlyBefore, onlyAfter, places }: CaptureDiff): boolean {
  return entries.changed === 0 && onlyBefore.length === 0 && onlyAfter.length === 0 && places.length === 0
}

function changeOf({ before, after }: Pair, slowerMs: number): EntryChange {
  const change: EntryChange = { before: shown(before), after: shown(after), headers: [] }
  if (before.status !== after.status) change.status = { before: before.status, after: after.status }
  const [old = 0, now = 0] = [before.durationMs, after.durationMs]
  if (Math.abs(now - old) > Math.max(slowerMs, old * 0.2)) change.duration = { before: old, after: now }
  for (const side of ['request', 'response'] as const)
    change.headers.push(...headerChanges(before[side], after[side]).map((header) => ({ side, ...header })))
  return change
}

const TELLING =
  /^(?:content-(?:type|encoding|security-policy)|cache-control|location|server|via|vary|allow|access-control-.*|www-authenticate)$/

function headerChanges(before: HeaderSketch, after: HeaderSketch) {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  return [...new Set([...before.names, ...after.names])].flatMap((name) => {
    const change = changeOfHeader(old.get(name), now.get(name))
    // The values of others, dates and ids above all, differ in every recording and say nothing.
    return change === undefined || (change === 'changed' && !TELLING.test(name)) ? [] : [{ name, change }]
  })
}

const valuesOf = ({ names, hashes }: HeaderSketch): Map<string, number | undefined> =>
  new Map(names.map((name, i) => [name, hashes[i]]))

function changeOfHeader(old: number | undefined, now: number | undefined): HeaderChange | undefined {
  if (old === now) return undefined
  if (old === undefined) return 'added'
  return now === undefined ? 'removed' : 'changed'
}

const isChange = ({ status, duration, headers }: EntryChange): boolean =>
  status !== undefined || duration !== undefined || headers.length > 0

function shown({ index, method, url, status, durationMs }: EntrySketch): DiffEntry {
  return { index, method, url, status, durationMs }
}

function kindsOf(places: readonly ChangedPlace[]): CaptureDiff['replaced'] {
  const counts = new Map<string, number>()
  for (const { change, kind = '', count } of places)
    if (change === 'replaced') counts.set(kind, (counts.get(kind) ?? 0) + count)
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
}
