/**
 * Finds any of many strings in a text in one pass, whatever the letters' case (ASCII).
 * A rolling hash over six characters and a bit table skip what cannot match; a bucket is compared only on a hit.
 */
export interface NeedleFinder {
  readonly size: number
  /** The first needle at or after `from`: the longest of those that start at the same place. */
  find(text: string, from?: number): { start: number; end: number; needle: string } | undefined
}

export const MIN_NEEDLE = 6

const WINDOW_MASK = 0x3fffffff
const TABLE_BITS = 20
const TABLE_MASK = (1 << TABLE_BITS) - 1

export function createNeedleFinder(needles: Iterable<string>): NeedleFinder {
  const buckets = new Map<number, string[]>()
  const table = new Uint8Array(1 << (TABLE_BITS - 3))
  let size = 0
  for (const needle of new Set(Array.from(needles, lower))) {
    if (needle.length < MIN_NEEDLE) continue
    size += 1
    const hash = hashOf(needle)
    const bit = fold(hash)
    table[bit >> 3] = (table[bit >> 3] ?? 0) | (1 << (bit & 7))
    const bucket = buckets.get(hash)
    if (bucket === undefined) buckets.set(hash, [needle])
    else bucket.push(needle)
  }
  for (const bucket of buckets.values()) bucket.sort((a, b) => b.length - a.length)

  function find(text: string, from = 0): ReturnType<NeedleFinder['find']> {
    if (size === 0) return undefined
    let hash = 0
    for (let i = from; i < text.length; i += 1) {
      let code = text.charCodeAt(i)
      if (code >= 65 && code <= 90) code += 32
      hash = ((hash << 5) ^ code) & WINDOW_MASK
      const bit = (hash ^ (hash >>> 11)) & TABLE_MASK
      if (((table[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) continue
      const start = i - MIN_NEEDLE + 1
      if (start < from) continue
      const needle = matchAt(text, start, buckets.get(hash))
      if (needle !== undefined) return { start, end: start + needle.length, needle }
    }
    return undefined
  }

  return { size, find }
}

function matchAt(text: string, start: number, bucket: readonly string[] | undefined): string | undefined {
  return bucket?.find((needle) => equalsFolded(text, start, needle) && isWhole(text, start, needle))
}

function equalsFolded(text: string, start: number, needle: string): boolean {
  if (start + needle.length > text.length) return false
  for (let i = 0; i < needle.length; i += 1) {
    let code = text.charCodeAt(start + i)
    if (code >= 65 && code <= 90) code += 32
    if (code !== needle.charCodeAt(i)) return false
  }
  return true
}

/** A short plain word counts only as a whole word: a password "winter" does not damage "winterise". */
function isWhole(text: string, start: number, needle: string): boolean {
  if (needle.length > 10 || !/^[a-z]+$|^\d+$/.test(needle)) return true
  const isDigits = /^\d/.test(needle)
  const glued = isDigits ? /\d/ : /[a-z]/i
  return !glued.test(text.charAt(start - 1)) && !glued.test(text.charAt(start + needle.length))
}

function hashOf(needle: string): number {
  let hash = 0
  for (let i = 0; i < MIN_NEEDLE; i += 1) hash = ((hash << 5) ^ needle.charCodeAt(i)) & WINDOW_MASK
  return hash
}

function fold(hash: number): number {
  return (hash ^ (hash >>> 11)) & TABLE_MASK
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
