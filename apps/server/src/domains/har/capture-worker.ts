import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { fileShelf, startThreads } from '@clew/har-threads'
import type { CaptureSource } from './model.ts'
import { type Helpers, readCaptureFrom } from './read-capture-bytes.ts'
import type { FromReader, ReaderLimits, ToReader } from './reader-protocol.ts'

type Waiting = {
  slice?: { resolve(bytes: Uint8Array): void; reject(error: Error): void }
  more?: () => void
  isCancelled: boolean
}

/** Beside this file, once both are built. */
const laneWorker = fileURLToPath(new URL('lane-worker.js', import.meta.url))

const { processors = availableParallelism(), ...limits }: ReaderLimits = workerData ?? {}

/** One processor is left to those who wait for an answer. */
const helpers: Helpers = {
  startThreads: (bytes) => startThreads(laneWorker, { ...limits, bytes, processors: processors - 1 }),
  makeShelf: fileShelf,
}

const readings = new Map<number, Waiting>()
const say = (message: FromReader, moved: ArrayBuffer[] = []): void => parentPort?.postMessage(message, moved)

parentPort?.on('message', (message: ToReader) => {
  if (message.type === 'read') void read(message)
  else hear(message, readings.get(message.id))
})

function hear(message: Exclude<ToReader, { type: 'read' }>, waiting: Waiting | undefined): void {
  if (waiting === undefined) return
  switch (message.type) {
    case 'slice':
      waiting.slice?.resolve(message.bytes)
      return
    case 'no_slice':
      waiting.slice?.reject(new Error(message.error))
      return
    case 'more':
      waiting.more?.()
      return
    case 'cancel':
      waiting.isCancelled = true
      waiting.more?.()
      waiting.slice?.reject(new Error('the reading was left off'))
  }
}

async function read({ id, size, options }: Extract<ToReader, { type: 'read' }>): Promise<void> {
  const waiting: Waiting = { isCancelled: false }
  readings.set(id, waiting)
  const source: CaptureSource = {
    size,
    slice: (start, end) =>
      new Promise((resolve, reject) => {
        waiting.slice = { resolve, reject }
        say({ type: 'wants', id, start, end })
      }),
  }
  try {
    const { clean, result } = readCaptureFrom(source, { ...options, helpers }, (doneBytes) =>
      say({ type: 'progress', id, doneBytes }),
    )
    for await (const chunk of clean) {
      await give(id, waiting, chunk)
      if (waiting.isCancelled) break
    }
    say({ type: 'done', id, reading: await result })
  } catch (error) {
    say({ type: 'failed', id, error: error instanceof Error ? error.message : String(error) })
  } finally {
    readings.delete(id)
  }
}

function give(id: number, waiting: Waiting, chunk: Uint8Array): Promise<void> {
  const bytes = new Uint8Array(chunk)
  return new Promise((resolve) => {
    waiting.more = resolve
    say({ type: 'chunk', id, bytes }, [bytes.buffer])
  })
}
