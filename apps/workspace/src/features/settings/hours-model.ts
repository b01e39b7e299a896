import type { OpeningHours } from '@clew/contract/settings'
import { greekHolidays, type Holiday, holidayIn } from '@clew/intake/holidays'
import { type Span, type Weekday, weekdays } from '@clew/intake/hours'

const officeDays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']

/** What most teams begin with. */
export function firstHours(timeZone: string): OpeningHours {
  const days = weekdays.map((day) => [day, officeDays.includes(day) ? [{ from: '09:00', to: '17:00' }] : []])
  return { timeZone, week: Object.fromEntries(days) as OpeningHours['week'], holidays: [] }
}

/** Monday's hours on every working day. */
export const likeMonday = (week: OpeningHours['week']): OpeningHours['week'] => ({
  ...week,
  ...Object.fromEntries(officeDays.map((day) => [day, week.mon])),
})

/** A time field says midnight as 00:00; an end there is the end of the day. */
export const endOf = (time: string): string => (time === '00:00' ? '24:00' : time)
export const shownEnd = (time: string): string => (time === '24:00' ? '00:00' : time)

/** The next span of a day, after what is there. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1)
  if (last === undefined) return { from: '09:00', to: '17:00' }
  const hour = Math.min(Number(last.to.slice(0, 2)) + 1, 22)
  const pad = (value: number): string => `${String(value).padStart(2, '0')}:00`
  return { from: pad(hour), to: pad(hour + 1) }
}

/** A day whose hours overlap, are empty, or end when they begin. */
export const faultyDay = (week: OpeningHours['week']): Weekday | undefined =>
  weekdays.find((day) => {
    const sorted = [...week[day]].sort((a, b) => a.from.localeCompare(b.from))
    return sorted.some(({ from, to }, index) => {
      const next = sorted[index + 1]
      return from === '' || to === '' || from === to || (next !== undefined && (to < from || to > next.from))
    })
  })

const sameDay = (a: Holiday, b: Holiday): boolean =>
  a.kind === 'easter'
    ? b.kind === 'easter' && a.offsetDays === b.offsetDays
    : b.kind === 'date' &&
      a.everyYear === b.everyYear &&
      a.date.slice(a.everyYear ? 5 : 0) === b.date.slice(b.everyYear ? 5 : 0)

/** The Greek public holidays that are not on the list yet. */
export const missingGreek = (holidays: readonly Holiday[]): Holiday[] =>
  greekHolidays.filter((greek) => !holidays.some((each) => sameDay(each, greek)))

/** In the order of the year that is shown; what has no day in it comes last. */
export const inOrder = (holidays: readonly Holiday[], year: number): { holiday: Holiday; day: string }[] =>
  holidays
    .map((holiday) => ({ holiday, day: holidayIn(holiday, year) ?? (holiday.kind === 'date' ? holiday.date : '') }))
    .sort((a, b) => a.day.localeCompare(b.day))
