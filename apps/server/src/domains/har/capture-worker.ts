import { parentPort } from 'node:worker_threads'
import type { ReadingOptions } from './model.ts'
import { readCaptureBytes } from './read-capture-bytes.ts'

type Request = { id: number; bytes: Uint8Array; options: ReadingOptions }

parentPort?.on('message', ({ id, bytes, options }: Request) => {
  readCaptureBytes(bytes, options).then(
    (reading) => parentPort?.postMessage({ id, reading }),
    (error: unknown) => parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
  )
})
