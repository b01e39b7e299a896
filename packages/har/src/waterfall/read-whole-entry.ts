import type { CaptureEntry } from '../capture.ts'
import { type EntryDetails, readEntryDetails } from '../entry-details.ts'
import { readEntry } from '../read-entry.ts'
import { parseTolerantly } from '../tolerant-json.ts'
import { isObject } from '../types.ts'

export interface WholeEntry {
  readonly entry: CaptureEntry
  readonly details: EntryDetails
}

/** An entry from its own part of the file, the one at its `span`. Undefined when that is no entry. */
export function readWholeEntry(bytes: Uint8Array, index: number): WholeEntry | undefined {
  const text = new TextDecoder().decode(bytes)
  // Refuses what is nested too deeply, before anything else walks it.
  const details = readEntryDetails(text)
  const value = details && parseTolerantly(text)
  if (details === undefined || !isObject(value)) return undefined
  return { entry: readEntry(value, { index, span: undefined }), details }
}
