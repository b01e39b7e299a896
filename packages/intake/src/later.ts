import { fold } from '@clew/text/fold'
import { numberOf } from './extract/number-words.ts'
import { addDays, instantOf, type WallTime, wallTimeAt, weekdayOf } from './zones.ts'

/** From when, and by whose clock: an IANA name. */
export type From = { now: Date; zone: string }

const minuteMs = 60_000
const longest = 60
/** When a day begins for who names only the day. */
const morning = { hour: 9, minute: 0 }

/**
 * Reads when somebody wants to be reminded: "tomorrow 9", "in 2h", "next Monday at 14:30", «αύριο 9», «σε 2 ώρες». Every
 * word must be understood, or the answer is undefined. A time without a day is the next such time; a day without a time
 * is its morning at nine. What was named may be past: "today 8" at noon.
 */
export function readLater(said: string, from: From): Date | undefined {
  if (said.length > longest) return undefined
  const words = fold(said)
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/[.!,]+$/, '')
  return readSpan(words, from) ?? readDayAndTime(words, from)
}

const units: readonly [RegExp, (wall: WallTime, count: number) => WallTime | number][] = [
  [/^(?:m|mins?|minutes?|λ|λεπτ(?:ο|α|ακια))$/, (_wall, count) => count * minuteMs],
  [/^(?:h|hrs?|hours?|ω|ωρ(?:α|εσ|ουλα|ουλεσ))$/, (_wall, count) => count * 60 * minuteMs],
  [/^(?:d|days?|η?μερ(?:α|εσ))$/, (wall, count) => addDays(wall, count)],
  [/^(?:w|weeks?|ε?βδομαδ(?:α|εσ))$/, (wall, count) => addDays(wall, 7 * count)],
  [/^(?:months?|μην(?:α|εσ))$/, addMonths],
]

const half = /^(?:half an hour|(?:a )?half hour|μιση ωρα|μισαωρο)$/
const span = /^(\d{1,4}(?:[.,]\d)?|\p{L}+) ?(\p{L}+)$/u

/** "In 2h", «σε δύο ώρες», "1.5 hours". */
function readSpan(words: string, { now, zone }: From): Date | undefined {
  const said = words.replace(/^(?:in|after|σε|μετα απο|μετα) /, '').replace(/ (?:from now|απο τωρα)$/, '')
  if (half.test(said)) return new Date(now.getTime() + 30 * minuteMs)
  const [, amount = '', unit = ''] = span.exec(said) ?? []
  const count = numberOf(amount.replace(',', '.'))
  const wall = wallTimeAt(now, zone)
  const step = units.find(([name]) => name.test(unit))?.[1]
  if (!step || !wall || !(count > 0)) return undefined
  const moved = step(wall, count)
  if (typeof moved === 'number') return new Date(now.getTime() + Math.round(moved))
  return Number.isInteger(count) ? instantOf({ ...moved, second: 0 }, zone) : undefined
}

function addMonths(wall: WallTime, count: number): WallTime {
  const first = new Date(Date.UTC(wall.year, wall.month - 1 + count, 1))
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1]
  return { ...wall, year, month, day: Math.min(wall.day, daysIn(year, month)) }
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

function readDayAndTime(words: string, { now, zone }: From): Date | undefined {
  const today = wallTimeAt(now, zone)
  if (!today) return undefined
  const day = readDay(words, today)
  const rest = (day?.rest ?? words).trim()
  if (day && rest === '') return day.isToday ? undefined : at(day.wall, morning, zone)
  const time = readTime(rest)
  if (!time) return undefined
  if (day) return at(day.wall, time, zone)
  const next = at(today, time, zone)
  return next && next > now ? next : at(addDays(today, 1), time, zone)
}

type Time = { hour: number; minute: number }

const at = (day: WallTime, time: Time, zone: string): Date | undefined =>
  instantOf({ ...day, ...time, second: 0 }, zone)

type Day = { wall: WallTime; rest: string; isToday?: boolean }

const named: readonly [RegExp, number][] = [
  [/^(?:today|tonight|σημερα|αποψε)(?: |$)/, 0],
  [/^(?:the )?day after tomorrow(?: |$)/, 2],
  [/^(?:tomorrow|tmrw?|αυριο)(?: |$)/, 1],
  [/^μεθαυριο(?: |$)/, 2],
]

const weekdays: readonly RegExp[] = [
  /^(?:sun(?:day)?|κυρ(?:ιακη)?)$/,
  /^(?:mon(?:day)?|δευ(?:τερα)?)$/,
  /^(?:tue(?:s(?:day)?)?|τρι(?:τη)?)$/,
  /^(?:wed(?:nesday)?|τετ(?:αρτη)?)$/,
  /^(?:thu(?:rs?(?:day)?)?|πεμ(?:πτη)?)$/,
  /^(?:fri(?:day)?|παρ(?:ασκευη)?)$/,
  /^(?:sat(?:urday)?|σαβ(?:βατο)?)$/,
]

const months: readonly RegExp[] = [
  /^(?:jan|ιαν)/,
  /^(?:feb|φεβ)/,
  /^(?:mar|μαρ)/,
  /^(?:apr|απρ)/,
  /^(?:may|μαι)/,
  /^(?:june?$|ιουν)/,
  /^(?:july?$|ιουλ)/,
  /^(?:aug|αυγ)/,
  /^(?:sep|σεπ)/,
  /^(?:oct|οκτ)/,
  /^(?:nov|νοε)/,
  /^(?:dec|δεκ)/,
]

