import { overviewPartAt } from './hit-test.ts'
import { marksOf } from './marks.ts'
import type { Waterfall } from './model.ts'
import { OverviewPainter } from './overview-painter.ts'
import { clampRange, type TimeRange, ticksOf, xToTime } from './scale.ts'
import { fitCanvas, oncePerFrame, watchLook } from './surface.ts'
import { themeFrom } from './theme.ts'

export interface OverviewState {
  readonly waterfall: Waterfall
  readonly range: TimeRange
  readonly marked: Uint8Array
  label(ms: number): string
}

export interface OverviewOptions {
  /** Room under the picture for times; 0 for none. */
  readonly ruler: number
  /** Without it the picture cannot be dragged on. */
  readonly onRange?: ((range: TimeRange) => void) | undefined
}

export interface OverviewView {
  show(state: OverviewState): void
  destroy(): void
}

/** The whole capture on one small canvas; dragging on it chooses a time, a double click all of it again. */
export function createOverview(canvas: HTMLCanvasElement, { ruler, onRange }: OverviewOptions): OverviewView {
  let state: OverviewState | undefined
  const frame = oncePerFrame(() => state !== undefined && paintOverview(canvas, state, ruler))
  const ending = new AbortController()
  const resized = new ResizeObserver(() => state !== undefined && paintOverview(canvas, state, ruler))
  resized.observe(canvas)
  const unwatch = watchLook(() => frame.ask())
  if (onRange !== undefined) listenForDrags(canvas, { onRange, state: () => state, signal: ending.signal })
  return {
    show: (next) => {
      state = next
      frame.ask()
    },
    destroy: () => {
      frame.cancel()
      resized.disconnect()
      unwatch()
      ending.abort()
    },
  }
}

function paintOverview(canvas: HTMLCanvasElement, state: OverviewState, ruler: number): void {
  const { clientWidth: width, clientHeight: height } = canvas
  const surface = width > 0 && height > 0 ? fitCanvas(canvas, { width, height, isOpaque: false }) : undefined
  if (surface === undefined) return
  const painter = new OverviewPainter({ ...surface, theme: themeFrom(getComputedStyle(canvas)), width, height, ruler })
  painter.paint({
    ...state,
    marks: marksOf(state.waterfall),
    ticks: ticksOf({ fromMs: 0, toMs: state.waterfall.spanMs }, width / 64),
  })
}

type Dragging = { onRange(range: TimeRange): void; state(): OverviewState | undefined; signal: AbortSignal }

/** Less than this is a click. */
const leastDrag = 4

function listenForDrags(canvas: HTMLCanvasElement, { onRange, state, signal }: Dragging): void {
  const xOf = (event: PointerEvent): number => event.clientX - canvas.getBoundingClientRect().left
  canvas.addEventListener('dblclick', () => onRange({ fromMs: 0, toMs: state()?.waterfall.spanMs ?? 1 }), { signal })
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      const now = state()
      if (now === undefined || event.button !== 0) return
      const move = dragOf(now, { x: xOf(event), width: canvas.clientWidth })
      const lifted = new AbortController()
      const until = AbortSignal.any([signal, lifted.signal])
      const onMove = (moved: PointerEvent): void => {
        const range = move(xOf(moved))
        if (range !== undefined) onRange(range)
      }
      canvas.setPointerCapture(event.pointerId)
      canvas.addEventListener('pointermove', onMove, { signal: until })
      for (const end of ['pointerup', 'pointercancel'] as const)
        canvas.addEventListener(end, () => lifted.abort(), { signal: until })
    },
    { signal },
  )
  canvas.addEventListener(
    'pointermove',
    (event) => {
      const now = state()
      if (now === undefined || event.buttons !== 0) return
      const { spanMs } = now.waterfall
      canvas.style.cursor = cursors[overviewPartAt(xOf(event), now.range, { spanMs, width: canvas.clientWidth })]
    },
    { signal },
  )
}

const cursors = { from: 'ew-resize', to: 'ew-resize', window: 'grab', outside: 'crosshair' } as const

/** What each further place of the pointer makes of the range that it took hold of. */
export function dragOf(
  { range, waterfall: { spanMs } }: Pick<OverviewState, 'range' | 'waterfall'>,
  { x: start, width }: { x: number; width: number },
): (x: number) => TimeRange | undefined {
  const whole = { fromMs: 0, toMs: spanMs }
  const time = (x: number): number => xToTime(x, whole, width)
  const part = overviewPartAt(start, range, { spanMs, width })
  if (part === 'from') return (x) => clampRange({ fromMs: Math.min(time(x), range.toMs - 1), toMs: range.toMs }, spanMs)
  if (part === 'to')
    return (x) => clampRange({ fromMs: range.fromMs, toMs: Math.max(time(x), range.fromMs + 1) }, spanMs)
  if (part === 'window') {
    const shifted = (by: number): TimeRange => ({ fromMs: range.fromMs + by, toMs: range.toMs + by })
    return (x) => clampRange(shifted(((x - start) / width) * spanMs), spanMs)
  }
  return (x) => {
    if (Math.abs(x - start) < leastDrag) return undefined
    return clampRange({ fromMs: time(Math.min(x, start)), toMs: time(Math.max(x, start)) }, spanMs)
  }
}
