import type { ByteSource } from './byte-source.ts'
import { splitHar } from './split-har.ts'
import { MAX_DEPTH, parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject, type JsonValue } from './types.ts'

/** What is kept of an entry while two files are compared. */
export interface EntrySketch {
  index: number
  startedDateTime: string
  method: string
  url: string
  host: string
  path: string
  status: number
  durationMs: number | undefined
  request: HeaderSketch
  response: HeaderSketch
}

/** The headers of a message; most messages of a capture have the same names, and share one list of them. */
export interface HeaderSketch {
  /** In lower case, each once. */
  names: readonly string[]
  /** For each name a number that stands for its values. */
  hashes: Uint32Array
}

const MAX_URL = 2_000
const MAX_LISTS = 10_000

/** The entries of a file, one after another; one that cannot be read is an empty object, so that positions stay. */
export async function* readEntries(source: ByteSource, signal?: AbortSignal): AsyncGenerator<JsonObject> {
  const decoder = new TextDecoder()
  for await (const { parts } of splitHar(source, { signal })) {
    for (const part of parts) {
      if (part.type !== 'entry') continue
      const value = part.depth > MAX_DEPTH ? undefined : parseTolerantly(decoder.decode(part.bytes))
      yield isObject(value) ? value : {}
    }
  }
}

export async function readSketches(source: ByteSource, signal?: AbortSignal): Promise<EntrySketch[]> {
  const sketches: EntrySketch[] = []
  const lists: NameLists = new Map()
  for await (const entry of readEntries(source, signal)) sketches.push(sketch(entry, sketches.length, lists))
  return sketches
}

/** Cleaning keeps method and time of every entry that it keeps, and rarely do two recordings begin at one millisecond. */
export function isSameRecording(before: readonly EntrySketch[], after: readonly EntrySketch[]): boolean {
  const key = ({ startedDateTime, method }: EntrySketch): string => `${startedDateTime} ${method}`
  const known = new Set(before.filter(({ startedDateTime }) => startedDateTime !== '').map(key))
  const shared = after.filter((entry) => known.has(key(entry))).length
  return shared > 0 && shared * 2 > Math.min(before.length, after.length)
}

type NameLists = Map<string, readonly string[]>

function sketch(entry: JsonObject, index: number, lists: NameLists): EntrySketch {
  const request = objectOf(entry['request'])
  const response = objectOf(entry['response'])
  const url = textOf(request['url']).slice(0, MAX_URL)
  const [, host = '', path = ''] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)([^?#]*)/i.exec(url) ?? ['', '', url]
  return {
    index,
    startedDateTime: textOf(entry['startedDateTime']),
    method: textOf(request['method']).toUpperCase(),
    url,
    host: host.toLowerCase(),
    path,
    status: numberOf(response['status']) ?? 0,
    durationMs: numberOf(entry['time']),
    request: headersOf(request['headers'], lists),
    response: headersOf(response['headers'], lists),
  }
}

function headersOf(value: JsonValue | undefined, lists: NameLists): HeaderSketch {
  const headers = new Map<string, number>()
  for (const header of Array.isArray(value) ? value : []) {
    if (!isObject(header)) continue
    const name = textOf(header['name']).toLowerCase().slice(0, 200)
    headers.set(name, hash(textOf(header['value']), headers.get(name)))
  }
  const key = [...headers.keys()].join('\n')
  const names = lists.get(key) ?? [...headers.keys()]
  if (lists.size < MAX_LISTS) lists.set(key, names)
  return { names, hashes: Uint32Array.from(headers.values()) }
}

/** FNV-1a, enough to tell two values apart. */
function hash(text: string, seed = 0x811c9dc5): number {
  let value = seed
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

const objectOf = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {})
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')

function numberOf(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
