import type { CDPSession, Page } from 'playwright-core'
import { percentile } from './stats.ts'

/** Milliseconds of work on the renderer's main thread, summed over each frame. */
export type FrameTimes = {
  frames: number
  p50: number
  p95: number
  max: number
  /** The same on the clock of the thread: without what other programs took of the machine. */
  cpuP95: number
  scriptsP95: number
}

type TraceEvent = {
  name: string
  ph: string
  ts: number
  dur?: number
  tdur?: number
  pid: number
  tid: number
  args?: { name?: string; data?: { name?: string } }
}

const categories = [
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
  'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline.frame',
  '__metadata',
]

/** Traces what `act` makes the page do, and adds up the tasks between one frame and the next. */
export async function framesOf(page: Page, act: () => Promise<void>): Promise<FrameTimes> {
  const session = await page.context().newCDPSession(page)
  const events = await traced(session, act)
  const main = mainThreadOf(events)
  const own = events.filter(({ pid, tid, ph }) => pid === main.pid && tid === main.tid && ph === 'X')
  const tasks = outermost(own.filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask'))
  const begins = frameStarts(events, main)
  const scripts = own.filter(
    ({ name }) => name === 'FunctionCall' || name === 'EventDispatch' || name === 'FireAnimationFrame',
  )
  const work = perFrame(begins, tasks, ({ dur = 0 }) => dur)
  const cpu = perFrame(begins, tasks, ({ dur = 0, tdur = dur }) => tdur)
  const scripting = perFrame(begins, outermost(scripts), ({ dur = 0 }) => dur)
  if (work.length < 10) throw new Error(`only ${work.length} frames were traced`)
  return {
    frames: work.length,
    p50: percentile(work, 0.5),
    p95: percentile(work, 0.95),
    max: Math.max(...work),
    cpuP95: percentile(cpu, 0.95),
    scriptsP95: percentile(scripting, 0.95),
  }
}

async function traced(session: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]))
  })
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories } })
  await act()
  await session.send('Tracing.end')
  await ended
  return events
}

/** The busiest of the threads that call themselves the main thread of a page. */
function mainThreadOf(events: readonly TraceEvent[]): { pid: number; tid: number } {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const busy = (thread: TraceEvent): number =>
    events.filter(({ pid, tid, name }) => pid === thread.pid && tid === thread.tid && name === 'FunctionCall').length
  const found = threads.toSorted((a, b) => busy(b) - busy(a))[0]
  if (!found) throw new Error('the trace has no main thread of a page')
  return found
}

/** When the main thread was told to make each frame. */
function frameStarts(events: readonly TraceEvent[], main: { pid: number; tid: number }): number[] {
  const own = events.filter(
    ({ pid, tid, name }) => pid === main.pid && tid === main.tid && name === 'BeginMainThreadFrame',
  )
  return own.map(({ ts }) => ts).toSorted((a, b) => a - b)
}

/** Tasks run inside tasks: only the outer ones are counted. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = Number.NEGATIVE_INFINITY
  return events
    .toSorted((a, b) => a.ts - b.ts)
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false
      end = ts + dur
      return true
    })
}

/** The work from each frame to the next, in milliseconds. */
function perFrame(
  begins: readonly number[],
  tasks: readonly TraceEvent[],
  cost: (task: TraceEvent) => number,
): number[] {
  const sums = begins.map(() => 0)
  let frame = -1
  for (const task of tasks) {
    const { ts, dur = 0 } = task
    // A task may begin a little before the frame that it is for says so.
    while (frame + 1 < begins.length && (begins[frame + 1] ?? 0) <= ts + dur) frame += 1
    if (frame >= 0) sums[frame] = (sums[frame] ?? 0) + cost(task) / 1000
  }
  return sums.slice(0, -1)
}
