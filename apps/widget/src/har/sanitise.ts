import { fetchAgain } from '@clew/client/fetch-again'
import type { SanitisingPolicy } from '@clew/contract/captures'
import { connectFrame, type FramePort } from './frame-port.ts'
import {
  type FromSanitiser,
  SanitiseError,
  type SanitiseProgress,
  type SanitiseResult,
  type ToSanitiser,
} from './protocol.ts'

export { policyFor } from './cleaning-rule.ts'

export type SanitiseOptions = {
  frameUrl: string
  /** Where the hidden frame is put. */
  root: ShadowRoot
  /** The server's clean copy follows it too. */
  policy: SanitisingPolicy | undefined
  onProgress(progress: SanitiseProgress): void
  signal: AbortSignal
}

/**
 * Makes the safe copy of a capture: in a worker of Clew's own frame, or, where the host page forbids frames, on the
 * page itself in small slices. Either way the raw file never leaves the browser.
 */
export async function sanitise(file: Blob, options: SanitiseOptions): Promise<SanitiseResult> {
  const frame = await connectFrame(options.root, options.frameUrl).catch(() => undefined)
  if (options.signal.aborted) {
    frame?.close()
    throw new SanitiseError('har.cancelled')
  }
  if (frame === undefined) {
    const { runSanitiser } = await fetchAgain(() => import('./run-sanitiser.ts'))
    return runSanitiser(file, options)
  }
  try {
    return await askFrame(frame, file, options)
  } finally {
    frame.close()
  }
}

function askFrame({ port, onBroken }: FramePort, file: Blob, options: SanitiseOptions): Promise<SanitiseResult> {
  return new Promise((resolve, reject) => {
    onBroken(() => reject(new SanitiseError('har.failed')))
    options.signal.addEventListener('abort', () => reject(new SanitiseError('har.cancelled')), { once: true })
    port.onmessage = ({ data }: MessageEvent<FromSanitiser>) => {
      if (data.type === 'progress') options.onProgress(data.progress)
      if (data.type === 'done') resolve(data.result)
      if (data.type === 'failed') reject(new SanitiseError(data.code))
    }
    port.postMessage({ type: 'sanitise', file, policy: options.policy } satisfies ToSanitiser)
  })
}
