import type { SanitisingPolicy } from '@clew/contract/captures'
import { blobOf, blobShelf, blobSource, HarError, type SanitisePhase, sanitiseHar } from '@clew/har'
import { GunzipError, gunzip, isGzipped, refuseZip } from '@clew/har/gunzip'
import { analyseSafeCopy } from './analyse.ts'
import { SanitiseError, type SanitiseProgress, type SanitiseResult, type SanitiseStage } from './protocol.ts'

type RunOptions = {
  policy: SanitisingPolicy | undefined
  onProgress(progress: SanitiseProgress): void
  signal: AbortSignal
}

const stages: Record<SanitisePhase, SanitiseStage> = { harvest: 'reading', sanitise: 'cleaning', verify: 'proving' }

/** Makes the safe copy, of what a gzip holds too, and reads it. In a worker it has a thread of its own; on a page it yields to it. */
export async function runSanitiser(file: Blob, options: RunOptions): Promise<SanitiseResult> {
  let total = 0
  try {
    await refuseZip(file)
    const plain = (await isGzipped(file)) ? await unpacked(file, options) : file
    const { chunks, report } = sanitiseHar(blobSource(plain), {
      ...options.policy,
      signal: options.signal,
      makeShelf: blobShelf,
      yieldEvery: 256 << 10,
      onProgress: ({ phase, entriesDone, bytesDone, bytesTotal, removedSoFar }) => {
        if (phase === 'harvest') total = entriesDone
        const share = bytesTotal === 0 ? 0 : bytesDone / bytesTotal
        options.onProgress({ stage: stages[phase], done: entriesDone, total, removed: removedSoFar, share })
      },
    })
    const safe = await blobOf(chunks)
    const made = await report
    if (made.entries + made.entriesDropped === 0) throw new HarError('har.empty')
    return { safe, report: made, findings: await analyseSafeCopy(safe) }
  } catch (error) {
    throw new SanitiseError(error instanceof HarError || error instanceof GunzipError ? error.code : 'har.failed')
  }
}

/** Tells each hundredth once. */
function unpacked(file: Blob, { signal, onProgress }: RunOptions): Promise<Blob> {
  let told = -1
  return gunzip(file, {
    signal,
    onProgress(bytesDone) {
      const share = Math.floor((100 * bytesDone) / file.size) / 100
      if (share === told) return
      told = share
      onProgress({ stage: 'unpacking', done: 0, total: 0, removed: 0, share })
    },
  })
}
