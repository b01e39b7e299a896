/** A stretch of the width; nothing is shown in one without width. */
export interface Column {
  readonly x: number
  readonly width: number
}

/** Where everything of a row stands, in CSS pixels. */
export interface Geometry {
  readonly width: number
  readonly height: number
  readonly rowHeight: number
  /** Two lines for each row, the bar under the words: a phone. */
  readonly stacked: boolean
  readonly margin: Column
  readonly request: Column
  readonly status: Column
  readonly kind: Column
  readonly size: Column
  readonly duration: Column
  readonly lane: Column
}

export interface Space {
  readonly width: number
  readonly height: number
  readonly stacked: boolean
  /** Width of the margin that carries numbers and marks. */
  readonly margin: number
}

const gap = 16
/** Bars that end with the capture do not end at the edge. */
const laneEnd = 12
const columnWidths = { status: 52, kind: 84, size: 76, duration: 80 } as const
/** From these widths on there is room for the less important. */
const roomFor = { size: 860, kind: 1060 } as const

export function geometryOf(space: Space): Geometry {
  return space.stacked ? stackedGeometry(space) : wideGeometry(space)
}

function wideGeometry({ width, height, margin }: Space): Geometry {
  const status = columnWidths.status
  const kind = width >= roomFor.kind ? columnWidths.kind : 0
  const size = width >= roomFor.size ? columnWidths.size : 0
  const duration = columnWidths.duration
  const free = Math.max(0, width - margin - gap - status - kind - size - duration)
  const request = Math.min(420, Math.max(Math.min(150, free), Math.round(free * 0.42)))
  const columns = inARow(margin + gap, [request, status, kind, size, duration])
  const [requestAt = none, statusAt = none, kindAt = none, sizeAt = none, durationAt = none] = columns
  const laneX = durationAt.x + durationAt.width
  return {
    width,
    height,
    rowHeight: 24,
    stacked: false,
    margin: { x: 0, width: margin },
    request: requestAt,
    status: statusAt,
    kind: kindAt,
    size: sizeAt,
    duration: durationAt,
    lane: { x: laneX, width: Math.max(0, width - laneX - laneEnd) },
  }
}

const none: Column = { x: 0, width: 0 }

function inARow(from: number, widths: readonly number[]): Column[] {
  let x = from
  return widths.map((width) => {
    const column = { x, width }
    x += width
    return column
  })
}

function stackedGeometry({ width, height, margin }: Space): Geometry {
  const duration = 68
  const x = margin + 12
  const end = width - duration - 4
  return {
    width,
    height,
    rowHeight: 48,
    stacked: true,
    margin: { x: 0, width: margin },
    request: { x, width: Math.max(0, end - x) },
    status: { x: end, width: duration - 8 },
    kind: none,
    size: none,
    duration: { x: end, width: duration - 8 },
    lane: { x, width: Math.max(0, end - x) },
  }
}

export const firstRow = (scrollTop: number, rowHeight: number): number => Math.max(0, Math.floor(scrollTop / rowHeight))

/** One past the last row in sight. */
export const rowsEnd = (scrollTop: number, { height, rowHeight }: Geometry, count: number): number =>
  Math.min(count, Math.ceil((scrollTop + height) / rowHeight))

/** Where to scroll so that the row can be seen; `middle` when it should stand in the middle if it moves at all. */
export function scrollTopFor(
  row: number,
  scrollTop: number,
  { geometry: { height, rowHeight }, middle }: { geometry: Geometry; middle: boolean },
): number {
  const top = row * rowHeight
  const isInSight = top >= scrollTop && top + rowHeight <= scrollTop + height
  if (isInSight) return scrollTop
  if (middle) return Math.max(0, top - (height - rowHeight) / 2)
  return top < scrollTop ? top : top + rowHeight - height
}
