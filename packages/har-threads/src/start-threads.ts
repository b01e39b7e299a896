import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { LanePort } from '@clew/har/lane-port'

export interface ThreadOptions {
  /** The size of the capture. */
  bytes: number
  /** How many it may use; all of the machine's when absent. */
  processors?: number
  /** The smallest capture that is worth it, in bytes; by the number of processors when absent. */
  worthBytes?: number
}

/** A smaller capture is done before threads have warmed up. Two processors warm them up one after the other. */
const WORTH_BYTES = 64e6
const WORTH_BYTES_ON_TWO = 200e6

/** Each takes some 90 MB, and the whole is to stay within 300. */
const MOST = 2

/** Young and old memory of a thread, in MB: an entry of 96 MB can be cleaned, a hostile one cannot take the machine. */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 1_024 }

/**
 * Starts threads that clean a capture together: none where it is too small for that, where there is one processor, and where
 * `workerFile`, a script that calls `serveThread`, was not built.
 */
export function startThreads(
  workerFile: string,
  { bytes, processors = availableParallelism(), worthBytes = worthFrom(processors) }: ThreadOptions,
): LanePort[] {
  const count = Math.min(MOST, processors)
  if (count < 2 || bytes < worthBytes || !existsSync(workerFile)) return []
  return Array.from({ length: count }, () => portOf(new Worker(workerFile, { resourceLimits: LIMITS })))
}

const worthFrom = (processors: number): number => (processors > 2 ? WORTH_BYTES : WORTH_BYTES_ON_TWO)

function portOf(worker: Worker): LanePort {
  return {
    post: (message, moved) => worker.postMessage(message, moved),
    listen: (hear, fail) => {
      worker.on('message', hear).on('error', fail)
      worker.on('exit', () => fail(new Error('a thread that cleans captures ended')))
    },
    close: () => void worker.terminate(),
  }
}
