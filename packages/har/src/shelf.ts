/** Takes bytes out of memory and gives them back: a file, the browser. */
export interface Shelf {
  /** Rejects when there is no room; nothing is kept then. */
  put(bytes: Uint8Array): Promise<Shelved>
  close(): void
}

/** Gives the bytes back, once. */
export type Shelved = () => Promise<Uint8Array>

/** A Blob is the browser's to keep, on disk where it likes. Of no use where the platform keeps it in our own memory. */
export function blobShelf(): Shelf {
  return {
    put: async (bytes) => {
      const blob = new Blob([bytes as Uint8Array<ArrayBuffer>])
      return async () => new Uint8Array(await blob.arrayBuffer())
    },
    close: () => undefined,
  }
}
