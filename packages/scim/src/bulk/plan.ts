import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import type { BulkEntry, BulkRequest } from './request.ts'

/**
 * One thing to do. `run` carries out an entry; of its references those in `withheld` are left out, for their resources
 * wait for this one. `complete` writes them in, once everybody exists.
 */
export type BulkStep =
  | { readonly kind: 'run'; readonly index: number; readonly withheld: readonly string[] }
  | { readonly kind: 'complete'; readonly index: number }

const prefix = 'bulkId:'

/**
 * Orders a bulk request so that every resource is created before it is referred to; otherwise in the order that was sent
 * (RFC 7644 §3.7.2). Circular references are cut at one place and completed right after the last resource they need
 * (§3.7.1 asks to try). A reference to itself is such a circle.
 */
export function planBulk({ entries }: BulkRequest): readonly BulkStep[] {
  const creators = new Map(
    entries.flatMap((entry, index) => (isCreation(entry) ? [[entry.operation.bulkId ?? '', index] as const] : [])),
  )
  const state = new Map<number, 'open' | 'done'>()
  const steps: BulkStep[] = []
  const incomplete: number[] = []
  let open = 0
  // The depth is bounded by the number of operations, which is limited.
  const visit = (index: number): void => {
    state.set(index, 'open')
    open++
    const withheld: string[] = []
    for (const bulkId of referencesOf(entries[index])) {
      const creator = creators.get(bulkId)
      if (creator === undefined) continue
      if (state.get(creator) === 'open') withheld.push(bulkId)
      else if (!state.has(creator)) visit(creator)
    }
    state.set(index, 'done')
    open--
    steps.push({ kind: 'run', index, withheld })
    if (withheld.length > 0) incomplete.push(index)
    if (open === 0) {
      for (const waiting of incomplete.splice(0)) steps.push({ kind: 'complete', index: waiting })
    }
  }
  for (const index of entries.keys()) if (!state.has(index)) visit(index)
  return steps
}

/** Every bulkId that an entry refers to, each once. */
export function referencesOf(entry: BulkEntry | undefined): readonly string[] {
  if (entry?.kind !== 'operation') return []
  const { id, data } = entry.operation
  const found = new Set<string>()
  if (id?.startsWith(prefix) === true) found.add(id.slice(prefix.length))
  if (data !== undefined) collect(data, found)
  return [...found]
}

/** Puts the ids in the place of the references. A reference without an id stays. */
export function resolveReferences(value: JsonObject, ids: ReadonlyMap<string, string>): JsonObject {
  return rewriteObject(value, (text) => idFor(text, ids))
}

export function idFor(text: string, ids: ReadonlyMap<string, string>): string {
  return text.startsWith(prefix) ? (ids.get(text.slice(prefix.length)) ?? text) : text
}

/** Leaves out what refers to one of `bulkIds`: the element of a list, or the whole sub-attribute. */
export function withoutReferences(value: JsonObject, bulkIds: readonly string[]): JsonObject {
  const names = new Set(bulkIds)
  const isWithheld = (text: string) => text.startsWith(prefix) && names.has(text.slice(prefix.length))
  return rewriteObject(value, (text) => (isWithheld(text) ? undefined : text))
}

function isCreation(entry: BulkEntry): entry is Extract<BulkEntry, { kind: 'operation' }> {
  return entry.kind === 'operation' && entry.operation.method === 'POST'
}

function collect(value: Json, found: Set<string>): void {
  if (typeof value === 'string' && value.startsWith(prefix)) found.add(value.slice(prefix.length))
  else if (isList(value)) for (const element of value) collect(element, found)
  else if (isObject(value)) for (const part of Object.values(value)) collect(part, found)
}

type Rewrite = (text: string) => string | undefined

function rewrite(value: Json, change: Rewrite): Json | undefined {
  if (typeof value === 'string') return change(value)
  if (isList(value)) return value.map((element) => rewrite(element, change)).filter((element) => element !== undefined)
  if (!isObject(value)) return value
  const result = rewriteObject(value, change)
  // `{ "value": "bulkId:…", "type": "User" }` says nothing without its value.
  return 'value' in value && !('value' in result) ? undefined : result
}

function rewriteObject(value: JsonObject, change: Rewrite): JsonObject {
  const parts: [string, Json][] = []
  for (const [name, part] of Object.entries(value)) {
    const next = rewrite(part, change)
    if (next !== undefined) parts.push([name, next])
  }
  return Object.fromEntries(parts)
}
