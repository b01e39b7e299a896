import type { CaptureReading, ReadingOptions } from './model.ts'

/** What a thread that reads captures is told when it starts; by the machine, and by the size of a capture, when absent. */
export type ReaderLimits = {
  /** Of the machine: one of them is left to others. */
  processors?: number
  /** The smallest capture that is worth several threads, in bytes. */
  worthBytes?: number
}

/** What the process says to the thread that reads captures. */
export type ToReader =
  | { type: 'read'; id: number; size: number; options: ReadingOptions }
  | { type: 'slice'; id: number; bytes: Uint8Array }
  | { type: 'no_slice'; id: number; error: string }
  /** The last chunk was taken; the next one may come. */
  | { type: 'more'; id: number }
  | { type: 'cancel'; id: number }

/** What it hears. For each reading there is one wish at a time, and one chunk that nobody has taken yet. */
export type FromReader =
  | { type: 'wants'; id: number; start: number; end: number }
  | { type: 'chunk'; id: number; bytes: Uint8Array }
  | { type: 'progress'; id: number; doneBytes: number }
  | { type: 'done'; id: number; reading: CaptureReading }
  | { type: 'failed'; id: number; error: string }
