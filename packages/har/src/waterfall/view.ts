import { type Geometry, geometryOf, scrollTopFor } from './geometry.ts'
import { rowAtPoint, timeAtPoint } from './hit-test.ts'
import { commandForKey, type KeyCommand } from './keyboard.ts'
import { LabelCache, type WaterfallWords } from './labels.ts'
import { marksOf, type TimeMark } from './marks.ts'
import type { Waterfall } from './model.ts'
import type { RowList } from './rows.ts'
import { RowsPainter } from './rows-painter.ts'
import { clampRange, panRange, type TimeRange, ticksOf, zoomRange } from './scale.ts'
import { fitCanvas, oncePerFrame, type Surface, watchLook } from './surface.ts'
import { themeFrom, type WaterfallTheme } from './theme.ts'

/** What the page provides: a scrolling box, a tall child that gives it its length, and in this a sticky canvas. */
export interface WaterfallElements {
  readonly scroller: HTMLElement
  readonly tall: HTMLElement
  readonly canvas: HTMLCanvasElement
}

export interface WaterfallState {
  readonly waterfall: Waterfall
  readonly rows: RowList
  readonly range: TimeRange
  readonly marked: Uint8Array
  /** The row with the cursor; -1 for none. */
  readonly cursor: number
  readonly words: WaterfallWords
}

export interface WaterfallEvents {
  onPress(row: number): void
  onCommand(command: KeyCommand): void
  onRange(range: TimeRange): void
  onGeometry(geometry: Geometry): void
  onHover?(row: number): void
}

export interface WaterfallLook {
  /** Narrower than this, each row has two lines. */
  readonly stackedBelow: number
  /** Width of the margin that carries numbers and marks. */
  readonly margin: number
}

export interface WaterfallView {
  show(state: WaterfallState): void
  /** Brings a row into sight, in the middle if it was out of it and `middle` is asked for. */
  reveal(row: number, middle?: boolean): void
  setLook(look: WaterfallLook): void
  destroy(): void
}

export function createWaterfallView(
  elements: WaterfallElements,
  events: WaterfallEvents,
  look: WaterfallLook,
): WaterfallView {
  return new CanvasView(elements, events, look)
}

const mostTicksPerPixel = 1 / 72

/** Scrolling is the browser's own; each frame draws the rows that it brought into sight. */
class CanvasView implements WaterfallView {
  readonly #elements: WaterfallElements
  readonly #events: WaterfallEvents
  readonly #frame = oncePerFrame(() => this.#paint())
  readonly #ending = new AbortController()
  #look: WaterfallLook
  #theme: WaterfallTheme
  #state: WaterfallState | undefined
  #labels: LabelCache | undefined
  #marks: readonly TimeMark[] = []
  #ticks: readonly number[] = []
  #geometry: Geometry
  #painter: RowsPainter | undefined
  #hovered = -1

  constructor(elements: WaterfallElements, events: WaterfallEvents, look: WaterfallLook) {
    this.#elements = elements
    this.#events = events
    this.#look = look
    this.#theme = themeFrom(getComputedStyle(elements.scroller))
    this.#geometry = this.#measure()
    this.#listen()
  }

  show(state: WaterfallState): void {
    const before = this.#state
    this.#state = state
    if (before?.waterfall !== state.waterfall) this.#marks = marksOf(state.waterfall)
    if (before?.waterfall !== state.waterfall || before.words !== state.words) {
      this.#labels = new LabelCache(state.waterfall, state.words)
      this.#painter = undefined
    }
    if (before?.range !== state.range) this.#ticks = this.#ticksFor(state.range)
    if (before?.rows !== state.rows) this.#stretch()
    this.#frame.ask()
  }

