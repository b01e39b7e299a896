import type { ByteSource } from './byte-source.ts'
import { EntryScanner, type HarPart, type ScanLimits } from './entry-scanner.ts'
import { HarError, throwIfCancelled } from './errors.ts'

export interface HarBatch {
  parts: HarPart[]
  bytesDone: number
  /** Set on the last batch only. */
  isTruncated: boolean
}

const CHUNK_BYTES = 1 << 20

export const DEFAULT_LIMITS: ScanLimits = { entryBytes: 96 << 20, fieldBytes: 32 << 20 }

/** Reads a file piece by piece and yields the parts that became whole with each piece. */
export async function* splitHar(
  source: ByteSource,
  options: { signal?: AbortSignal | undefined; limits?: ScanLimits } = {},
): AsyncGenerator<HarBatch> {
  const scanner = new EntryScanner(options.limits ?? DEFAULT_LIMITS)
  for (let at = 0; at < source.size; at += CHUNK_BYTES) {
    throwIfCancelled(options.signal)
    const end = Math.min(at + CHUNK_BYTES, source.size)
    const chunk = await source.slice(at, end)
    if (at === 0) refuseUtf16(chunk)
    yield { parts: scanner.push(chunk), bytesDone: end, isTruncated: false }
  }
  scanner.end()
  yield { parts: [], bytesDone: source.size, isTruncated: scanner.isTruncated }
}

function refuseUtf16(chunk: Uint8Array): void {
  const [first, second] = chunk
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new HarError('har.unsupported_encoding')
  }
}
