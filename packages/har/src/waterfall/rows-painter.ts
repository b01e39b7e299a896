import { BarPainter } from './bars.ts'
import { firstRow, type Geometry, rowsEnd } from './geometry.ts'
import type { LabelCache, RowLabels } from './labels.ts'
import { colourOfMark, dashesOfMark, type TimeMark } from './marks.ts'
import { failingFlag, type Waterfall } from './model.ts'
import { foldAt, positionAt, type RowList } from './rows.ts'
import { type TimeRange, timeToX } from './scale.ts'
import type { WaterfallTheme } from './theme.ts'

export interface RowsFrame {
  readonly waterfall: Waterfall
  readonly rows: RowList
  readonly range: TimeRange
  readonly ticks: readonly number[]
  readonly marks: readonly TimeMark[]
  /** 1 for each position that belongs to what is looked at, such as a finding. */
  readonly marked: Uint8Array
  readonly cursor: number
  readonly hovered: number
  readonly scrollTop: number
}

export interface PaintTools {
  readonly context: CanvasRenderingContext2D
  readonly theme: WaterfallTheme
  readonly labels: LabelCache
  readonly ratio: number
}

const fontSize = 13
const letterSpacing = '-0.4px'
/** A margin of less is that of a phone or a tablet. */
const narrowMargin = 72
const severityShapes = ['', '◐', '▲', '■'] as const

/** Draws the rows in sight, and only these. */
export class RowsPainter {
  readonly #tools: PaintTools
  readonly #geometry: Geometry
  readonly #bars: BarPainter
  readonly #mono: string
  readonly #small: string
  readonly #sans: string
  readonly #letter: number
  readonly #box: { x: number; width: number; y: number; height: number }

  constructor(tools: PaintTools, geometry: Geometry) {
    this.#tools = tools
    this.#geometry = geometry
    this.#bars = new BarPainter(tools.context, tools.theme, tools.ratio)
    this.#mono = `${fontSize}px ${tools.theme.mono}`
    this.#small = `11px ${tools.theme.mono}`
    this.#sans = `${fontSize}px ${tools.theme.sans}`
    this.#letter = this.#prepare()
    this.#box = { x: geometry.lane.x, width: geometry.lane.width, y: 0, height: geometry.stacked ? 8 : 10 }
    tools.labels.fit(geometry.request.width - 8, this.#letter)
  }

  /** Sets what stays the same through a frame and answers with the width of a letter. */
  #prepare(): number {
    const { context, ratio } = this.#tools
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.textBaseline = 'alphabetic'
    context.font = this.#mono
    // Not in every browser; without it the letters only stand a little wider.
    if ('letterSpacing' in context) context.letterSpacing = letterSpacing
    return context.measureText('0').width
  }

