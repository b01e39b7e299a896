import { findLongRuns, looksRandom } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'

/** A language that is kept has names and numbers; what looks like a key among them is neither. */
export function hideRandomRuns(text: string, cleaner: Cleaner): string {
  const runs = findLongRuns(text)
  let clean = ''
  let written = 0
  for (let i = 0; i < runs.length; i += 2) {
    const [start = 0, end = 0] = [runs[i], runs[i + 1]]
    const run = text.slice(start, end)
    if (!looksRandom(run)) continue
    clean += text.slice(written, start) + cleaner.secretInUrl('token', 'value', run)
    written = end
  }
  return written === 0 ? text : clean + text.slice(written)
}
