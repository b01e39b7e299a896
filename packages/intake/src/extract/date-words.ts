import { isRealDay } from '../impossible.ts'
import { addDays, type WallTime, weekdayOf } from '../zones.ts'
import { isBetweenDays, latestDayOfMonth, readBareDays, sameDay, vague, weekdayOfDay } from './bare-dates.ts'
import { numberOf, numberWord } from './number-words.ts'
import { type Hit, hits, type Source } from './source.ts'

export type SaidDate = { start: number; end: number } & (
  | {
      day: { year: number; month: number; day: number }
      /** Written out with day and month, rather than "yesterday". */
      isWritten: boolean
      isFuture?: boolean
      /** Only the day of the week was said (0 is Sunday). */
      weekday?: number
    }
  | { isAmbiguous: true; isVague?: boolean }
)

const iso = /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/g
const isoSlash = /(?<![\d/])(\d{4})\/(\d{2})\/(\d{2})(?![\d/])/g
const numeric = /(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|\.\d)/g
const monthStems = [
  'jan|ιαν|γεν',
  'feb|φεβ|φλεβ',
  'mar|μαρ',
  'apr|απρ',
  'may|μαι|μαη',
  'jun|ιουν',
  'jul|ιουλ',
  'aug|αυγ',
  'sep|σεπ',
  'oct|οκτ',
  'nov|νοε',
  'dec|δεκ',
].map((stems) => new RegExp(`^(?:${stems})`, 'u'))
const monthName =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec' +
  '|(?:ιανουαρ|φεβρουαρ|μαρτ|απριλ|μαι|ιουν|ιουλ|αυγουστ|σεπτεμβρ|οκτωβρ|νοεμβρ|δεκεμβρ)(?:ιου|ιο|ιοσ|ου|ο|οσ)' +
  '|(?:γεναρ|φλεβαρ|απριλ|μα|ιουν|ιουλ|σεπτεμβρ|οκτωβρ|νοεμβρ|δεκεμβρ)η|ιαν|φεβ|μαρ|απρ|αυγ|σεπτ?|οκτ|νοε|δεκ'
const dayMonth = new RegExp(
  `(?<![\\d.:])(\\d{1,2})(?:st|nd|rd|th|η)?[\\s-]+(?:of\\s+|τη\\s+|του\\s+)?(${monthName})\\.?(?!\\p{L})(?:,?[\\s-]+(\\d{4})(?!\\d|:))?`,
  'gu',
)
const monthDay = new RegExp(
  `(?<!\\p{L})(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:]|\\s*(?:am|pm)(?!\\p{L}))(?:,?\\s+(\\d{4})(?!\\d|:))?`,
  'gu',
)

const relativeDays: [RegExp, number][] = [
  [/(?<!\p{L})(?:the day before yesterday|προχθεσ|προχτεσ|αντιπροχθεσ)(?!\p{L})/gu, -2],
  [/(?<!\p{L})(?:yesterday|last night|χθεσ|χτεσ|εχθεσ|ψεσ)(?!\p{L})/gu, -1],
  [/(?<!\p{L})(?:today|this (?:morning|afternoon|evening)|tonight|earlier today|σημερα|αποψε)(?!\p{L})/gu, 0],
  [/(?<!\p{L})(?:tomorrow|tmrw|αυριο)(?!\p{L})/gu, 1],
  [/(?<!\p{L})(?:μεθαυριο)(?!\p{L})/gu, 2],
]
const daysAgo = new RegExp(
  `(?<!\\p{L})(\\d{1,2}|${numberWord})\\s+days?\\s+ago(?!\\p{L})|(?<!\\p{L})πριν\\s+(?:απο\\s+)?(\\d{1,2}|${numberWord})\\s+(?:μερεσ|ημερεσ|μερα)(?!\\p{L})`,
  'gu',
)

const weekdayNames =
  'sunday|monday|tuesday|wednesday|thursday|friday|saturday|κυριακη|δευτερα|τριτη|τεταρτη|πεμπτη|παρασκευη|σαββατο'
