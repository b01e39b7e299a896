import { findPlaceholders } from '@clew/redact'
import type { Pair } from './diff-match.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

export type PlaceChange = 'replaced' | 'removed' | 'added' | 'changed'

export interface ChangedPlace {
  /** Within an entry, lists by the names in them: `request.headers.cookie`, `response.content.text`. */
  path: string
  change: PlaceChange
  /** What the placeholders there name, such as `cookie`. */
  kind?: string
  count: number
}

const MAX_PLACES = 2_000
const MAX_DEPTH = 12

/** Walks both files side by side and counts, place by place, what differs between matched entries. */
export async function compareEntries(
  before: AsyncIterable<JsonObject>,
  after: AsyncIterable<JsonObject>,
  pairs: readonly Pair[],
): Promise<ChangedPlace[]> {
  const changes = new Changes()
  const counterpart = new Map(pairs.map((pair) => [pair.before.index, pair.after.index]))
  const held = new Map<number, JsonObject>()
  const wanted = new Set(counterpart.values())
  const rest = after[Symbol.asyncIterator]()
  let read = 0
  let index = 0
  for await (const entry of before) {
    const target = counterpart.get(index)
    index += 1
    if (target === undefined) continue
    // Both files are nearly always in one order, so that hardly anything waits here.
    while (read <= target) {
      const next = await rest.next()
      if (next.done === true) break
      if (wanted.has(read)) held.set(read, next.value)
      read += 1
    }
    compare(entry, held.get(target) ?? {}, { path: '', depth: 0, changes })
    held.delete(target)
  }
  return changes.list()
}

class Changes {
  readonly #places = new Map<string, ChangedPlace>()

  add(path: string, change: PlaceChange, { kind, count = 1 }: { kind?: string; count?: number } = {}): void {
    const full = `${change} ${kind ?? ''} ${path}`
    const isKnown = this.#places.has(full)
    const place = isKnown || this.#places.size < MAX_PLACES ? path : '…'
    const key = isKnown ? full : `${change} ${kind ?? ''} ${place}`
    const found = this.#places.get(key) ?? { path: place, change, ...(kind === undefined ? {} : { kind }), count: 0 }
    found.count += count
    this.#places.set(key, found)
  }

  list(): ChangedPlace[] {
    return [...this.#places.values()].sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1))
  }
}

/** Where in both entries the comparison is. */
interface Spot {
  path: string
  depth: number
  changes: Changes
}

function compare(before: JsonValue, after: JsonValue, spot: Spot): void {
  if (before === after) return
  // Deep structures are an exporter's own: that they differ is enough.
  if (spot.depth > MAX_DEPTH) compareLeaves(JSON.stringify(before), JSON.stringify(after), spot)
  else if (isObject(before) && isObject(after)) compareObjects(before, after, spot)
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, spot)
  else compareLeaves(before, after, spot)
}

function compareObjects(before: JsonObject, after: JsonObject, spot: Spot): void {
  for (const [name, value] of Object.entries(before)) {
    const place = below(spot, name)
    if (Object.hasOwn(after, name)) compare(value, after[name] ?? null, place)
    else spot.changes.add(place.path, 'removed')
  }
  for (const name of Object.keys(after))
    if (!Object.hasOwn(before, name)) spot.changes.add(below(spot, name).path, 'added')
}

/** Items that have a name are compared with their namesake, in order; others by position. */
function compareLists(before: readonly JsonValue[], after: readonly JsonValue[], spot: Spot): void {
  const rest = byName(after)
  for (const item of before) {
    const name = nameOf(item)
    const place = below(spot, name)
    const counterpart = rest.get(name)?.pop()
    if (counterpart === undefined) spot.changes.add(place.path, 'removed')
    else compare(item, counterpart, place)
  }
  for (const [name, { length }] of rest)
    if (length > 0) spot.changes.add(below(spot, name).path, 'added', { count: length })
}

/** The first of each name comes last, to be taken first. */
function byName(items: readonly JsonValue[]): Map<string, JsonValue[]> {
  const named = new Map<string, JsonValue[]>()
  for (const item of items.toReversed()) {
    const list = named.get(nameOf(item))
    if (list === undefined) named.set(nameOf(item), [item])
    else list.push(item)
  }
  return named
}

function compareLeaves(before: JsonValue, after: JsonValue, { path, changes }: Spot): void {
  if (before === after) return
  const place = path.replace(/\.value$/, '')
  const kinds = typeof after === 'string' ? newKinds(String(before), after) : new Map<string, number>()
  if (kinds.size === 0) changes.add(place, after === null || after === '' ? 'removed' : 'changed')
  for (const [kind, count] of kinds) changes.add(place, 'replaced', { kind, count })
}

/** What the placeholders name that were not there before. */
function newKinds(before: string, after: string): Map<string, number> {
  const known = new Set(placeholders(before))
  const kinds = new Map<string, number>()
  for (const placeholder of placeholders(after)) {
    if (known.has(placeholder)) continue
    const kind = /^\[([a-z_ -]+)/.exec(placeholder)?.[1] ?? ''
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  return kinds
}

const placeholders = (text: string): string[] => findPlaceholders(text).map(({ start, end }) => text.slice(start, end))

function nameOf(item: JsonValue): string {
  if (!isObject(item)) return '[*]'
  const { name } = item
  return typeof name === 'string' && /^[\w:$-]{1,60}$/.test(name) ? name.toLowerCase() : '[*]'
}

function below({ path, depth, changes }: Spot, name: string): Spot {
  const word = name === '[*]' || /^[\w:$-]{1,60}$/.test(name) ? name : '…'
  const separator = path === '' || name === '[*]' ? '' : '.'
  return { path: `${path}${separator}${word}`, depth: depth + 1, changes }
}
