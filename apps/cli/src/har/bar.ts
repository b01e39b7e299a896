import type { CaptureEntry } from '@clew/har'
import type { Paint } from './text.ts'

export interface Frame {
  /** First and last moment of what is shown, in milliseconds. */
  start: number
  end: number
  columns: number
}

type Phase = 'queued' | 'connecting' | 'waiting' | 'receiving'

// They differ in shape as well as in colour, for terminals and eyes without.
const LOOK = {
  queued: { sign: '┄', style: 'dim' },
  connecting: { sign: '─', style: 'yellow' },
  waiting: { sign: '▒', style: 'green' },
  receiving: { sign: '█', style: 'blue' },
} as const

/** One entry on the common axis of time, with its phases. Every entry has at least one cell. */
export function waterfallBar(entry: CaptureEntry, { start, end, columns }: Frame, paint: Paint): string {
  if (entry.startedAt === undefined || columns < 1) return ' '.repeat(Math.max(0, columns))
  const perCell = Math.max(end - start, 1) / columns
  const cell = (at: number): number => Math.min(columns - 1, Math.max(0, Math.floor((at - start) / perCell)))
  const from = cell(entry.startedAt)
  const to = Math.max(from, cell(entry.startedAt + (entry.durationMs ?? 0) - perCell / 2))
  let bar = ' '.repeat(from)
  for (const [phase, length] of runs(entry, { from, to, start, perCell }))
    bar += paint(LOOK[phase].style, LOOK[phase].sign.repeat(length))
  return bar
}

type Cells = { from: number; to: number; start: number; perCell: number }

/** Cells in a row that show one phase, so that colours change only where they must. */
function runs(entry: CaptureEntry, { from, to, start, perCell }: Cells): [Phase, number][] {
  const found: [Phase, number][] = []
  for (let cell = from; cell <= to; cell += 1) {
    const phase = phaseAt(entry, start + (cell + 0.5) * perCell - (entry.startedAt ?? 0))
    const last = found.at(-1)
    if (last?.[0] === phase) last[1] += 1
    else found.push([phase, 1])
  }
  return found
}

function phaseAt({ timings }: CaptureEntry, ms: number): Phase {
  const queued = timings.blocked ?? 0
  const connected = queued + (timings.dns ?? 0) + (timings.connect ?? 0)
  const answered = connected + (timings.send ?? 0) + (timings.wait ?? 0)
  if (ms < queued) return 'queued'
  if (ms < connected) return 'connecting'
  return ms < answered || (timings.receive ?? 0) === 0 ? 'waiting' : 'receiving'
}
