/** Local calendar time, as read from a message. */
export type WallTime = { year: number; month: number; day: number; hour: number; minute: number; second: number }

const minuteMs = 60_000

/** The instant of a wall-clock time in a zone (IANA name or `+02:00`), with the offset that held on that date. */
export function instantOf(wall: WallTime, zone: string): Date | undefined {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)
  const isRealDate = new Date(asUtc).getUTCMonth() === wall.month - 1
  const first = offsetMinutes(asUtc, zone)
  if (first === undefined || !isRealDate) return undefined
  // Close to a clock change the first guess may use the offset of the other side; the second look settles it.
  const second = offsetMinutes(asUtc - first * minuteMs, zone) ?? first
  return new Date(asUtc - second * minuteMs)
}

/** What the clock on the wall shows in a zone. */
export function wallTimeAt(instant: Date, zone: string): WallTime | undefined {
  const offset = offsetMinutes(instant.getTime(), zone)
  if (offset === undefined) return undefined
  const shifted = new Date(instant.getTime() + offset * minuteMs)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

export function addDays(wall: WallTime, days: number): WallTime {
  const moved = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days))
  return { ...wall, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

export function weekdayOf(wall: WallTime): number {
  return new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay()
}

function offsetMinutes(instantMs: number, zone: string): number | undefined {
  const fixed = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]))
  try {
    const name = formatOf(zone)
      .formatToParts(instantMs)
      .find(({ type }) => type === 'timeZoneName')?.value
    const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name ?? '')
    return match?.[1] ? offsetMinutes(instantMs, `${match[1]}${match[2]}:${match[3]}`) : 0
  } catch {
    return undefined
  }
}

/** Making one is dear, and there are some hundred zones with a few spellings each. */
const formats = new Map<string, Intl.DateTimeFormat>()
const maxFormats = 500

/** Throws a RangeError when there is no such zone. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' })
  if (formats.size >= maxFormats) formats.clear()
  formats.set(zone, format)
  return format
}
