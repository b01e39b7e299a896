import { addDays, type CalendarDay } from './hours-calendar.ts'

type Names = { en: string; el: string }

/** A day on which nobody answers: a date, once or each year, or one that moves with the Orthodox Easter. */
export type Holiday = { names: Names } & (
  | { kind: 'date'; date: CalendarDay; everyYear: boolean }
  | { kind: 'easter'; offsetDays: number }
)

export const isHoliday = (holidays: readonly Holiday[], day: CalendarDay): boolean =>
  holidays.some((holiday) => holidayIn(holiday, Number(day.slice(0, 4))) === day)

/** The day of a holiday in a year; undefined where it has none, such as 29 February. */
export function holidayIn(holiday: Holiday, year: number): CalendarDay | undefined {
  if (holiday.kind === 'easter') return addDays(orthodoxEaster(year), holiday.offsetDays)
  if (!holiday.everyYear) return holiday.date.startsWith(`${year}-`) ? holiday.date : undefined
  const day = `${year}${holiday.date.slice(4)}`
  return addDays(`${day.slice(0, 8)}01`, Number(day.slice(8)) - 1) === day ? day : undefined
}

/**
 * Easter Sunday of the Orthodox churches, as a Gregorian date: the Julian computus of Meeus, moved by the difference
 * of the two calendars.
 */
export function orthodoxEaster(year: number): CalendarDay {
  const d = (19 * (year % 19) + 15) % 30
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
  const month = Math.floor((d + e + 114) / 31)
  const day = ((d + e + 114) % 31) + 1
  const apart = Math.floor(year / 100) - Math.floor(year / 400) - 2
  const pad = (value: number): string => String(value).padStart(2, '0')
  return addDays(`${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`, apart)
}

const yearly = (monthAndDay: string, en: string, el: string): Holiday => ({
  kind: 'date',
  date: `2026-${monthAndDay}`,
  everyYear: true,
  names: { en, el },
})
const byEaster = (offsetDays: number, en: string, el: string): Holiday => ({
  kind: 'easter',
  offsetDays,
  names: { en, el },
})

/** The public holidays of Greece. */
export const greekHolidays: readonly Holiday[] = [
  yearly('01-01', 'New Year’s Day', 'Πρωτοχρονιά'),
  yearly('01-06', 'Epiphany', 'Θεοφάνια'),
  byEaster(-48, 'Clean Monday', 'Καθαρά Δευτέρα'),
  yearly('03-25', 'Independence Day', 'Εικοστή Πέμπτη Μαρτίου'),
  byEaster(-2, 'Orthodox Good Friday', 'Μεγάλη Παρασκευή'),
  byEaster(0, 'Orthodox Easter Sunday', 'Κυριακή του Πάσχα'),
  byEaster(1, 'Orthodox Easter Monday', 'Δευτέρα του Πάσχα'),
  yearly('05-01', 'Labour Day', 'Πρωτομαγιά'),
  byEaster(50, 'Whit Monday', 'Δευτέρα του Αγίου Πνεύματος'),
  yearly('08-15', 'Dormition of the Virgin', 'Κοίμηση της Θεοτόκου'),
  yearly('10-28', 'Ochi Day', 'Επέτειος του Όχι'),
  yearly('12-25', 'Christmas Day', 'Χριστούγεννα'),
  yearly('12-26', 'Second day of Christmas', 'Σύναξη της Θεοτόκου'),
]
