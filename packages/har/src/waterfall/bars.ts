import { phases } from './entry.ts'
import { edgesPerEntry, type Waterfall } from './model.ts'
import type { TimeRange } from './scale.ts'
import type { WaterfallTheme } from './theme.ts'

/** Where a bar may be drawn, in CSS pixels. */
export interface BarBox {
  readonly x: number
  readonly width: number
  /** The middle of the row. */
  y: number
  /** Height of the phases in which the server is spoken with; the others are lower, so that colour is not alone. */
  readonly height: number
}

const blocked = phases.indexOf('blocked')
const send = phases.indexOf('send')
const wait = phases.indexOf('wait')
const shortest = 2

const shares = phases.map((_, phase) => (phase === blocked ? 0.4 : phase < send ? 0.6 : 1))

export class BarPainter {
  readonly #context: CanvasRenderingContext2D
  readonly #theme: WaterfallTheme
  readonly #ratio: number

  constructor(context: CanvasRenderingContext2D, theme: WaterfallTheme, ratio: number) {
    this.#context = context
    this.#theme = theme
    this.#ratio = ratio
  }

  /** Draws the phases of one entry and answers with the x of its end. */
  paint(waterfall: Waterfall, position: number, { box, range }: { box: BarBox; range: TimeRange }): number {
    const { edges, broken } = waterfall
    const first = position * edgesPerEntry
    const perMs = box.width / (range.toMs - range.fromMs)
    const left = box.x
    const right = box.x + box.width
    const brokenPhase = broken[position] ?? -1
    let end = clamp(left + ((edges[first] ?? 0) - range.fromMs) * perMs, left, right)
    const begin = end
    for (let phase = 0; phase < phases.length; phase += 1) {
      const from = edges[first + phase] ?? 0
      const to = edges[first + phase + 1] ?? 0
      if (to <= from) continue
      const x0 = clamp(left + (from - range.fromMs) * perMs, left, right)
      const x1 = clamp(left + (to - range.fromMs) * perMs, left, right)
      if (x1 > x0) this.#phase(phase, { x0, x1, box, isBroken: phase === brokenPhase })
      end = x1
    }
    return this.#atLeastVisible({ begin, end, box, isBroken: brokenPhase >= 0, isInside: begin < right && end >= left })
  }

  #phase(phase: number, { x0, x1, box, isBroken }: { x0: number; x1: number; box: BarBox; isBroken: boolean }): void {
    const context = this.#context
    const height = box.height * (shares[phase] ?? 1)
    const x = this.#snap(x0)
    const width = Math.max(1 / this.#ratio, this.#snap(x1) - x)
    const y = this.#snap(box.y - height / 2)
    const tall = this.#snap(height)
    context.fillStyle = isBroken ? this.#theme.failing : (this.#theme.phases[phases[phase] ?? 'wait'] ?? '')
    if (phase === blocked && !isBroken) return this.#hollow({ x, y, width, height: tall })
    context.fillRect(x, y, width, tall)
    if (phase === wait && !isBroken && width > 3) {
      context.fillStyle = this.#theme.waitEdge
      context.fillRect(x, y, width, 1)
      context.fillRect(x, y + tall - 1, width, 1)
    }
  }

  /** Waiting in the queue is an outline: nothing happens in it. */
  #hollow({ x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
    const context = this.#context
    if (width <= 2) return context.fillRect(x, y, width, height)
    context.fillRect(x, y, width, 1)
    context.fillRect(x, y + height - 1, width, 1)
    context.fillRect(x, y, 1, height)
    context.fillRect(x + width - 1, y, 1, height)
  }

  /** A request that took no time to speak of still has to be seen. */
  #atLeastVisible({ begin, end, box, isBroken, isInside }: Drawn): number {
    if (end - begin >= shortest || !isInside) return end
    this.#context.fillStyle = isBroken ? this.#theme.failing : this.#theme.muted
    this.#context.fillRect(
      this.#snap(Math.min(begin, box.x + box.width - shortest)),
      this.#snap(box.y - box.height / 2),
      shortest,
      this.#snap(box.height),
    )
    return begin + shortest
  }

  #snap(value: number): number {
    return Math.round(value * this.#ratio) / this.#ratio
  }
}

type Drawn = { begin: number; end: number; box: BarBox; isBroken: boolean; isInside: boolean }

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
