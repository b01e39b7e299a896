import type { EntrySketch } from './diff-read.ts'

export interface Pair {
  before: EntrySketch
  after: EntrySketch
}

interface Matching {
  pairs: Pair[]
  onlyBefore: EntrySketch[]
  onlyAfter: EntrySketch[]
}

type Key = (entry: EntrySketch) => string

/** From the strictest to the loosest; what one leaves over, the next tries. */
const OF_TWO: readonly Key[] = [
  ({ method, url }) => `${method} ${url}`,
  ({ method, host, path }) => `${method} ${host}${path}`,
  ({ method, host, path }) => `${method} ${host}${path.replace(/[^/]*\d[^/]*/g, '*')}`,
]
// Cleaning changes addresses but neither time, method nor host.
const OF_ONE: readonly Key[] = [
  ({ startedDateTime, method, url }) => `${startedDateTime} ${method} ${url}`,
  ({ startedDateTime, method, host }) => `${startedDateTime} ${method} ${host}`,
  ({ startedDateTime, method }) => `${startedDateTime} ${method}`,
]

/** Finds for each entry its counterpart: the same request, and of several the first that is left. */
export function matchEntries(
  before: readonly EntrySketch[],
  after: readonly EntrySketch[],
  isSameRecording: boolean,
): Matching {
  const pairs: Pair[] = []
  let [left, right] = [before, after]
  for (const key of isSameRecording ? OF_ONE : OF_TWO) {
    const round = matchBy(key, left, right)
    pairs.push(...round.pairs)
    left = round.onlyBefore
    right = round.onlyAfter
  }
  pairs.sort((a, b) => a.before.index - b.before.index)
  return { pairs, onlyBefore: [...left], onlyAfter: [...right] }
}

function matchBy(key: Key, before: readonly EntrySketch[], after: readonly EntrySketch[]): Matching {
  const waiting = new Map<string, EntrySketch[]>()
  for (const entry of after) {
    const name = key(entry)
    const queue = waiting.get(name)
    if (queue === undefined) waiting.set(name, [entry])
    else queue.push(entry)
  }
  for (const queue of waiting.values()) queue.reverse()
  const pairs: Pair[] = []
  const onlyBefore: EntrySketch[] = []
  for (const entry of before) {
    const counterpart = waiting.get(key(entry))?.pop()
    if (counterpart === undefined) onlyBefore.push(entry)
    else pairs.push({ before: entry, after: counterpart })
  }
  const onlyAfter = [...waiting.values()].flat().sort((a, b) => a.index - b.index)
  return { pairs, onlyBefore, onlyAfter }
}
