/** Bytes that can be read in parts and more than once: a file, a Blob, a buffer. */
export interface ByteSource {
  size: number
  slice(start: number, end: number): Promise<Uint8Array>
}

export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    slice: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  }
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, slice: async (start, end) => bytes.subarray(start, end) }
}
