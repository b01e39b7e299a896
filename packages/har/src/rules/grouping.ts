import type { CaptureEntry } from '../capture.ts'
import type { Match, Params } from '../finding.ts'

const MAX_HOSTS = 5

/** One finding for all of them; none for none. */
export function whole(entries: readonly CaptureEntry[], params: Params = {}): Match[] {
  return entries.length === 0 ? [] : [{ entries, params }]
}

/** One finding for each host, at most five: the hosts with most entries. */
export function perHost(entries: readonly CaptureEntry[]): Match[] {
  const groups = new Map<string, CaptureEntry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.host)
    if (group === undefined) groups.set(entry.host, [entry])
    else group.push(entry)
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_HOSTS)
    .map((group) => ({ entries: group }))
}

/** The largest body that was sent; empty when the capture does not say: an upload often breaks off before its size is known. */
export function megabytes(entries: readonly CaptureEntry[]): string {
  const bytes = Math.max(0, ...entries.map((entry) => entry.requestBytes ?? 0))
  return bytes > 100_000 ? (bytes / 1e6).toFixed(1) : ''
}
