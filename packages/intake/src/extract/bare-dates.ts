import { type WallTime, weekdayOf } from '../zones.ts'
import { type Hit, hits, type Source, sentenceAround } from './source.ts'

/** Two numbers, or one with its ending, that may be a day: as they were read, before anybody knows the year. */
export type BareDay = Hit & { day: { a: number; b: number } | { dayOfMonth: number } | 'unreadable' }

const numbers = /(?<![\p{L}\d_#+-]|\d[/.:,])(\d{1,2})([/.-])(\d{1,2})(?![\d_%]|[/:.]\d|-\d(?!\d?[:.])|\p{L}|\s%)/gu
const ordinal = /(?<![\p{L}\d])(\d{1,2})(?:st|nd|rd|th)(?!\p{L})/gu
/** Greek counts days without an ending: «στις 25 του μήνα», «στις 25 στις 9:15». */
const greekOrdinal =
  /(?<!\p{L})(?:στισ|τησ|απο τισ)\s+(\d{1,2})(?=\s+(?:του|τουτου του|αυτου του)\s+μην|[\s,]+στισ\s+\d{1,2}[:.]\d\d)/gu

const halfDay = '(?:am|pm|[ap]\\.m|[πμ]\\.?\\s?μ|mm|το |τα |στο |στα )'
const toClock =
  '(?:(?:at|around|about|time|from|between|since|approx|circa|στισ|στη|στην|κατα|γυρω|ωρα|ωρεσ|η|και|and|απο|μεταξυ|μεσα|τισ|the|t)\\b|[@~:=])'
/** A clock stands directly behind. */
const clockBehind = new RegExp(
  `^\\.?[)\\]]?[\\s,–—-]*(?:${toClock.replace('\\b', '(?!\\p{L})')}[\\s,:]*){0,4}\\(?\\d{1,2}(?:[:.]\\d{2}(?!\\d)|\\s*${halfDay})`,
  'u',
)
const clockBefore = new RegExp(
  `\\d{1,2}[:.]\\d{2}(?::\\d{2})?\\s*(?:${halfDay}\\.?)?(?:\\s*\\p{L}{2,5})?[\\s,(–—-]*$`,
  'u',
)
const weekdays =
  '(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?|κυριακη|δευτερα|τριτη|τεταρτη|πεμπτη|παρασκευη|σαββατο|yesterday|today|χθεσ|χτεσ|σημερα'
/** Words for a day: "dated 25/11". */
const dated = new RegExp(
  `(?<!\\p{L})(?:on|since|from|dated?|day|στισ|τησ|απο|την|τη|μεχρι|ημερομηνια|ημερα|${weekdays})[\\s:,=(]+(?:τισ\\s+|the\\s+)?$`,
  'u',
)
const labelled = new RegExp(`(?<!\\p{L})(?:dated?|ημερομηνια|${weekdays})[\\s:,=(]+$`, 'u')
/** What is counted with two numbers, and what has versions. */
const counted =
  /(?<!\p{L})(?:steps?|pages?|parts?|try|attempts?|file|item|lines?|chapter|section|question|rows?|versions?|ver|v|build|release|chrome|chromium|firefox|safari|edge|opera|brave|vivaldi|ios|ipados|macos|android|windows|linux|ubuntu|fedora|debian|python|node|sdk|app|driver|βημα|βηματα|σελιδα|σελιδεσ|μεροσ|γραμμη|γραμμεσ|εκδοση|προσπαθεια|αρχειο|εφαρμογη)[\s:#]*$/u
const units =
  /^\s*(?:of|out of|files?|αρχει\p{L}*|attempts?|tries|users?|seats?|times|φορ\p{L}+|steps?|pages?|parts?|people|members?|uploads|requests|calls|messages|minutes?|mins?|hours?|days?|weeks?|λεπτα|ωρεσ|μερεσ|χρηστ\p{L}+|θεσεισ|απο (?:τα|τισ|τουσ)|[kmg]b|inch|support|service|υποστηριξη)(?!\p{L})/u
const isClock = /(?<![\d:.])\d{1,2}:\d{2}(?!\d)/

/** Days that are written without a year: where they stand tells them from fractions, versions and ranges. */
export function readBareDays(source: Source): BareDay[] {
  const numeric = hits(source, numbers).flatMap((hit): BareDay[] => {
    const [a, b] = [Number(hit.groups[0]), Number(hit.groups[2])]
    if (!isPlausible(a, b) || !isDay(source, hit, { a, b })) return []
    return [{ ...hit, day: (a > 12 && b > 12) || isAlways(a, b) ? 'unreadable' : { a, b } }]
  })
  const counted = [...hits(source, ordinal).filter((hit) => isOrdinalDay(source, hit)), ...hits(source, greekOrdinal)]
  return [
    ...numeric,
    ...counted.flatMap((hit): BareDay[] => {
      const dayOfMonth = Number(hit.groups[0])
      return dayOfMonth >= 1 && dayOfMonth <= 31 ? [{ ...hit, day: { dayOfMonth } }] : []
    }),
  ]
}

const isPlausible = (a: number, b: number): boolean => a >= 1 && b >= 1 && a <= 31 && b <= 31

/** "24/7" is a day in July, but hardly ever meant as one. */
const isOnlyOneWay = (a: number, b: number): boolean => a > 12 !== b > 12

const isAlways = (a: number, b: number): boolean => a === 24 && b === 7

const around = ({ folded }: Source, { start, end }: Hit): { before: string; after: string } => ({
  before: folded.slice(Math.max(0, start - 40), start),
  after: folded.slice(end, end + 40),
})

function isDay(source: Source, hit: Hit, { a, b }: { a: number; b: number }): boolean {
  const { before, after } = around(source, hit)
  if (counted.test(before)) return false
  const [, sign] = hit.groups
  const besideClock = clockBehind.test(after) || clockBefore.test(before)
  if (sign === '-') return clockBehind.test(after) || labelled.test(before)
  if (sign === '.') return isDotted(source, hit, { a, b, besideClock })
  // "3/5 files" is a part of them.
  const isNamed = besideClock || dated.test(before)
  if (isAlways(a, b)) return isNamed
  const isPart = a <= b && units.test(after)
  return !isPart && (isNamed || isOnlyOneWay(a, b) || hasClock(source, hit))
}

/** With points the day always comes first; a time or a version may look the same. */
function isDotted(
  source: Source,
  hit: Hit,
  { a, b, besideClock }: { a: number; b: number; besideClock: boolean },
): boolean {
  const { before, after } = around(source, hit)
  if (b > 12) return false
  if (labelled.test(before)) return true
  const endsInPoint = /^\.(?=[\s,)]|$)/.test(after) && !/^\.?\s*$/.test(after)
  if (!besideClock) return endsInPoint && /(?<!\p{L})(?:on|στισ)\s+$/u.test(before)
  if (!endsInPoint && isBehindName(source, hit)) return false
  const isRange = /(?<!\p{L})(?:from|between|απο|μεταξυ)(?:\s+τισ)?\s+$/u.test(before)
  return endsInPoint || a > 23 || (!isRange && clockBehind.test(after))
}

/** Behind a name with a capital it is a version, unless the capital begins the sentence. */
function isBehindName(source: Source, hit: Hit): boolean {
  const { before } = around(source, hit)
  const hasName = /(?:^|\s)\p{Lu}[\p{L}\d]*\s+$/u.test(source.original(Math.max(0, hit.start - 40), hit.start))
  return hasName && /[\p{L}\d,]\s+\p{L}+\s+$/u.test(before)
}

function hasClock(source: Source, { start, end }: Hit): boolean {
  const sentence = sentenceAround(source, start, end)
  return isClock.test(source.folded.slice(sentence.start, sentence.end))
}

const onThe = /(?<!\p{L})(?:on|since|from)\s+the\s+$/u

function isOrdinalDay(source: Source, hit: Hit): boolean {
  const { before, after } = around(source, hit)
  if (/^\s*(?:time|try|attempt|file|step|page|message|call|request|party|floor|user|one)(?!\p{L})/u.test(after))
    return false
  return clockBehind.test(after) || /^\s*of\s+(?:this|the)\s+month/u.test(after) || onThe.test(before)
}

/** The last time that the month had such a day. */
export function latestDayOfMonth(today: WallTime, dayOfMonth: number): { year: number; month: number; day: number } {
  let { year, month } = today
  const isReal = (): boolean => new Date(Date.UTC(year, month - 1, dayOfMonth)).getUTCDate() === dayOfMonth
  for (let isPast = dayOfMonth <= today.day; !isPast || !isReal(); isPast = true) {
    month -= 1
    if (month < 1) [year, month] = [year - 1, 12]
  }
  return { year, month, day: dayOfMonth }
}

/** Between two words for one day stands nothing of weight: "Tuesday, 24/11". */
export const isBetweenDays = (text: string): boolean =>
  /^[\s,(–—-]*(?:(?:the|of|on|την|τησ|στισ|δηλαδη|i\.?e\.?)\s+){0,2}[\s,(]*$/u.test(text)

export const sameDay = (a: { year: number; month: number; day: number }, b: typeof a): boolean =>
  a.year === b.year && a.month === b.month && a.day === b.day

export const weekdayOfDay = (day: { year: number; month: number; day: number }): number =>
  weekdayOf({ ...day, hour: 0, minute: 0, second: 0 })

/** It was some time in those days, so a clock beside it has no day yet. */
export const vague =
  /(?<!\p{L})(?:(?:earlier )?(?:last|past|previous) (?:week|month|weekend|year)|the other day|(?:a few|some|several|\d{1,2}|two|three|four|a couple of) (?:weeks?|months?|days) ago|a (?:week|month) ago|(?:την |τη )?(?:περασμενη|προηγουμενη) (?:εβδομαδα|βδομαδα)|(?:τον )?(?:περασμενο|προηγουμενο) μηνα|τισ προαλλεσ|(?:τισ )?προηγουμενεσ μερεσ|πριν (?:απο )?(?:λιγεσ|μερικεσ|καποιεσ|δυο|τρεισ|\d{1,2}) (?:μερεσ|ημερεσ|εβδομαδεσ|βδομαδεσ|μηνεσ)|πριν (?:απο )?(?:μια|ενα) (?:εβδομαδα|βδομαδα|μηνα))(?!\p{L})/gu
