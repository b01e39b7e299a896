import type { SanitiseProgress } from '@clew/har'
import type { Io } from './io.ts'
import type { Words } from './words.ts'

const wipe = '\r\u001b[K'

/** One line that is written over and over, for a person who watches; a log file gets none of it. */
export function progressLine({ stderr }: Io, t: Words): { show(progress: SanitiseProgress): void; clear(): void } {
  if (stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined }
  let shown = ''
  return {
    show: ({ phase, bytesDone, bytesTotal }) => {
      const percent = bytesTotal === 0 ? 100 : Math.min(100, Math.floor((bytesDone / bytesTotal) * 100))
      const line = t(`cli.har_phase_${phase}`, { percent })
      if (line === shown) return
      shown = line
      stderr.write(`${wipe}${line}`)
    },
    clear: () => {
      if (shown !== '') stderr.write(wipe)
      shown = ''
    },
  }
}
