/** Deflate without compression, in raw and gzip form: enough to hide a text from a search, and short to write. */
export function deflateStored(bytes: Uint8Array): Uint8Array {
  const blocks: number[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += 0xffff) {
    const block = bytes.subarray(at, at + 0xffff)
    const size = block.length
    blocks.push(at + 0xffff >= bytes.length ? 1 : 0, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255, ...block)
  }
  return Uint8Array.from(blocks)
}

export function gzipStored(bytes: Uint8Array): Uint8Array {
  const size = bytes.length
  const head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  const tail = [0, 0, 0, 0, size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24]
  return Uint8Array.from([...head, ...deflateStored(bytes), ...tail])
}
