import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { CaptureReader, CaptureReading, ReadingOptions } from './model.ts'
import { readCaptureBytes } from './read-capture-bytes.ts'

type Waiting = { resolve(reading: CaptureReading): void; reject(error: Error): void }

/**
 * Reads captures on a thread of its own, so that a large one holds up nobody. `workerFile` is the built worker; where
 * there is none (tests run from source) the same code runs in the process.
 */
export function captureReader(workerFile: string): CaptureReader {
  return existsSync(workerFile)
    ? new ThreadReader(workerFile)
    : { read: readCaptureBytes, close: async () => undefined }
}

class ThreadReader implements CaptureReader {
  readonly #file: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #next = 0

  constructor(file: string) {
    this.#file = file
  }

  read(bytes: Uint8Array, options: ReadingOptions): Promise<CaptureReading> {
    const worker = this.#start()
    const id = ++this.#next
    const copy = new Uint8Array(bytes)
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ id, bytes: copy, options }, [copy.buffer])
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(this.#file, { resourceLimits: { maxOldGenerationSizeMb: 512 } })
    worker.on('message', ({ id, reading, error }: { id: number; reading?: CaptureReading; error?: string }) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (reading) waiting?.resolve(reading)
      else waiting?.reject(new Error(error ?? 'the capture could not be read'))
    })
    // A worker that dies (out of memory on a hostile file) fails what it had; the next file gets a new one.
    const died = (error: Error): void => {
      if (this.#worker === worker) this.#worker = undefined
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    }
    worker.on('error', died)
    worker.on('exit', () => died(new Error('the capture worker ended')))
    worker.unref()
    this.#worker = worker
    return worker
  }
}
