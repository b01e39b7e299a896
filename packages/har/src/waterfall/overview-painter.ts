import { BarPainter } from './bars.ts'
import { colourOfMark, dashesOfMark, type TimeMark } from './marks.ts'
import { endAt, failingFlag, startAt, type Waterfall } from './model.ts'
import { isWhole, type TimeRange, timeToX } from './scale.ts'
import type { WaterfallTheme } from './theme.ts'

export interface OverviewFrame {
  readonly waterfall: Waterfall
  readonly marks: readonly TimeMark[]
  readonly ticks: readonly number[]
  readonly range: TimeRange
  readonly marked: Uint8Array
  label(ms: number): string
}

export interface OverviewTools {
  readonly context: CanvasRenderingContext2D
  readonly theme: WaterfallTheme
  readonly ratio: number
  readonly width: number
  readonly height: number
  /** Room under the picture for times; 0 for none. */
  readonly ruler: number
}

/** The whole capture in one small picture: each request one line, the failing ones over the others. */
export class OverviewPainter {
  readonly #tools: OverviewTools

  constructor(tools: OverviewTools) {
    this.#tools = tools
  }

  paint(frame: OverviewFrame): void {
    const { context, theme, ratio, width, height } = this.#tools
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    this.#grid(frame)
    this.#lines(frame)
    context.lineWidth = 1
    for (const { kind, ms } of frame.marks) {
      const x = this.#x(frame, ms) + 0.5
      context.strokeStyle = colourOfMark(kind, theme)
      context.setLineDash(dashesOfMark[kind] as number[])
      context.beginPath()
      context.moveTo(x, 0)
      context.lineTo(x, this.#bottom)
      context.stroke()
    }
    context.setLineDash([])
    if (!isWhole(frame.range, frame.waterfall.spanMs)) this.#window(frame)
  }

  get #bottom(): number {
    return this.#tools.height - this.#tools.ruler
  }

  #x({ waterfall }: OverviewFrame, ms: number): number {
    const { width, ratio } = this.#tools
    const x = timeToX(ms, { fromMs: 0, toMs: waterfall.spanMs }, width)
    return Math.min(width - 1, Math.round(x * ratio) / ratio)
  }

  #grid(frame: OverviewFrame): void {
    const { context, theme, width, height, ruler } = this.#tools
    context.font = `11px ${theme.mono}`
    context.textBaseline = 'alphabetic'
    for (const ms of frame.ticks) {
      const x = this.#x(frame, ms)
      context.fillStyle = theme.hair
      context.fillRect(x, 0, 1, this.#bottom)
      if (ruler === 0) continue
      const text = frame.label(ms)
      const half = context.measureText(text).width / 2
      if (ms > 0 && x + half > width) continue
      context.textAlign = ms === 0 ? 'left' : 'center'
      context.fillStyle = theme.muted
      context.fillText(text, x, height - 3)
    }
  }

  #lines(frame: OverviewFrame): void {
    const { waterfall } = frame
    const room = this.#bottom - 4
    const step = Math.min(7, room / Math.max(1, waterfall.count))
    if (step >= 4) return this.#bars(frame, step)
    const { context, theme } = this.#tools
    const thick = Math.max(1, Math.min(4, Math.floor(step)))
    context.fillStyle = theme.edge
    this.#each(frame, { step, thick, wants: (flags) => (flags & failingFlag) === 0 })
    context.fillStyle = theme.failing
    this.#each(frame, { step, thick: Math.max(2, thick), wants: (flags) => (flags & failingFlag) !== 0 })
    context.fillStyle = theme.accent
    this.#each(frame, { step, thick: Math.max(2, thick), wants: (_, position) => frame.marked[position] === 1 })
  }

  /** Few requests have room for their phases. */
  #bars(frame: OverviewFrame, step: number): void {
    const { context, theme, ratio, width } = this.#tools
    const bars = new BarPainter(context, theme, ratio)
    const box = { x: 0, width, y: 0, height: Math.min(5, step - 1) }
    const range = { fromMs: 0, toMs: frame.waterfall.spanMs }
    for (let position = 0; position < frame.waterfall.count; position += 1) {
      box.y = 2 + (position + 0.5) * step
      bars.paint(frame.waterfall, position, { box, range })
    }
  }

  #each(frame: OverviewFrame, { step, thick, wants }: Lines): void {
    const { waterfall } = frame
    const { context } = this.#tools
    for (let position = 0; position < waterfall.count; position += 1) {
      if (!wants(waterfall.flags[position] ?? 0, position)) continue
      const x = this.#x(frame, startAt(waterfall, position))
      const end = this.#x(frame, endAt(waterfall, position))
      context.fillRect(x, Math.round(2 + position * step), Math.max(1.5, end - x), thick)
    }
  }

  #window(frame: OverviewFrame): void {
    const { context, theme, width } = this.#tools
    const from = this.#x(frame, frame.range.fromMs)
    const to = this.#x(frame, frame.range.toMs)
    context.globalAlpha = 0.72
    context.fillStyle = theme.quietGround
    context.fillRect(0, 0, from, this.#bottom)
    context.fillRect(to, 0, width - to, this.#bottom)
    context.globalAlpha = 1
    context.fillStyle = theme.accent
    context.fillRect(from, 0, 1, this.#bottom)
    context.fillRect(to, 0, 1, this.#bottom)
    for (const x of [from, to]) context.fillRect(x - 2, this.#bottom / 2 - 8, 5, 16)
  }
}

type Lines = { step: number; thick: number; wants(flags: number, position: number): boolean }
