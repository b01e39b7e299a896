import { type Holiday, isHoliday } from './holidays.ts'
import { addDays, type CalendarDay, dayIn, instantOf, weekdayOf } from './hours-calendar.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Clock times of the zone, `09:00`. One that ends before it begins goes on over midnight; `24:00` ends at it. */
export type Span = { from: string; to: string }

export type OpeningHours = {
  /** An IANA zone; the times of the week are times there. */
  timeZone: string
  week: Readonly<Record<Weekday, readonly Span[]>>
  holidays: readonly Holiday[]
}

type Interval = { start: number; end: number }

/** Further than any gap between two openings that somebody would mean. */
const lookAheadDays = 400

/** Whether someone answers at this moment. */
export const isOpen = (hours: OpeningHours, now: Date): boolean => intervalAt(hours, now) !== undefined

/** The first moment from `now` on at which someone answers: `now` itself while open, undefined where it is never. */
export function nextOpening(hours: OpeningHours, now: Date): Date | undefined {
  if (isOpen(hours, now)) return now
  const today = dayIn(hours.timeZone, now)
  for (let ahead = 0; ahead <= lookAheadDays; ahead += 1) {
    const starts = intervalsOf(hours, addDays(today, ahead))
      .map(({ start }) => start)
      .filter((start) => start > now.getTime())
    if (starts.length > 0) return new Date(Math.min(...starts))
  }
  return undefined
}

/** When the time that is open at `now` ends, over spans that join; undefined when closed, `never` when it does not. */
export function openUntil(hours: OpeningHours, now: Date): Date | 'never' | undefined {
  let until = intervalAt(hours, now)?.end
  if (until === undefined) return undefined
  const last = now.getTime() + lookAheadDays * 86_400_000
  for (;;) {
    const next: number | undefined = intervalAt(hours, new Date(until))?.end
    if (next === undefined) return new Date(until)
    if (next > last) return 'never'
    until = next
  }
}

function intervalAt(hours: OpeningHours, now: Date): Interval | undefined {
  const today = dayIn(hours.timeZone, now)
  const at = now.getTime()
  return [addDays(today, -1), today]
    .flatMap((day) => intervalsOf(hours, day))
    .filter(({ start, end }) => start <= at && at < end)
    .sort((a, b) => b.end - a.end)[0]
}

/**
 * The spans that begin on a day, as moments. A holiday is the whole calendar day: nothing begins on it, and what goes
 * on over midnight into it ends there.
 */
function intervalsOf(hours: OpeningHours, day: CalendarDay): Interval[] {
  if (isHoliday(hours.holidays, day)) return []
  return hours.week[weekdays[weekdayOf(day)] ?? 'mon'].flatMap(({ from, to }) => {
    const next = addDays(day, 1)
    const goesOn = to <= from
    const endsAtMidnight = to === '24:00' || (goesOn && isHoliday(hours.holidays, next))
    const start = instantOf(hours.timeZone, { day, time: from }, 'first')
    const end = endsAtMidnight
      ? instantOf(hours.timeZone, { day: next, time: '00:00' }, 'first')
      : instantOf(hours.timeZone, { day: goesOn ? next : day, time: to }, 'last')
    return end > start ? [{ start, end }] : []
  })
}
