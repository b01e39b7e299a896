import { type ByteSource, bytesSource } from './byte-source.ts'
import { joined } from './joined.ts'
import { Sanitisation } from './sanitisation.ts'
import type { SanitiseOptions, SanitiseReport, Sanitising } from './types.ts'

/**
 * Makes a capture safe to share: a first pass learns its secrets, a second writes a clean file entry by entry.
 * Whatever cannot be understood is left out and reported, never passed through.
 */
export function sanitiseHar(source: ByteSource, options: SanitiseOptions = {}): Sanitising {
  let settle: (report: SanitiseReport) => void = () => {}
  let fail: (reason: unknown) => void = () => {}
  const report = new Promise<SanitiseReport>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  // Who reads only the chunks sees the error there; the promise must not count as unhandled.
  report.catch(() => {})
  const work = new Sanitisation(source, options)
  return { chunks: run(work, settle, fail), report }
}

export async function sanitiseHarBytes(
  bytes: Uint8Array,
  options: SanitiseOptions = {},
): Promise<{ bytes: Uint8Array; report: SanitiseReport }> {
  const { chunks, report } = sanitiseHar(bytesSource(bytes), options)
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return { bytes: joined(parts), report: await report }
}

async function* run(
  work: Sanitisation,
  settle: (report: SanitiseReport) => void,
  fail: (reason: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    await work.read()
    yield* work.write()
    settle(work.report.build())
  } catch (error) {
    fail(error)
    throw error
  } finally {
    work.close()
  }
}
