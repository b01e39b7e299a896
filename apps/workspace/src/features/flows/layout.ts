/** Sizes are in sixteenths of a rem, so that the drawing grows with the reader's letters. */
export type Box = { id: string; width: number; height: number }
export type Line = { from: string; to: string; label: string }
export type Placed = Box & { x: number; y: number; layer: number }
/** `points` from the bottom of one card to the top of the other; a way back goes around the side. */
export type Drawn = Line & { points: readonly Point[]; isBack: boolean; labelAt: Point }
export type Point = { x: number; y: number }
export type Layout = { width: number; height: number; cards: readonly Placed[]; lines: readonly Drawn[] }

const between = 32
const labelHeight = 22
const margin = 24
const lane = 28

/**
 * Cards in layers from the first one down, each below everything that leads to it. Ways back to an earlier card do not
 * count for that; they are drawn around the side. The same flow is always drawn the same.
 */
export function layOut(boxes: readonly Box[], lines: readonly Line[]): Layout {
  const back = waysBack(boxes, lines)
  const down = lines.filter((line) => !back.has(line))
  const layerOf = layersOf(boxes, down)
  const nodes = withWaypoints(boxes, down, layerOf)
  const order = ordered(nodes)
  const xs = placedAcross(order)
  const gaps = gapsOf(order.length, lines, layerOf)
  const tops = topsOf(order, gaps)
  const at = (id: string): Placed => {
    const box = boxes.find((each) => each.id === id) as Box
    const layer = layerOf.get(id) ?? 0
    return { ...box, layer, x: xs.get(id) ?? 0, y: tops[layer] ?? 0 }
  }
  const cards = boxes.map(({ id }) => at(id))
  const right = Math.max(...cards.map(({ x, width }) => x + width))
  const drawn = draw({ lines, back, at, xs, nodes, tops, layerHeights: heightsOf(order), right })
  const backCount = back.size
  return {
    width: right + margin + (backCount > 0 ? lane * Math.min(backCount, 6) + margin : 0),
    height: Math.max(...cards.map(({ y, height }) => y + height)) + margin,
    cards,
    lines: drawn,
  }
}

/** Lines that come back to a card from which one came. */
function waysBack(boxes: readonly Box[], lines: readonly Line[]): Set<Line> {
  const outOf = grouped(lines, ({ from }) => from)
  const state = new Map<string, 'open' | 'done'>()
  const back = new Set<Line>()
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const line of outOf.get(id) ?? []) {
      const seen = state.get(line.to)
      if (seen === 'open') back.add(line)
      else if (seen === undefined) visit(line.to)
    }
    state.set(id, 'done')
  }
  for (const { id } of boxes) if (!state.has(id)) visit(id)
  return back
}

function layersOf(boxes: readonly Box[], down: readonly Line[]): Map<string, number> {
  const layers = new Map(boxes.map(({ id }) => [id, 0]))
  // A longest way has no more lines than there are cards.
  for (let round = 0; round < boxes.length; round += 1) {
    let moved = false
    for (const { from, to } of down) {
      const below = (layers.get(from) ?? 0) + 1
      if ((layers.get(to) ?? 0) >= below) continue
      layers.set(to, below)
      moved = true
    }
    if (!moved) break
  }
  return layers
}

/** A card, or the place where a long line passes through a layer. */
type Node = { id: string; layer: number; width: number; height: number; up: string[]; down: string[] }
const waypoint = ({ from, to }: Line, layer: number): string => `${from} ${to} ${layer}`

function withWaypoints(
  boxes: readonly Box[],
  down: readonly Line[],
  layerOf: ReadonlyMap<string, number>,
): Map<string, Node> {
  const nodes = new Map<string, Node>()
  for (const { id, width, height } of boxes)
    nodes.set(id, { id, layer: layerOf.get(id) ?? 0, width, height, up: [], down: [] })
  const join = (a: string, b: string) => {
    nodes.get(a)?.down.push(b)
    nodes.get(b)?.up.push(a)
  }
  for (const line of down) {
    let last = line.from
    for (let layer = (layerOf.get(line.from) ?? 0) + 1; layer < (layerOf.get(line.to) ?? 0); layer += 1) {
      const id = waypoint(line, layer)
      nodes.set(id, { id, layer, width: 12, height: 0, up: [], down: [] })
      join(last, id)
      last = id
    }
    join(last, line.to)
  }
  return nodes
}

