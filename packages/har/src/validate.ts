import type { ByteSource } from './byte-source.ts'
import { HarError } from './errors.ts'
import type { SanitiseProgress } from './types.ts'
import type { HarValidation } from './validation/problem.ts'
import { Validation } from './validation/validation.ts'

export type { HarProblemCode, ProblemSeverity } from './validation/messages.ts'
export type { HarProblem, HarValidation, ProblemGroup } from './validation/problem.ts'

export interface ValidateOptions {
  signal?: AbortSignal
  onProgress?: (progress: Pick<SanitiseProgress, 'entriesDone' | 'bytesDone' | 'bytesTotal'>) => void
  /** How many problems are listed in all, and of one kind in one kind of place; the rest is counted. Default 500 and 10. */
  maxProblems?: number
  maxOfOneKind?: number
}

/**
 * Compares a file with HAR 1.2, entry by entry, so that one larger than the memory can be checked. Says what is wrong
 * with any file, also with one that is no HAR; throws only when cancelled or when the file cannot be read.
 */
export async function validateHar(source: ByteSource, options: ValidateOptions = {}): Promise<HarValidation> {
  const { signal, onProgress, maxProblems = 500, maxOfOneKind = 10 } = options
  const work = new Validation({ total: maxProblems, each: maxOfOneKind })
  // Some write the creator last, and what is known of an exporter is wanted from the first entry on.
  work.lookForCreator(await source.slice(Math.max(0, source.size - TAIL_BYTES), source.size))
  for (let at = 0; at < source.size; at += CHUNK_BYTES) {
    if (signal?.aborted === true) throw new HarError('har.cancelled')
    const end = Math.min(at + CHUNK_BYTES, source.size)
    work.push(await source.slice(at, end))
    onProgress?.({ entriesDone: work.entries, bytesDone: end, bytesTotal: source.size })
    if (work.isHopeless) break
  }
  return work.end()
}

const CHUNK_BYTES = 1 << 20
const TAIL_BYTES = 1 << 16
