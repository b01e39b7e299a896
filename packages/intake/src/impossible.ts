import { fold } from '@clew/text'

/** The last day that a month ever has. */
const lastDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the calendar has such a day; without a year, in any year. */
export function isRealDay({ year, month, day }: { year?: number; month: number; day: number }): boolean {
  const last = lastDays[month - 1]
  if (last === undefined || day < 1 || day > last) return false
  return year === undefined || new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

const isoDay = /(?<![\d-])(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?!\d|[-/]\d)/g
const writtenDay = /(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d|[-/.]\d)/g
const dayAndMonth = /(?<![\d/.:-])(\d{1,2})\/(\d{1,2})(?![\d/])/g
const short = 'feb|φεβ|φλεβ'
const middling = `${short}|apr|απρ|jun|ιουν|sep|σεπ|nov|νοε`
const named = new RegExp(
  `(?<![\\d:.,])(?:3[2-9]|[4-9]\\d)(?:st|nd|rd|th|η)?\\s+(?:of\\s+|του\\s+)?(?:${middling}|jan|mar|may|jul|aug|oct|dec|ιαν|γεν|μαρ|μαι|ιουλ|αυγ|οκτ|δεκ)|(?<![\\d:.,])31(?:st|η)?\\s+(?:of\\s+|του\\s+)?(?:${middling})|(?<![\\d:.,])30(?:th|η)?\\s+(?:of\\s+|του\\s+)?(?:${short})|(?<!\\p{L})(?:${middling})\\p{L}*\\s+31(?![\\d:])|(?<!\\p{L})(?:${short})\\p{L}*\\s+30(?![\\d:])`,
  'u',
)
const clock = /(?<![\d:.,/+-])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])/g

/** What of a moment, in somebody's own words, no calendar or no clock shows: "31/02/2026", "25:99". */
export function impossiblePart(said: string): 'date' | 'time' | undefined {
  const words = fold(said.slice(0, 400))
  if (hasImpossibleDay(words)) return 'date'
  const clocks = [...words.matchAll(clock)].map((match) => match.slice(1).map((part) => Number(part ?? 0)))
  const isShown = ([hour = 0, minute = 0, second = 0]: number[]): boolean => hour <= 24 && minute <= 59 && second <= 60
  return clocks.length > 0 && !clocks.some(isShown) ? 'time' : undefined
}

function hasImpossibleDay(words: string): boolean {
  const days = [
    ...[...words.matchAll(isoDay)].map(([, year, , month, day]) => isRealEitherWay([day, month, year])),
    ...[...words.matchAll(writtenDay)].map(([, a, , b, year]) => isRealEitherWay([a, b, year])),
    ...[...words.matchAll(dayAndMonth)].map(([, a, b]) => isRealEitherWay([a, b])),
  ]
  return days.length > 0 ? !days.some(Boolean) : named.test(words)
}

/** Day first or month first: nobody here knows which was meant. */
function isRealEitherWay(parts: readonly (string | undefined)[]): boolean {
  const [a = 0, b = 0, year] = parts.map(Number)
  const inYear = year === undefined ? {} : { year }
  return isRealDay({ ...inYear, day: a, month: b }) || isRealDay({ ...inYear, day: b, month: a })
}
