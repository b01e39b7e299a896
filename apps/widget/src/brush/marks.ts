/** What covers a part of a picture, in its own pixels. */
export type Mark =
  | { kind: 'box'; x: number; y: number; width: number; height: number }
  | { kind: 'stroke'; points: readonly Point[]; width: number }
export type Point = { x: number; y: number }
export type Size = { width: number; height: number }
export type Box = Extract<Mark, { kind: 'box' }>

type Ink = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'fillRect'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
>

/** Covers with one opaque colour, whole pixels at a time, so that nothing shines through at an edge. */
export function drawMarks(ink: Ink, marks: readonly Mark[]): void {
  ink.fillStyle = '#000'
  ink.strokeStyle = '#000'
  for (const mark of marks) {
    if (mark.kind === 'box') {
      const [left, top] = [Math.floor(mark.x), Math.floor(mark.y)]
      ink.fillRect(left, top, Math.ceil(mark.x + mark.width) - left, Math.ceil(mark.y + mark.height) - top)
      continue
    }
    ink.lineWidth = mark.width
    ink.lineCap = 'round'
    ink.lineJoin = 'round'
    ink.beginPath()
    const [first, ...rest] = mark.points
    if (first === undefined) continue
    ink.moveTo(first.x, first.y)
    // A touch that did not move is a dot: a line to where it is.
    for (const { x, y } of rest.length > 0 ? rest : [first]) ink.lineTo(x, y)
    ink.stroke()
  }
}

/** The box between two corners, whichever came first. */
export const boxBetween = (a: Point, b: Point): Box => ({
  kind: 'box',
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
})

const steps = 40

/** The frame that is moved by keys, in the middle at first. */
export const firstFrame = ({ width, height }: Size): Box => ({
  kind: 'box',
  x: width * 0.375,
  y: height * 0.45,
  width: width / 4,
  height: height / 10,
})

/** Where the frame is after an arrow key; undefined for any other key. Its size changes with Shift. */
export function moved(frame: Box, { key, shiftKey }: { key: string; shiftKey: boolean }, size: Size): Box | undefined {
  const [dx, dy] = directions[key] ?? []
  if (dx === undefined || dy === undefined) return undefined
  const [x, y] = [(dx * size.width) / steps, (dy * size.height) / steps]
  const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))
  if (!shiftKey)
    return {
      ...frame,
      x: within(frame.x + x, 0, size.width - frame.width),
      y: within(frame.y + y, 0, size.height - frame.height),
    }
  return {
    ...frame,
    width: within(frame.width + x, size.width / steps, size.width - frame.x),
    height: within(frame.height + y, size.height / steps, size.height - frame.y),
  }
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