const weekday = new RegExp(
  `(?<!\\p{L})(?:(next|επομενη|αλλη)\\s+)?(?:(?:on|last|since|this|την|τη|το|απο|περασμενη|προηγουμενη)\\s+){0,3}(${weekdayNames})(?!\\p{L}|['’]s|\\s+(?:φορα|μερα σερι))`,
  'gu',
)
const order = [
  /^(?:sun|κυρ)/,
  /^(?:mon|δευ)/,
  /^(?:tue|τρι)/,
  /^(?:wed|τετ)/,
  /^(?:thu|πεμ)/,
  /^(?:fri|παρ)/,
  /^(?:sat|σαβ)/,
]

/** The calendar days that a message names, in their order; `today` is the reader's. */
export function readDates(source: Source, today: WallTime): SaidDate[] {
  const found: SaidDate[] = []
  for (const read of [readIso, readNumeric, readNamedMonths, readBare, readRelative, readVague]) {
    for (const date of read(source, today)) {
      if (found.every((each) => date.end <= each.start || date.start >= each.end)) found.push(date)
    }
  }
  return withoutContradictions(
    source,
    found.sort((a, b) => a.start - b.start),
  )
}

/** "Tuesday 25/11" where the 25th is a Wednesday: one of the two is wrong, and nobody here knows which. */
function withoutContradictions(source: Source, dates: SaidDate[]): SaidDate[] {
  const kept: SaidDate[] = []
  for (const date of dates) {
    const before = kept.at(-1)
    const isBeside = before && isBetweenDays(source.folded.slice(before.end, date.start))
    if (before && isBeside && isContradiction(before, date))
      kept.splice(-1, 1, { start: before.start, end: date.end, isAmbiguous: true })
    else kept.push(date)
  }
  return kept
}

function isContradiction(a: SaidDate, b: SaidDate): boolean {
  if (!('day' in a && 'day' in b)) return false
  if (a.weekday !== undefined) return weekdayOfDay(b.day) !== a.weekday
  if (b.weekday !== undefined) return weekdayOfDay(a.day) !== b.weekday
  return !(a.isWritten && b.isWritten) && !sameDay(a.day, b.day)
}

function readIso(source: Source): SaidDate[] {
  return [...hits(source, iso), ...hits(source, isoSlash)].flatMap((hit) => {
    const [year = 0, month = 0, day = 0] = hit.groups.map(Number)
    return inCalendar(hit, { year, month, day })
  })
}

/** In English 3/4 is two days: one in March, one in April. Greek writes the day first. */
function readNumeric(source: Source): SaidDate[] {
  return hits(source, numeric).flatMap((hit) => {
    const [first, , second, yearText] = hit.groups
    const short = Number(yearText)
    return numericDay(source, hit, { a: Number(first), b: Number(second), year: short < 100 ? 2000 + short : short })
  })
}

/** Day and month, or the day of the month alone: the last such day there was. One that is close ahead is a slip. */
function readBare(source: Source, today: WallTime): SaidDate[] {
  return readBareDays(source).flatMap((hit): SaidDate[] => {
    const { start, end, day } = hit
    if (day === 'unreadable') return [{ start, end, isAmbiguous: true }]
    if ('dayOfMonth' in day) return [written(hit, latestDayOfMonth(today, day.dayOfMonth))]
    const isMonthFirst = day.b > 12
    const said = { month: isMonthFirst ? day.a : day.b, day: isMonthFirst ? day.b : day.a }
    if (isCloseAhead(today, said)) return [{ start, end, isAmbiguous: true }]
    const isDotted = hit.groups[1] === '.'
    const year = latestYear(today, said)
    return isDotted ? inCalendar(hit, { year, ...said }) : numericDay(source, hit, { ...day, year })
  })
}

const closeAhead = 31

