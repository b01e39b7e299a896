const FOLD_BYTES = 8 << 20

/** A Blob is the browser's to keep, on disk where it likes; so every few megabytes become one and leave our memory. */
export async function blobOf(chunks: AsyncIterable<Uint8Array>): Promise<Blob> {
  const folded: Blob[] = []
  let pending: Uint8Array<ArrayBuffer>[] = []
  let pendingBytes = 0
  for await (const chunk of chunks) {
    pending.push(chunk as Uint8Array<ArrayBuffer>)
    pendingBytes += chunk.length
    if (pendingBytes < FOLD_BYTES) continue
    folded.push(new Blob(pending))
    pending = []
    pendingBytes = 0
  }
  return new Blob([...folded, ...pending], { type: 'application/json' })
}
