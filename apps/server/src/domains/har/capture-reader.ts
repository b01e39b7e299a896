import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { CaptureReader, CaptureReading, CaptureSource, Reading, ReadingOptions } from './model.ts'
import { readCaptureFrom } from './read-capture-bytes.ts'
import type { FromReader, ToReader } from './reader-protocol.ts'

/**
 * Reads captures on a thread of its own, so that a large one holds up nobody. `workerFile` is the built worker; where
 * there is none (tests run from source) the same code runs in the process.
 */
export function captureReader(workerFile: string): CaptureReader {
  return existsSync(workerFile) ? new ThreadReader(workerFile) : { read: readCaptureFrom, close: async () => undefined }
}

type Underway = {
  hear(message: FromReader): void
  fail(error: Error): void
}

class ThreadReader implements CaptureReader {
  readonly #file: string
  readonly #underway = new Map<number, Underway>()
  #worker: Worker | undefined
  #next = 0

  constructor(file: string) {
    this.#file = file
  }

  read(source: CaptureSource, options: ReadingOptions, onProgress: (doneBytes: number) => void): Reading {
    const worker = this.#start()
    const id = ++this.#next
    const say = (message: ToReader): void => worker.postMessage(message)
    const { underway, clean, result } = follow({ source, onProgress, say, id })
    this.#underway.set(id, underway)
    void result.catch(() => undefined).finally(() => this.#underway.delete(id))
    say({ type: 'read', id, size: source.size, options })
    return { clean, result }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(this.#file, { resourceLimits: { maxOldGenerationSizeMb: 768 } })
    worker.on('message', (message: FromReader) => this.#underway.get(message.id)?.hear(message))
    // A worker that dies (out of memory on a hostile file) fails what it had; the next file gets a new one.
    const died = (error: Error): void => {
      if (this.#worker === worker) this.#worker = undefined
      for (const { fail } of this.#underway.values()) fail(error)
      this.#underway.clear()
    }
    worker.on('error', died)
    worker.on('exit', () => died(new Error('the capture worker ended')))
    worker.unref()
    this.#worker = worker
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
  return { clean: clean(), result, underway: { hear, fail } }
}
