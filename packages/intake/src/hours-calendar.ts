/** A day of the calendar without a zone, `2026-11-24`. */
export type CalendarDay = string

const dayMs = 86_400_000

const atMidnight = (day: CalendarDay): number => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms: number): CalendarDay => new Date(ms).toISOString().slice(0, 10)

export const addDays = (day: CalendarDay, count: number): CalendarDay => dayOf(atMidnight(day) + count * dayMs)

/** Monday is 0. */
export const weekdayOf = (day: CalendarDay): number => (new Date(atMidnight(day)).getUTCDay() + 6) % 7

/** What the calendar on a wall there shows. */
export const dayIn = (timeZone: string, now: Date): CalendarDay => dayOf(wallClock(timeZone, now.getTime()))

/**
 * The moment of a clock time. A time that the clocks pass over is the moment of the change; one that they show twice is
 * the first or the last of the two, so that hours are never cut short by it.
 */
export function instantOf(
  timeZone: string,
  { day, time }: { day: CalendarDay; time: string },
  which: 'first' | 'last',
): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const wanted = atMidnight(day) + (hour * 60 + minute) * 60_000
  // The offsets of the day before and after hold every offset that the moment can have.
  const offsets = [wanted - dayMs, wanted + dayMs].map((near) => wallClock(timeZone, near) - near)
  const candidates = [...new Set(offsets)]
    .map((offset) => wanted - offset)
    .filter((candidate) => wallClock(timeZone, candidate) === wanted)
    .sort((a, b) => a - b)
  const found = which === 'first' ? candidates[0] : candidates.at(-1)
  return found ?? changeBetween(timeZone, wanted - Math.max(...offsets), wanted - Math.min(...offsets))
}

/** Where the clocks jump, between two moments with different offsets. */
function changeBetween(timeZone: string, from: number, to: number): number {
  const offsetAt = (at: number): number => wallClock(timeZone, at) - at
  const before = offsetAt(from)
  let low = from
  let high = to
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (middle <= low) break
    if (offsetAt(middle) === before) low = middle
    else high = middle
  }
  return high
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks there show at a moment, read as if it were UTC. */
function wallClock(timeZone: string, at: number): number {
  const whole = Math.floor(at / 1000) * 1000
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at - whole)
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const found = formats.get(timeZone)
  if (found) return found
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}
