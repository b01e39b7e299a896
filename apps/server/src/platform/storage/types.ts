import type { Readable } from 'node:stream'
import type { StorageKey } from './key.ts'

/** From `start` up to, not including, `end`. */
export type ByteRange = { start: number; end: number }

export type ListedFile = {
  key: string
  storedAt: Date
  /** The beginning of a file whose writing ended in the middle, when nobody writes it now. */
  isPart: boolean
}

/** Where the bytes of files are kept. Keys are made by us (`ab/cdef…`), never from a name a person gave. */
export type Storage = {
  /** Stores all of the stream or nothing; with a size, nothing that has another. Durable when it answers. */
  put(key: StorageKey, body: Readable, sizeBytes?: number): Promise<void>
  get(key: string, range?: ByteRange): Promise<Readable>
  /** Removes the file, and the part that one left whose writing ended in the middle. */
  remove(key: string): Promise<void>
  /** Every file that is there, in no order. */
  list(): AsyncIterable<ListedFile>
  /** How much more may be stored; undefined where the store does not say. */
  freeBytes(): Promise<number | undefined>
}

/** A store that also says how large a file lies there. */
export type RawStorage = Storage & { size(key: string): Promise<number> }