  reveal(row: number, middle = false): void {
    if (row < 0) return
    const { scroller } = this.#elements
    const top = scrollTopFor(row, scroller.scrollTop, { geometry: this.#geometry, middle })
    if (top !== scroller.scrollTop) scroller.scrollTop = top
  }

  setLook(look: WaterfallLook): void {
    if (look.stackedBelow === this.#look.stackedBelow && look.margin === this.#look.margin) return
    this.#look = look
    this.#resize()
  }

  destroy(): void {
    this.#frame.cancel()
    this.#ending.abort()
  }

  #listen(): void {
    const { scroller } = this.#elements
    const { signal } = this.#ending
    const resized = new ResizeObserver(() => this.#resize())
    resized.observe(scroller)
    const unwatch = watchLook(() => this.#restyle())
    signal.addEventListener('abort', () => {
      resized.disconnect()
      unwatch()
    })
    scroller.addEventListener('scroll', () => this.#frame.ask(), { signal, passive: true })
    scroller.addEventListener('pointermove', (event) => this.#hover(event), { signal, passive: true })
    scroller.addEventListener('pointerleave', () => this.#hoverRow(-1), { signal })
    scroller.addEventListener('click', (event) => this.#press(event), { signal })
    scroller.addEventListener('keydown', (event) => this.#key(event), { signal })
    // Not passive: with Ctrl the wheel comes closer to the time under it and not to the page.
    scroller.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false })
  }

  #measure(): Geometry {
    const { clientWidth: width, clientHeight: height } = this.#elements.scroller
    return geometryOf({ width, height, margin: this.#look.margin, stacked: width < this.#look.stackedBelow })
  }

  #resize(): void {
    this.#geometry = this.#measure()
    this.#painter = undefined
    if (this.#state !== undefined) this.#ticks = this.#ticksFor(this.#state.range)
    this.#stretch()
    this.#events.onGeometry(this.#geometry)
    // At once: a resized canvas is empty, and waiting for the next frame would show that.
    this.#paint()
  }

  #restyle(): void {
    this.#theme = themeFrom(getComputedStyle(this.#elements.scroller))
    this.#painter = undefined
    this.#frame.ask()
  }

  #stretch(): void {
    const length = (this.#state?.rows.count ?? 0) * this.#geometry.rowHeight
    this.#elements.tall.style.height = `${Math.max(length, this.#geometry.height)}px`
  }

  #ticksFor(range: TimeRange): readonly number[] {
    return ticksOf(range, this.#geometry.lane.width * mostTicksPerPixel)
  }

  #paint(): void {
    const state = this.#state
    if (state === undefined || this.#labels === undefined) return
    this.#painter ??= this.#makePainter(this.#labels)
    this.#painter?.paint({
      waterfall: state.waterfall,
      rows: state.rows,
      range: state.range,
      ticks: this.#ticks,
      marks: this.#marks,
      marked: state.marked,
      cursor: state.cursor,
      hovered: this.#hovered,
      scrollTop: this.#elements.scroller.scrollTop,
    })
  }

  #makePainter(labels: LabelCache): RowsPainter | undefined {
    const { width, height } = this.#geometry
    const { canvas } = this.#elements
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
    const surface: Surface | undefined = fitCanvas(canvas, { width, height, isOpaque: true })
    return surface && new RowsPainter({ ...surface, theme: this.#theme, labels }, this.#geometry)
  }

  #rowUnder(event: MouseEvent): number {
    const box = this.#elements.scroller.getBoundingClientRect()
    const point = { x: event.clientX - box.left, y: event.clientY - box.top }
    const { rowHeight } = this.#geometry
    return rowAtPoint(point, this.#elements.scroller.scrollTop, { rowHeight, rowCount: this.#state?.rows.count ?? 0 })
  }

  #hover(event: PointerEvent): void {
    this.#hoverRow(event.pointerType === 'touch' ? -1 : this.#rowUnder(event))
  }

  #hoverRow(row: number): void {
    if (row === this.#hovered) return
    this.#hovered = row
    this.#events.onHover?.(row)
    this.#frame.ask()
  }

  #press(event: MouseEvent): void {
    const row = this.#rowUnder(event)
    if (row >= 0) this.#events.onPress(row)
  }

  #key(event: KeyboardEvent): void {
    const { rowHeight, height } = this.#geometry
    const place = {
      row: this.#state?.cursor ?? -1,
      count: this.#state?.rows.count ?? 0,
      page: Math.max(1, Math.floor(height / rowHeight) - 1),
    }
    const command = commandForKey(event, place)
    if (command === undefined) return
    event.preventDefault()
    this.#events.onCommand(command)
  }

  #wheel(event: WheelEvent): void {
    const state = this.#state
    if (state === undefined) return
    const { scroller } = this.#elements
    const at = timeAtPoint(
      { x: event.clientX - scroller.getBoundingClientRect().left, y: 0 },
      this.#geometry,
      state.range,
    )
    const { spanMs } = state.waterfall
    if (event.ctrlKey && at !== undefined) {
      event.preventDefault()
      const factor = Math.exp(Math.min(60, Math.max(-60, event.deltaY)) / 120)
      this.#events.onRange(zoomRange(state.range, { factor, atMs: at, spanMs }))
      return
    }
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
    if (at === undefined || sideways === 0 || Math.abs(event.deltaX) < Math.abs(event.deltaY) === !event.shiftKey)
      return
    event.preventDefault()
    const perPixel = (state.range.toMs - state.range.fromMs) / Math.max(1, this.#geometry.lane.width)
    this.#events.onRange(panRange(state.range, sideways * perPixel, spanMs))
  }
}

/** What a command of the keyboard makes of the range; undefined for one that does not concern it. */
export function rangeAfter(
  command: KeyCommand,
  range: TimeRange,
  { spanMs, atMs }: { spanMs: number; atMs: number },
): TimeRange | undefined {
  if (command.type === 'whole') return { fromMs: 0, toMs: spanMs }
  if (command.type === 'pan') return panRange(range, (range.toMs - range.fromMs) * command.share, spanMs)
  return command.type === 'zoom'
    ? zoomRange(clampRange(range, spanMs), { factor: command.factor, atMs, spanMs })
    : undefined
}
