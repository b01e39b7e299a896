import { looksRandom } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'

/** A language that is kept has names and numbers; what looks like a key among them is neither. */
export function hideRandomRuns(text: string, cleaner: Cleaner): string {
  return text.replace(/[A-Za-z0-9_+/=-]{20,}/g, (run) =>
    looksRandom(run) ? cleaner.secretInUrl('token', 'value', run) : run,
  )
}