/** The day with which the words begin, and what follows it. */
function readDay(words: string, today: WallTime): Day | undefined {
  for (const [pattern, days] of named) {
    const found = pattern.exec(words)
    if (found) return { wall: addDays(today, days), rest: words.slice(found[0].length), isToday: days === 0 }
  }
  return readWeek(words, today) ?? readDate(words, today)
}

const nextWeek = /^(?:next week|(?:την )?(?:επομενη|αλλη) ε?βδομαδα)(?: |$)/
const weekday = /^(?:(?:on |next |on next |(?:την |το )?(?:επομενη |επομενο |αλλη |αλλο )?))?(\p{L}{3,})(?: |$)/u

/** Always a day to come: on a Monday "Monday" is a week away. */
function readWeek(words: string, today: WallTime): Day | undefined {
  const week = nextWeek.exec(words)
  const found = week ?? weekday.exec(words)
  const wanted = week ? 1 : weekdays.findIndex((name) => name.test(found?.[1] ?? ''))
  if (!found || wanted < 0) return undefined
  const days = (wanted - weekdayOf(today) + 6) % 7
  return { wall: addDays(today, days + 1), rest: words.slice(found[0].length) }
}

const iso = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?: |t|$)/
const numeric = /^(?:on |στισ )?(?<day>\d{1,2})[/.](?<month>\d{1,2})(?:[/.](?<year>\d{4}))?(?: |$)/
const written = /^(?:on |στισ )?(?<day>\d{1,2})(?:st|nd|rd|th)? (?<month>\p{L}{3,})(?: (?<year>\d{4}))?(?: |$)/u

/** Day before month, as in every language that we speak. Without a year it is the next such day. */
function readDate(words: string, today: WallTime): Day | undefined {
  const found = iso.exec(words) ?? numeric.exec(words) ?? written.exec(words)
  if (!found?.groups) return undefined
  const { day: dayText, month: monthText = '', year: yearText } = found.groups
  const [day, month] = [Number(dayText), monthOf(monthText)]
  const year = yearText === undefined ? nextYearOf({ month, day }, today) : Number(yearText)
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return isReal ? { wall: { ...today, year, month, day }, rest: words.slice(found[0].length) } : undefined
}

const monthOf = (said: string): number =>
  /^\d/.test(said) ? Number(said) : 1 + months.findIndex((name) => name.test(said))

const nextYearOf = ({ month, day }: { month: number; day: number }, today: WallTime): number =>
  today.year + Number(month < today.month || (month === today.month && day <= today.day))

const clock =
  /^(?:(?:at|στισ|στη|στην) )?(\d{1,2})(?:[:.](\d{2}))?(?:h| ?o'?clock)? ?(?:(am|a\.m\.?|πμ|π\.μ\.?|(?:το )?πρωι|in the morning)|(pm|p\.m\.?|μμ|μ\.μ\.?|(?:το )?(?:μεσημερι|απογευμα|βραδυ)|in the (?:afternoon|evening)))?$/

const parts: readonly [RegExp, Time][] = [
  [/^(?:in the )?morning$|^(?:το )?πρωι$/, morning],
  [/^(?:at )?noon$|^(?:το )?μεσημερι$/, { hour: 12, minute: 0 }],
  [/^(?:in the )?afternoon$|^(?:το )?απογευμα$/, { hour: 15, minute: 0 }],
  [/^(?:in the )?evening$|^(?:το )?βραδυ$/, { hour: 18, minute: 0 }],
]

/** At "5" somebody works in the afternoon, at "8" in the morning. */
const earliestBare = 7

function readTime(words: string): Time | undefined {
  const part = parts.find(([pattern]) => pattern.test(words))
  if (part) return part[1]
  const [found, hour = '', minute, am, pm] = clock.exec(words) ?? []
  const said = Number(hour)
  if (found === undefined || said > 23 || Number(minute ?? 0) > 59) return undefined
  return { hour: hourOf(said, { am, pm, isBare: minute === undefined }), minute: Number(minute ?? 0) }
}

type Half = { am: string | undefined; pm: string | undefined; isBare: boolean }

function hourOf(said: number, { am, pm, isBare }: Half): number {
  if (said > 12) return said
  if (am !== undefined) return said % 12
  const isAfternoon = pm !== undefined || (isBare && said > 0 && said < earliestBare)
  return isAfternoon ? (said % 12) + 12 : said
}

export type LaterPreset = 'in_an_hour' | 'today' | 'tomorrow' | 'monday'

/** What is asked for most: in an hour, today at five while that is ahead, tomorrow and next Monday at nine. */
export function laterPresets({ now, zone }: From): { name: LaterPreset; at: Date }[] {
  const today = wallTimeAt(now, zone)
  if (!today) return []
  const daysToMonday = ((1 - weekdayOf(today) + 6) % 7) + 1
  const wanted: [LaterPreset, Date | undefined][] = [
    ['in_an_hour', new Date(now.getTime() + 60 * minuteMs)],
    ['today', at(today, { hour: 17, minute: 0 }, zone)],
    ['tomorrow', at(addDays(today, 1), morning, zone)],
    // On a Sunday that is tomorrow.
    ['monday', daysToMonday === 1 ? undefined : at(addDays(today, daysToMonday), morning, zone)],
  ]
  return wanted.flatMap(([name, when]) =>
    when && when.getTime() - now.getTime() >= minuteMs ? [{ name, at: when }] : [],
  )
}