  paint(frame: RowsFrame): void {
    const { context, theme } = this.#tools
    const { width, height, rowHeight } = this.#geometry
    this.#prepare()
    context.fillStyle = theme.ground
    context.fillRect(0, 0, width, height)
    const from = firstRow(frame.scrollTop, rowHeight)
    const to = rowsEnd(frame.scrollTop, this.#geometry, frame.rows.count)
    for (let row = from; row < to; row += 1) this.#ground(frame, row)
    this.#grid(frame, Math.min(height, frame.rows.count * rowHeight - frame.scrollTop))
    for (let row = from; row < to; row += 1) this.#row(frame, row)
    this.#proportional(frame, from, to)
  }

  #ground(frame: RowsFrame, row: number): void {
    const { context, theme } = this.#tools
    const { width, rowHeight, margin } = this.#geometry
    const y = row * rowHeight - frame.scrollTop
    const position = positionAt(frame.rows, row)
    const isMarked = position >= 0 && frame.marked[position] === 1
    const colour = groundOf(theme, {
      isCursor: row === frame.cursor,
      isMarked,
      isFold: position < 0,
      isHovered: row === frame.hovered,
    })
    if (colour !== undefined) {
      context.fillStyle = colour
      context.fillRect(0, y, width, rowHeight)
    }
    if (row === frame.cursor) {
      context.fillStyle = theme.accent
      context.fillRect(0, y, 3, rowHeight)
    }
    if (!this.#geometry.stacked) return
    context.fillStyle = theme.hair
    context.fillRect(margin.width, y + rowHeight - 1, width - margin.width, 1)
  }

  #grid({ ticks, marks, range }: RowsFrame, height: number): void {
    const { context, theme } = this.#tools
    const { lane, stacked } = this.#geometry
    if (stacked || lane.width <= 0) return
    context.fillStyle = theme.hair
    for (const ms of ticks) context.fillRect(this.#snap(lane.x + timeToX(ms, range, lane.width)), 0, 1, height)
    context.lineWidth = 1
    context.globalAlpha = 0.7
    for (const { kind, ms } of marks) {
      if (ms < range.fromMs || ms > range.toMs) continue
      const x = this.#snap(lane.x + Math.min(timeToX(ms, range, lane.width), lane.width - 1)) + 0.5
      context.strokeStyle = colourOfMark(kind, theme)
      context.setLineDash(dashesOfMark[kind] as number[])
      context.beginPath()
      context.moveTo(x, 0)
      context.lineTo(x, height)
      context.stroke()
    }
    context.setLineDash([])
    context.globalAlpha = 1
  }

  #row(frame: RowsFrame, row: number): void {
    const { context, labels } = this.#tools
    const { rowHeight, stacked } = this.#geometry
    const y = row * rowHeight - frame.scrollTop
    const position = positionAt(frame.rows, row)
    if (position < 0) return this.#foldNumbers(frame, row, y)
    const label = labels.at(position, context)
    const isFailing = ((frame.waterfall.flags[position] ?? 0) & failingFlag) !== 0
    const middle = stacked ? y + 34 : y + rowHeight / 2
    this.#words({ label, y: stacked ? y + 19 : y + 16.5, isFailing, isCursor: row === frame.cursor })
    this.#margin({
      label,
      y: stacked ? y + 19 : y + 16.5,
      severity: frame.waterfall.severities[position] ?? 0,
      isFailing,
    })
    this.#box.y = middle
    const end = this.#bars.paint(frame.waterfall, position, { box: this.#box, range: frame.range })
    if (label.note !== '' && !stacked) this.#note(label.note, end, y + 16)
  }

  #margin({ label, y, severity, isFailing }: MarginWords): void {
    const { context, theme } = this.#tools
    const { margin } = this.#geometry
    const isNarrow = margin.width < narrowMargin
    context.font = isNarrow ? this.#small : this.#mono
    context.textAlign = 'right'
    context.fillStyle = theme.muted
    context.fillText(label.number, this.#marginEnd, y)
    if (severity === 0 && !isFailing) return
    // Symbols of a text face differ in size and place: small drawings of our own do not.
    const x = isNarrow ? 10 : this.#marginEnd - label.number.length * this.#letter - 12
    context.fillStyle = severity > 0 ? (theme.severities[severity - 1] ?? theme.failing) : theme.failing
    drawShape(context, severityShapes[severity] ?? '', { x, y: y - 4.5, size: 8 })
  }

  /** Where numbers end in the margin. */
  get #marginEnd(): number {
    const { width } = this.#geometry.margin
    return width - (width < narrowMargin ? 8 : 24)
  }

  #words({
    label,
    y,
    isFailing,
    isCursor,
  }: {
    label: RowLabels
    y: number
    isFailing: boolean
    isCursor: boolean
  }): void {
    const { context, theme } = this.#tools
    const { request, status, size, duration, stacked } = this.#geometry
    const letter = this.#letter
    context.font = isCursor ? `600 ${this.#mono}` : this.#mono
    context.textAlign = 'left'
    context.fillStyle = isFailing ? theme.failing : theme.muted
    context.fillText(label.method, request.x, y)
    const hostX = request.x + label.method.length * letter
    if (label.host !== '') context.fillText(label.host, hostX, y)
    const pathX = hostX + (label.host === '' ? 0 : context.measureText(label.host).width)
    context.fillStyle = isFailing ? theme.failing : theme.ink
    context.fillText(label.path, pathX, y)
    context.font = this.#mono
    if (stacked) {
      context.textAlign = 'right'
      context.fillText(label.status, status.x + status.width, y)
      context.fillStyle = theme.muted
      context.fillText(label.duration, duration.x + duration.width, y + 18)
      return
    }
    context.fillText(label.status, status.x, y)
    context.fillStyle = theme.muted
    context.textAlign = 'right'
    if (size.width > 0) context.fillText(label.size, size.x + size.width - 16, y)
    context.fillStyle = theme.ink
    context.fillText(label.duration, duration.x + duration.width - 12, y)
  }

  /** What the browser says went wrong, beside the bar where there is room. */
  #note(note: string, end: number, y: number): void {
    const { context, theme } = this.#tools
    const { lane } = this.#geometry
    context.font = this.#small
    const width = note.length * this.#letter * (11 / fontSize)
    const x = end + 6
    const before = this.#box.x + 4
    if (x + width > lane.x + lane.width && end - before < width + 12) return
    context.textAlign = 'left'
    context.fillStyle = theme.muted
    if (x + width <= lane.x + lane.width) context.fillText(note, x, y)
  }

  #foldNumbers(frame: RowsFrame, row: number, y: number): void {
    const { context, theme } = this.#tools
    const { margin, rowHeight } = this.#geometry
    const fold = foldAt(frame.rows, row)
    if (fold === undefined) return
    const first = frame.waterfall.entries[fold.positions[0] ?? 0]?.index ?? 0
    const last = frame.waterfall.entries[fold.positions.at(-1) ?? 0]?.index ?? 0
    const isNarrow = margin.width < narrowMargin
    const numbers = `${first}–${last}`
    context.font = isNarrow ? this.#small : this.#mono
    context.textAlign = 'right'
    context.fillStyle = theme.muted
    context.fillText(isNarrow && numbers.length > 7 ? `${first}…` : numbers, this.#marginEnd, y + rowHeight / 2 + 4.5)
  }

  /** What stands in the proportional face, all at once: changing the face is what costs. */
  #proportional(frame: RowsFrame, from: number, to: number): void {
    const { context, theme, labels } = this.#tools
    const { kind, rowHeight } = this.#geometry
    context.font = this.#sans
    context.textAlign = 'left'
    if ('letterSpacing' in context) context.letterSpacing = '0px'
    for (let row = from; row < to; row += 1) {
      const y = row * rowHeight - frame.scrollTop
      const position = positionAt(frame.rows, row)
      if (position < 0) this.#foldWords(frame, row, y)
      else if (kind.width > 0) {
        context.fillStyle = theme.muted
        context.fillText(labels.at(position, context).kind, kind.x, y + 16.5)
      }
    }
  }

  #foldWords(frame: RowsFrame, row: number, y: number): void {
    const { context, theme, labels } = this.#tools
    const { request, rowHeight } = this.#geometry
    const words = labels.words.fold(foldAt(frame.rows, row)?.positions.length ?? 0)
    const base = y + rowHeight / 2 + 4.5
    context.fillStyle = theme.accent
    context.fillText(words, request.x, base)
    context.fillRect(request.x, base + 3, context.measureText(words).width, 1)
  }

  #snap(value: number): number {
    return Math.round(value * this.#tools.ratio) / this.#tools.ratio
  }
}

