import { describe, expect, test } from 'vitest'
import { greekHolidays, holidayIn, orthodoxEaster } from './holidays.ts'
import { isOpen, nextOpening, type OpeningHours, openUntil, type Span, type Weekday, weekdays } from './hours.ts'

const none = Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as Record<Weekday, Span[]>
const hoursOf = (more: Partial<OpeningHours>): OpeningHours => ({
  timeZone: 'Europe/Athens',
  week: none,
  holidays: [],
  ...more,
})
const office = { ...none, mon: day(), tue: day(), wed: day(), thu: day(), fri: day() }
function day(): Span[] {
  return [
    { from: '09:00', to: '13:00' },
    { from: '14:00', to: '17:00' },
  ]
}
const at = (instant: string): Date => new Date(instant)
const iso = (moment: Date | 'never' | undefined): string | undefined =>
  moment instanceof Date ? moment.toISOString().slice(0, 16) : moment

describe('office hours in Athens, Tuesday 24 November 2026', () => {
  const hours = hoursOf({ week: office })
  test.each([
    ['06:59', false, '2026-11-24T07:00', undefined],
    ['07:00', true, '2026-11-24T07:00', '2026-11-24T11:00'],
    ['10:59', true, '2026-11-24T10:59', '2026-11-24T11:00'],
    ['11:00', false, '2026-11-24T12:00', undefined],
    ['12:00', true, '2026-11-24T12:00', '2026-11-24T15:00'],
    ['15:00', false, '2026-11-25T07:00', undefined],
  ])('at %s UTC', (time, open, next, until) => {
    const now = at(`2026-11-24T${time}:00Z`)
    expect(isOpen(hours, now)).toBe(open)
    expect(iso(nextOpening(hours, now))).toBe(next)
    expect(iso(openUntil(hours, now))).toBe(until)
  })
  test('after Friday comes Monday', () => {
    expect(iso(nextOpening(hours, at('2026-11-27T15:00:00Z')))).toBe('2026-11-30T07:00')
  })
})

describe('the nights when the clocks change', () => {
  const night = hoursOf({
    week: { ...none, sat: [{ from: '22:00', to: '06:00' }], sun: [{ from: '03:30', to: '05:00' }] },
  })

  test('in spring a span over midnight is an hour shorter', () => {
    // 29 March 2026: 03:00 becomes 04:00 in Athens, at 01:00 UTC.
    const now = at('2026-03-28T21:00:00Z')
    expect(isOpen(night, now)).toBe(true)
    expect(iso(openUntil(night, now))).toBe('2026-03-29T03:00')
  })
  test('a beginning that the clocks pass over is the moment of the change', () => {
    const only = hoursOf({ week: { ...none, sun: [{ from: '03:30', to: '05:00' }] } })
    expect(isOpen(only, at('2026-03-29T00:59:00Z'))).toBe(false)
    expect(iso(nextOpening(only, at('2026-03-29T00:00:00Z')))).toBe('2026-03-29T01:00')
    expect(iso(openUntil(only, at('2026-03-29T01:00:00Z')))).toBe('2026-03-29T02:00')
  })
  test('in autumn it is an hour longer', () => {
    // 25 October 2026: 04:00 becomes 03:00 in Athens, at 01:00 UTC.
    expect(iso(openUntil(night, at('2026-10-24T20:00:00Z')))).toBe('2026-10-25T04:00')
  })
  test('a time that comes twice opens at the first and closes at the second', () => {
    const only = hoursOf({ week: { ...none, sun: [{ from: '03:15', to: '03:45' }] } })
    expect(iso(nextOpening(only, at('2026-10-24T20:00:00Z')))).toBe('2026-10-25T00:15')
    expect(isOpen(only, at('2026-10-25T00:50:00Z'))).toBe(true)
    expect(iso(openUntil(only, at('2026-10-25T00:20:00Z')))).toBe('2026-10-25T01:45')
  })
  test('hours in a zone with half hours are right on its own night', () => {
    // Lord Howe moves by half an hour, on 5 April 2026 at 02:00, which is 15:00 UTC of the 4th.
    const island = hoursOf({
      timeZone: 'Australia/Lord_Howe',
      week: { ...none, sun: [{ from: '01:00', to: '03:00' }] },
    })
    expect(iso(nextOpening(island, at('2026-04-04T12:00:00Z')))).toBe('2026-04-04T14:00')
    expect(iso(openUntil(island, at('2026-04-04T14:00:00Z')))).toBe('2026-04-04T16:30')
  })
})

