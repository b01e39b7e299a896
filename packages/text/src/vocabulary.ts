import { editDistance, typoLimit } from './edit-distance.ts'

export type NearWord = { key: string; distance: number }

export type Vocabulary = {
  /** The most frequent surface form behind a key. */
  surface: (key: string) => string | undefined
  /** The closest known keys within a typo's reach, closest and most frequent first. */
  near: (key: string) => NearWord[]
  /** Whether any known word begins like this. */
  begins: (key: string) => boolean
}

const maxNear = 4

/** Known words under a key (folded form or phonetic skeleton), for repairing words that no document contains. */
export function createVocabulary(words: Iterable<{ key: string; surface: string }>): Vocabulary {
  const entries = new Map<string, { surface: string; count: number }>()
  for (const { key, surface } of words) {
    const entry = entries.get(key)
    if (entry) entry.count++
    else entries.set(key, { surface: surface.toLowerCase(), count: 1 })
  }
  const byLength = groupByLength(entries.keys())
  const frequency = (key: string): number => entries.get(key)?.count ?? 0

  const near = (key: string): NearWord[] => {
    const limit = typoLimit(key.length)
    if (limit === 0) return []
    const found: NearWord[] = []
    for (let length = key.length - limit; length <= key.length + limit; length++) {
      for (const candidate of byLength.get(length) ?? []) {
        if (!startsAlike(key, candidate)) continue
        const distance = editDistance(key, candidate, limit)
        if (distance <= limit) found.push({ key: candidate, distance })
      }
    }
    const closest = Math.min(...found.map(({ distance }) => distance))
    return found
      .filter(({ distance }) => distance === closest)
      .sort((a, b) => frequency(b.key) - frequency(a.key))
      .slice(0, maxNear)
  }
  const begins = (key: string): boolean => {
    for (const known of entries.keys()) if (known.startsWith(key)) return true
    return false
  }
  return { surface: (key) => entries.get(key)?.surface, near, begins }
}

/** Fingers slip inside words; a different first letter is nearly always a different word (wear, gear). */
function startsAlike(a: string, b: string): boolean {
  return a[0] === b[0] || (a[0] === b[1] && a[1] === b[0])
}

function groupByLength(keys: Iterable<string>): Map<number, string[]> {
  const groups = new Map<number, string[]>()
  for (const key of keys) {
    const group = groups.get(key.length)
    if (group) group.push(key)
    else groups.set(key.length, [key])
  }
  return groups
}