/** Each layer from left to right, with as few crossings as some sweeps find. */
function ordered(nodes: ReadonlyMap<string, Node>): Node[][] {
  const layers: Node[][] = []
  for (const node of nodes.values()) {
    layers[node.layer] ??= []
    layers[node.layer]?.push(node)
  }
  let best = layers.map((layer) => [...layer])
  let fewest = crossings(best)
  let order = best
  for (let sweep = 0; sweep < 12 && fewest > 0; sweep += 1) {
    order = swept(order, sweep % 2 === 0)
    const count = crossings(order)
    if (count < fewest) {
      fewest = count
      best = order.map((layer) => [...layer])
    }
  }
  return best
}

function swept(order: readonly Node[][], isDown: boolean): Node[][] {
  const next = order.map((layer) => [...layer])
  const indices = isDown ? next.keys() : [...next.keys()].reverse()
  for (const index of indices) {
    const beside = new Map((next[isDown ? index - 1 : index + 1] ?? []).map(({ id }, place) => [id, place]))
    const keys = new Map(
      (next[index] ?? []).map((node, place) => [node, middle(isDown ? node.up : node.down, beside) ?? place]),
    )
    next[index]?.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
  }
  return next
}

function middle(ids: readonly string[], places: ReadonlyMap<string, number>): number | undefined {
  const found = ids.flatMap((id) => places.get(id) ?? [])
  return found.length === 0 ? undefined : found.reduce((sum, place) => sum + place, 0) / found.length
}

function crossings(order: readonly Node[][]): number {
  let count = 0
  for (const [index, layer] of order.entries()) {
    const places = new Map((order[index + 1] ?? []).map(({ id }, place) => [id, place]))
    const ends = layer.flatMap((node, from) => node.down.map((id) => ({ from, to: places.get(id) ?? 0 })))
    for (const [place, a] of ends.entries())
      for (const b of ends.slice(place + 1)) if ((a.from - b.from) * (a.to - b.to) < 0) count += 1
  }
  return count
}

/** Left edges: each node as near to the middle of what it is joined to as its neighbours allow. */
function placedAcross(order: readonly Node[][]): Map<string, number> {
  const centre = new Map<string, number>()
  for (const layer of order) {
    let x = 0
    for (const { id, width } of layer) {
      centre.set(id, x + width / 2)
      x += width + between
    }
  }
  for (let round = 0; round < 16; round += 1) {
    const isDown = round % 2 === 0
    for (const layer of isDown ? order : [...order].reverse()) {
      const wanted = layer.map((node) => {
        const to = isDown ? node.up : node.down
        return to.length === 0 ? (centre.get(node.id) ?? 0) : (middle(to, centre) ?? 0)
      })
      for (const [index, x] of apart(layer, wanted).entries()) centre.set(layer[index]?.id ?? '', x)
    }
  }
  const lefts = order.flat().map(({ id, width }) => [id, (centre.get(id) ?? 0) - width / 2] as const)
  const left = Math.min(...lefts.map(([, x]) => x))
  return new Map(lefts.map(([id, x]) => [id, Math.round(x - left + margin)]))
}

/** The centres nearest to the wanted ones that keep the order and the distance: neighbours that push move as a block. */
function apart(layer: readonly Node[], wanted: readonly number[]): number[] {
  const offsets: number[] = []
  let offset = 0
  for (const [index, { width }] of layer.entries()) {
    const before = layer[index - 1]
    if (before) offset += before.width / 2 + between + width / 2
    offsets.push(offset)
  }
  const blocks: { sum: number; count: number }[] = []
  for (const [index, x] of wanted.entries()) {
    let block = { sum: x - (offsets[index] ?? 0), count: 1 }
    for (let last = blocks.at(-1); last && last.sum / last.count > block.sum / block.count; last = blocks.at(-1)) {
      blocks.pop()
      block = { sum: last.sum + block.sum, count: last.count + block.count }
    }
    blocks.push(block)
  }
  const starts = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
  return starts.map((start, index) => start + (offsets[index] ?? 0))
}

/** Below each layer there is room for the labels of the lines that leave it, one under the other. */
function gapsOf(layers: number, lines: readonly Line[], layerOf: ReadonlyMap<string, number>): number[] {
  const most = Array.from({ length: layers }, () => 0)
  for (const [from, all] of grouped(lines, (line) => line.from)) {
    const layer = layerOf.get(from) ?? 0
    most[layer] = Math.max(most[layer] ?? 0, all.filter(({ label }) => label !== '').length)
  }
  return most.map((count) => 40 + count * labelHeight)
}

const heightsOf = (order: readonly Node[][]): number[] =>
  order.map((layer) => Math.max(...layer.map(({ height }) => height)))

function topsOf(order: readonly Node[][], gaps: readonly number[]): number[] {
  const tops: number[] = []
  let y = margin
  for (const [index, height] of heightsOf(order).entries()) {
    tops.push(y)
    y += height + (gaps[index] ?? 40)
  }
  return tops
}