describe('spans over midnight', () => {
  const late = hoursOf({ week: { ...none, mon: [{ from: '20:00', to: '02:00' }] } })
  test('belong to the day on which they begin', () => {
    expect(isOpen(late, at('2026-11-23T23:30:00Z'))).toBe(true)
    expect(isOpen(late, at('2026-11-24T00:00:00Z'))).toBe(false)
    expect(isOpen(late, at('2026-11-22T23:30:00Z'))).toBe(false)
  })
  test('that join the next day are one', () => {
    const joined = hoursOf({
      week: { ...none, mon: [{ from: '20:00', to: '24:00' }], tue: [{ from: '00:00', to: '04:00' }] },
    })
    expect(iso(openUntil(joined, at('2026-11-23T19:00:00Z')))).toBe('2026-11-24T02:00')
  })
  test('end at midnight when the next day is a holiday, and do not begin on one', () => {
    const withHoliday = (date: string) =>
      hoursOf({ ...late, holidays: [{ kind: 'date', date, everyYear: false, names: { en: 'x', el: 'x' } }] })
    expect(iso(openUntil(withHoliday('2026-11-24'), at('2026-11-23T19:00:00Z')))).toBe('2026-11-23T22:00')
    expect(isOpen(withHoliday('2026-11-23'), at('2026-11-23T23:30:00Z'))).toBe(false)
  })
})

test('around the clock never ends, and without any hours nobody ever answers', () => {
  const always = Object.fromEntries(weekdays.map((each) => [each, [{ from: '00:00', to: '24:00' }]]))
  expect(openUntil(hoursOf({ week: always as unknown as OpeningHours['week'] }), at('2026-11-24T08:00:00Z'))).toBe(
    'never',
  )
  expect(nextOpening(hoursOf({}), at('2026-11-24T08:00:00Z'))).toBeUndefined()
})

test('a holiday closes the day, each year or once', () => {
  const christmas = hoursOf({ week: office, holidays: greekHolidays })
  expect(iso(nextOpening(christmas, at('2026-12-24T15:00:00Z')))).toBe('2026-12-28T07:00')
  const once = hoursOf({
    week: office,
    holidays: [{ kind: 'date', date: '2026-11-24', everyYear: false, names: { en: 'Move', el: 'Μετακόμιση' } }],
  })
  expect(isOpen(once, at('2026-11-24T08:00:00Z'))).toBe(false)
  expect(isOpen(once, at('2027-11-24T08:00:00Z'))).toBe(true)
})

test.each([
  [2023, '2023-04-16'],
  [2024, '2024-05-05'],
  [2025, '2025-04-20'],
  [2026, '2026-04-12'],
  [2027, '2027-05-02'],
  [2028, '2028-04-16'],
  [2030, '2030-04-28'],
])('the Orthodox Easter of %i is %s', (year, easter) => {
  expect(orthodoxEaster(year)).toBe(easter)
})

test('the Greek holidays move with it', () => {
  const inYear = greekHolidays.map((holiday) => [holiday.names.en, holidayIn(holiday, 2026)])
  expect(Object.fromEntries(inYear)).toMatchObject({
    'Clean Monday': '2026-02-23',
    'Orthodox Good Friday': '2026-04-10',
    'Whit Monday': '2026-06-01',
  })
  expect(
    holidayIn({ kind: 'date', date: '2028-02-29', everyYear: true, names: { en: '', el: '' } }, 2027),
  ).toBeUndefined()
})
