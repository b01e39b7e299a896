import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { CaptureReader, CaptureReading, CaptureSource, Reading, ReadingOptions } from './model.ts'
import { readCaptureFrom } from './read-capture-bytes.ts'
import type { FromReader, ReaderLimits, ToReader } from './reader-protocol.ts'

/**
 * Reads captures on threads of their own, so that a large one holds up nobody. `workerFile` is the built worker; where
 * there is none (tests run from source) the same code runs in the process.
 */
export function captureReader(workerFile: string, limits: ReaderLimits = {}): CaptureReader {
  return existsSync(workerFile)
    ? new ThreadReader(workerFile, limits)
    : { read: readCaptureFrom, close: async () => undefined }
}

type Underway = {
  hear(message: FromReader): void
  fail(error: Error): void
}

/** A thread reads one capture at a time: a hostile one that takes all of its memory ends no other reading. */
class ThreadReader implements CaptureReader {
  readonly #file: string
  readonly #limits: ReaderLimits
  readonly #threads = new Set<Worker>()
  /** One that has nothing to do is kept for the next capture. */
  #idle: Worker | undefined
  #next = 0

  constructor(file: string, limits: ReaderLimits) {
    this.#file = file
    this.#limits = limits
  }

  read(source: CaptureSource, options: ReadingOptions, onProgress: (doneBytes: number) => void): Reading {
    const worker = this.#take()
    const id = ++this.#next
    const say = (message: ToReader): void => worker.postMessage(message)
    const { underway, ...reading } = follow({ source, onProgress, say, id })
    const hear = (message: FromReader): void => underway.hear(message)
    const died = (error: Error): void => underway.fail(error)
    const ended = (): void => died(new Error('the capture worker ended'))
    worker.on('message', hear).on('error', died).on('exit', ended)
    const over = (): void => {
      worker.off('message', hear).off('error', died).off('exit', ended)
      this.#giveBack(worker)
    }
    void reading.result.then(over, over)
    say({ type: 'read', id, size: source.size, options })
    return reading
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((worker) => worker.terminate()))
  }

  #take(): Worker {
    const idle = this.#idle
    this.#idle = undefined
    return idle ?? this.#start()
  }

  #giveBack(worker: Worker): void {
    if (!this.#threads.has(worker)) return
    if (this.#idle === undefined) this.#idle = worker
    else void worker.terminate()
  }

  #start(): Worker {
    const worker = new Worker(this.#file, {
      workerData: this.#limits,
      resourceLimits: { maxOldGenerationSizeMb: 768 },
    })
    const gone = (): void => {
      this.#threads.delete(worker)
      if (this.#idle === worker) this.#idle = undefined
    }
    worker.on('error', gone).on('exit', gone)
    worker.unref()
    this.#threads.add(worker)
    return worker
  }
}

type Following = {
  source: CaptureSource
  onProgress(doneBytes: number): void
  say(message: ToReader): void
  id: number
}

/** This side of one reading: gives the thread what it asks for, and hands on what it wrote, one chunk at a time. */
function follow({ source, onProgress, say, id }: Following): Reading & { underway: Underway } {
  let settle: (reading: CaptureReading) => void = () => undefined
  let fail: (error: Error) => void = () => undefined
  const result = new Promise<CaptureReading>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  result.catch(() => undefined)
  let arrived: (chunk: Uint8Array) => void = () => undefined
  let next = new Promise<Uint8Array>((resolve) => {
    arrived = resolve
  })

  const hear = (message: FromReader): void => {
    if (message.type === 'wants')
      source.slice(message.start, message.end).then(
        (bytes) => say({ type: 'slice', id, bytes }),
        (error: Error) => say({ type: 'no_slice', id, error: error.message }),
      )
    else if (message.type === 'chunk') arrived(message.bytes)
    else if (message.type === 'progress') onProgress(message.doneBytes)
    else if (message.type === 'done') settle(message.reading)
    else fail(new Error(message.error))
  }

  async function* clean(): AsyncGenerator<Uint8Array> {
    let isOver = false
    try {
      for (;;) {
        const chunk = await Promise.race([next, result.then(() => undefined)])
        if (chunk === undefined) break
        next = new Promise((resolve) => {
          arrived = resolve
        })
        yield chunk
        say({ type: 'more', id })
      }
      isOver = true
    } finally {
      if (!isOver) say({ type: 'cancel', id })
    }
  }
  const stop = (): void => say({ type: 'cancel', id })
  return { clean: clean(), result, stop, underway: { hear, fail } }
}
