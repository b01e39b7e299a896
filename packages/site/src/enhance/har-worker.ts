import { blobSource, HarError, type SanitiseProgress, sanitiseHar } from '@clew/har'
import { ticks } from './clock.ts'
import { findCauses } from './har-findings.ts'
import type { HarResult, HarWorkerMessage } from './har-messages.ts'

const say = (message: HarWorkerMessage) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (data instanceof Blob) void clean(data)
})

async function clean(file: Blob): Promise<void> {
  try {
    say({ type: 'done', result: await sanitiseAndRead(file) })
  } catch (error) {
    const isForeign = error instanceof HarError && foreignCodes.has(error.code)
    say({ type: 'refused', reason: isForeign ? 'not_a_har' : 'failed' })
  }
}

const foreignCodes: ReadonlySet<string> = new Set([
  'har.not_json',
  'har.not_har',
  'har.empty',
  'har.too_deep',
  'har.unsupported_encoding',
])

async function sanitiseAndRead(file: Blob): Promise<HarResult> {
  const begun = ticks()
  const { chunks, report } = sanitiseHar(blobSource(file), { onProgress: throttled(tellProgress) })
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk))
  const { entries, removed, removedTotal, entriesDropped } = await report
  const seconds = (ticks() - begun) / 1000
  const blob = new Blob(parts, { type: 'application/json' })
  return { clean: blob, entries, removed, removedTotal, entriesDropped, seconds, findings: await findCauses(blob) }
}

// Reading is a third of the work, writing two thirds.
function tellProgress({ phase, bytesDone, bytesTotal }: SanitiseProgress): void {
  const part = bytesTotal === 0 ? 1 : bytesDone / bytesTotal
  say({ type: 'progress', share: phase === 'harvest' ? part / 3 : 1 / 3 + (part * 2) / 3 })
}

function throttled(tell: (progress: SanitiseProgress) => void): (progress: SanitiseProgress) => void {
  let last = 0
  return (progress) => {
    const now = ticks()
    if (now - last < 50) return
    last = now
    tell(progress)
  }
}
