import type { CaptureEntry } from '@clew/contract/captures'

export const phases = ['queued', 'connect', 'send', 'wait', 'receive'] as const
export type Phase = (typeof phases)[number]

/** A piece of a bar, in milliseconds from the start of the capture. */
export type Segment = { readonly phase: Phase; readonly fromMs: number; readonly toMs: number }

/** HAR writes -1 for a phase that did not happen; `connect` already contains `ssl`. */
export function segmentsOf(entry: CaptureEntry): Segment[] {
  const { blocked, dns, connect, send, wait, receive, total } = entry.timings
  const lengths: [Phase, number][] = [
    ['queued', known(blocked)],
    ['connect', known(dns) + known(connect)],
    ['send', known(send)],
    ['wait', known(wait)],
    ['receive', known(receive)],
  ]
  const measured = lengths.reduce((sum, [, length]) => sum + length, 0)
  if (measured === 0 && total > 0) lengths[3] = ['wait', total]

  let at = entry.offsetMs
  return lengths.flatMap(([phase, length]) => {
    if (length === 0) return []
    const segment = { phase, fromMs: at, toMs: at + length }
    at += length
    return [segment]
  })
}

const known = (ms: number): number => (Number.isFinite(ms) && ms > 0 ? ms : 0)

export const endOf = (entry: CaptureEntry): number => entry.offsetMs + known(entry.timings.total)

/** A request that got no answer (status 0) or was refused. */
export const isFailing = (entry: CaptureEntry): boolean =>
  entry.status >= 400 || entry.status === 0 || entry.error !== undefined

export const slowAfterMs = 1000
export const isSlow = (entry: CaptureEntry): boolean => entry.timings.total >= slowAfterMs

export type Scale = { readonly spanMs: number; readonly ticksMs: readonly number[]; x(ms: number): number }

/** Maps time to a width, with ticks at round seconds: 1, 2 or 5 times a power of ten, at most `ticks` of them. */
export function scaleOf(entries: readonly CaptureEntry[], width: number, ticks = 4): Scale {
  const spanMs = Math.max(1, ...entries.map(endOf))
  const stepMs = roundStep(spanMs / ticks)
  const count = Math.floor(spanMs / stepMs)
  return {
    spanMs,
    ticksMs: Array.from({ length: count + 1 }, (_, index) => index * stepMs),
    x: (ms) => (Math.min(Math.max(ms, 0), spanMs) / spanMs) * width,
  }
}

function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= atLeast) ?? 10
  return factor * power
}

/** The entries worth a line in a small picture: what failed first, then the longest of each stretch of time. */
export function stripOf(entries: readonly CaptureEntry[], rows: number): CaptureEntry[] {
  if (entries.length <= rows) return [...entries].sort(byStart)
  const healthy = entries.filter((entry) => !isFailing(entry)).sort(byStart)
  const forFailing = Math.max(Math.ceil(rows / 2), rows - healthy.length)
  const failing = entries.filter(isFailing).sort(byLength).slice(0, forFailing)
  const wanted = rows - failing.length
  const stretch = healthy.length / wanted
  const longest = Array.from({ length: wanted }, (_, index) =>
    healthy
      .slice(Math.floor(index * stretch), Math.floor((index + 1) * stretch))
      .sort(byLength)
      .at(0),
  ).filter((entry) => entry !== undefined)
  return [...failing, ...longest].sort(byStart)
}

const byStart = (a: CaptureEntry, b: CaptureEntry): number => a.offsetMs - b.offsetMs || a.index - b.index
const byLength = (a: CaptureEntry, b: CaptureEntry): number => b.timings.total - a.timings.total || a.index - b.index
