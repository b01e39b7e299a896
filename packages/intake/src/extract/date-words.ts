import { addDays, type WallTime, weekdayOf } from '../zones.ts'
import { numberOf, numberWord } from './number-words.ts'
import { type Hit, hits, type Source } from './source.ts'

export type SaidDate = { start: number; end: number } & (
  | {
      day: { year: number; month: number; day: number }
      /** Written out with day and month, rather than "yesterday". */
      isWritten: boolean
      isFuture?: boolean
    }
  | { isAmbiguous: true }
)

const iso = /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/g
const isoSlash = /(?<![\d/])(\d{4})\/(\d{2})\/(\d{2})(?![\d/])/g
const numeric = /(?<![\d/.:-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|\.\d)/g
/** Without a year only behind a word for a day. */
const dayAndMonth =
  /(?<!\p{L})(?:on|since|from|dated?|στισ|τησ|απο|την|μεχρι)\s+(?:τισ\s+|the\s+)?(\d{1,2})[/](\d{1,2})(?![\d/]|\s*(?:of|files|αρχεια|attempts|tries|users))/gu

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
  for (const read of [readIso, readNumeric, readNamedMonths, readRelative]) {
    for (const date of read(source, today)) {
      if (found.every((each) => date.end <= each.start || date.start >= each.end)) found.push(date)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function readIso(source: Source): SaidDate[] {
  return [...hits(source, iso), ...hits(source, isoSlash)].flatMap((hit) => {
    const [year = 0, month = 0, day = 0] = hit.groups.map(Number)
    return month > 12 || month < 1 || day > 31 ? [] : [written(hit, { year, month, day })]
  })
}

/** In English 3/4 is two days: one in March, one in April. Greek writes the day first. */
function readNumeric(source: Source, today: WallTime): SaidDate[] {
  const full = hits(source, numeric).flatMap((hit) => {
    const [first, , second, yearText] = hit.groups
    const short = Number(yearText)
    return numericDay(source, hit, { a: Number(first), b: Number(second), year: short < 100 ? 2000 + short : short })
  })
  const short = hits(source, dayAndMonth).flatMap((hit) => {
    const [a, b] = [Number(hit.groups[0]), Number(hit.groups[1])]
    return numericDay(source, hit, { a, b, year: latestYear(today, { month: b > 12 ? a : b, day: b > 12 ? b : a }) })
  })
  return [...full, ...short]
}

function numericDay(source: Source, hit: Hit, { a, b, year }: { a: number; b: number; year: number }): SaidDate[] {
  if (source.locale === 'en' && a <= 12 && b <= 12 && a !== b)
    return [{ start: hit.start, end: hit.end, isAmbiguous: true }]
  const [day, month] = b > 12 ? [b, a] : [a, b]
  return month > 12 || month < 1 || day > 31 || day < 1 ? [] : [written(hit, { year, month, day })]
}

function readNamedMonths(source: Source, today: WallTime): SaidDate[] {
  const dayFirst = hits(source, dayMonth).map((hit) => ({ hit, day: hit.groups[0], name: hit.groups[1] }))
  const monthFirst = hits(source, monthDay).map((hit) => ({ hit, day: hit.groups[1], name: hit.groups[0] }))
  return [...dayFirst, ...monthFirst].flatMap(({ hit, day: dayText, name = '' }) => {
    const month = monthStems.findIndex((stem) => stem.test(name)) + 1
    const day = Number(dayText)
    if (day < 1 || day > 31) return []
    const year = hit.groups[2] ? Number(hit.groups[2]) : latestYear(today, { month, day })
    return [written(hit, { year, month, day })]
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
    return [{ ...relative(hit, addDays(today, -back)), isFuture: hit.groups[0] !== undefined }]
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
