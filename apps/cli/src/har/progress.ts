import type { Io } from '../io.ts'
import type { Words } from '../words.ts'

const wipe = '\r\u001b[K'

export type Progress = {
  show(key: 'harvest' | 'sanitise' | 'verify' | 'read', done: number, total: number): void
  clear(): void
}

/** One line that is written over and over, for a person who watches; a log file gets none of it. */
export function progressLine({ stderr }: Io, t: Words): Progress {
  if (stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined }
  let shown = ''
  return {
    show: (phase, done, total) => {
      const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100))
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