type Drawing = {
  lines: readonly Line[]
  back: ReadonlySet<Line>
  at(id: string): Placed
  xs: ReadonlyMap<string, number>
  nodes: ReadonlyMap<string, Node>
  tops: readonly number[]
  layerHeights: readonly number[]
  right: number
}

function draw(drawing: Drawing): Drawn[] {
  const { lines, back, at } = drawing
  const leaving = grouped(lines, ({ from }) => from)
  let lanes = 0
  return lines.map((line) => {
    const isBack = back.has(line)
    if (isBack) lanes += 1
    const from = at(line.from)
    const port = portOf(line, leaving.get(line.from) ?? [], drawing)
    const start = { x: from.x + port.share * from.width, y: from.y + from.height }
    const labelAt = { x: start.x, y: start.y + 10 + port.labelsBefore * labelHeight }
    const points = isBack
      ? aroundSide(start, at(line.to), drawing.right + lane * (((lanes - 1) % 6) + 1))
      : downTo(line, start, drawing)
    return { ...line, points, isBack, labelAt }
  })
}

/** Lines leave a card side by side, in the order of where they go, so that they do not cross at once. */
function portOf(line: Line, siblings: readonly Line[], { at, back }: Drawing): { share: number; labelsBefore: number } {
  const across = (each: Line): number =>
    back.has(each) ? Number.MAX_SAFE_INTEGER : at(each.to).x + at(each.to).width / 2
  const order = siblings.toSorted((a, b) => across(a) - across(b))
  const place = order.indexOf(line)
  return {
    share: (place + 1) / (order.length + 1),
    labelsBefore: order.slice(0, place).filter(({ label }) => label !== '').length,
  }
}

function downTo(line: Line, start: Point, { at, xs, nodes, tops, layerHeights }: Drawing): Point[] {
  const to = at(line.to)
  const points = [start]
  for (let layer = at(line.from).layer + 1; layer < to.layer; layer += 1) {
    const id = waypoint(line, layer)
    const x = (xs.get(id) ?? 0) + (nodes.get(id)?.width ?? 0) / 2
    points.push({ x, y: tops[layer] ?? 0 }, { x, y: (tops[layer] ?? 0) + (layerHeights[layer] ?? 0) })
  }
  return [...points, { x: to.x + to.width / 2, y: to.y }]
}

const aroundSide = (start: Point, to: Placed, laneX: number): Point[] => [
  start,
  { x: laneX, y: start.y + 24 },
  { x: laneX, y: to.y + 16 },
  { x: to.x + to.width, y: to.y + 16 },
]

/** A line through its points as an SVG path: straight down through layers, bent between them. */
export function pathOf({ points, isBack }: Drawn): string {
  const [first, ...rest] = points
  if (!first) return ''
  if (isBack) return `M${first.x} ${first.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}`
  let path = `M${first.x} ${first.y}`
  let last = first
  for (const point of rest) {
    const bend = (point.y - last.y) / 2
    path +=
      last.x === point.x
        ? `L${point.x} ${point.y}`
        : `C${last.x} ${last.y + bend} ${point.x} ${point.y - bend} ${point.x} ${point.y}`
    last = point
  }
  return path
}

/** The card that an arrow key leads to. */
export function neighbour(layout: Layout, id: string, key: 'up' | 'down' | 'left' | 'right'): string | undefined {
  const card = layout.cards.find((each) => each.id === id)
  if (!card) return undefined
  const centre = (each: Placed): number => each.x + each.width / 2
  const nearest = (ids: readonly string[]): string | undefined =>
    layout.cards
      .filter((each) => ids.includes(each.id) && each.id !== id)
      .toSorted((a, b) => Math.abs(centre(a) - centre(card)) - Math.abs(centre(b) - centre(card)))[0]?.id
  if (key === 'down') {
    const out = layout.lines.filter(({ from }) => from === id)
    const forward = out.filter(({ isBack }) => !isBack)
    return nearest((forward.length > 0 ? forward : out).map(({ to }) => to))
  }
  if (key === 'up')
    return nearest(layout.lines.filter(({ to, isBack }) => to === id && !isBack).map(({ from }) => from))
  const sameLayer = layout.cards.filter(
    (each) => each.layer === card.layer && (key === 'left' ? each.x < card.x : each.x > card.x),
  )
  return nearest(sameLayer.map((each) => each.id))
}

function grouped(lines: readonly Line[], by: (line: Line) => string): Map<string, Line[]> {
  const groups = new Map<string, Line[]>()
  for (const line of lines) groups.set(by(line), [...(groups.get(by(line)) ?? []), line])
  return groups
}