type MarginWords = { label: RowLabels; y: number; severity: number; isFailing: boolean }
type RowState = { isCursor: boolean; isMarked: boolean; isFold: boolean; isHovered: boolean }

function groundOf(theme: WaterfallTheme, { isCursor, isMarked, isFold, isHovered }: RowState): string | undefined {
  if (isCursor) return theme.selected
  if (isMarked) return theme.marked
  if (isHovered) return theme.hover
  return isFold ? theme.quietGround : undefined
}

/** The marks of the severities, centred on a point; a ring for what failed without a finding. */
export function drawShape(
  context: CanvasRenderingContext2D,
  shape: (typeof severityShapes)[number],
  { x, y, size }: { x: number; y: number; size: number },
): void {
  const half = size / 2
  if (shape === '■') return context.fillRect(x - half, y - half, size, size)
  context.beginPath()
  if (shape === '▲') {
    context.moveTo(x, y - half)
    context.lineTo(x + half, y + half)
    context.lineTo(x - half, y + half)
    return context.fill()
  }
  context.strokeStyle = context.fillStyle
  context.lineWidth = 1.5
  context.arc(x, y, half - 0.5, 0, Math.PI * 2)
  context.stroke()
  if (shape !== '◐') return
  context.beginPath()
  context.arc(x, y, half - 0.5, Math.PI / 2, Math.PI * 1.5)
  context.fill()
}