function isCloseAhead(today: WallTime, { month, day }: { month: number; day: number }): boolean {
  const ahead = (Date.UTC(today.year, month - 1, day) - Date.UTC(today.year, today.month - 1, today.day)) / 86_400_000
  return ahead > 0 && ahead <= closeAhead
}

const readVague = (source: Source): SaidDate[] =>
  hits(source, vague).map(({ start, end }) => ({ start, end, isAmbiguous: true, isVague: true }))

function numericDay(source: Source, hit: Hit, { a, b, year }: { a: number; b: number; year: number }): SaidDate[] {
  if (source.locale === 'en' && a <= 12 && b <= 12 && a !== b)
    return [{ start: hit.start, end: hit.end, isAmbiguous: true }]
  const [day, month] = b > 12 ? [b, a] : [a, b]
  return inCalendar(hit, { year, month, day })
}

/** A day that no calendar has is asked for; with a thirteenth month only if a year tells it from other numbers. */
function inCalendar(hit: Hit, day: Day): SaidDate[] {
  if (isRealDay(day)) return [written(hit, day)]
  const isYear = day.year >= 1900 && day.year < 2100 && /\d{4}/.test(hit.quote)
  const isNearly = day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= 31
  return isYear || isNearly ? [{ start: hit.start, end: hit.end, isAmbiguous: true }] : []
}

function readNamedMonths(source: Source, today: WallTime): SaidDate[] {
  const dayFirst = hits(source, dayMonth).map((hit) => ({ hit, day: hit.groups[0], name: hit.groups[1] }))
  const monthFirst = hits(source, monthDay).map((hit) => ({ hit, day: hit.groups[1], name: hit.groups[0] }))
  return [...dayFirst, ...monthFirst].flatMap(({ hit, day: dayText, name = '' }) => {
    const month = monthStems.findIndex((stem) => stem.test(name)) + 1
    const day = Number(dayText)
    if (day < 1 || day > 31) return []
    const year = hit.groups[2] ? Number(hit.groups[2]) : latestYear(today, { month, day })
    return inCalendar(hit, { year, month, day })
  })
}

/** A day without a year is the last one there was. */
function latestYear(today: WallTime, { month, day }: { month: number; day: number }): number {
  const isLaterThisYear = month > today.month || (month === today.month && day > today.day)
  return today.year - (isLaterThisYear ? 1 : 0)
}

function readRelative(source: Source, today: WallTime): SaidDate[] {
  const days = relativeDays.flatMap(([pattern, count]) =>
    hits(source, pattern).map((hit): SaidDate => ({ ...relative(hit, addDays(today, count)), isFuture: count > 0 })),
  )
  const ago = hits(source, daysAgo).map((hit) =>
    relative(hit, addDays(today, -numberOf(hit.groups[0] ?? hit.groups[1] ?? ''))),
  )
  return [...days, ...ago, ...readWeekdays(source, today)]
}

function readWeekdays(source: Source, today: WallTime): SaidDate[] {
  return hits(source, weekday).flatMap((hit) => {
    const index = order.findIndex((name) => name.test(hit.groups[1] ?? ''))
    // Greek weekdays are ordinal numbers too: "for the third time".
    const isAlone = hit.groups[1] === hit.quote.toLowerCase()
    if (/^(?:τριτη|τεταρτη|πεμπτη)$/.test(hit.groups[1] ?? '') && isAlone && /^\p{Ll}/u.test(hit.quote)) return []
    const back = (weekdayOf(today) - index + 7) % 7 || 7
    return [{ ...relative(hit, addDays(today, -back)), isFuture: hit.groups[0] !== undefined, weekday: index }]
  })
}

type Day = { year: number; month: number; day: number }

const written = ({ start, end }: Hit, { year, month, day }: Day): SaidDate & { day: Day } => ({
  start,
  end,
  day: { year, month, day },
  isWritten: true,
})

const relative = ({ start, end }: Hit, { year, month, day }: Day): SaidDate & { day: Day } => ({
  start,
  end,
  day: { year, month, day },
  isWritten: false,
})
