import { type FileHandle, open } from 'node:fs/promises'
import type { ByteSource } from '@clew/har'

/** A file that is read in parts, so that one larger than the memory can be cleaned. */
export type FileSource = ByteSource & { close(): Promise<void> }

export async function openSource(path: string): Promise<FileSource> {
  const handle = await open(path, 'r')
  const stat = await handle.stat()
  if (stat.isDirectory()) {
    await handle.close()
    throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' })
  }
  return { size: stat.size, slice: (start, end) => read(handle, start, end), close: () => handle.close() }
}

/** A read may give less than was asked for, before the end as well. */
async function read(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start))
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
