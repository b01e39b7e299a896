import { addDays, type WallTime, weekdayOf } from '../zones.ts'
import { firstHit, type Hit, type Source } from './source.ts'

export type SaidDate = { start: number; end: number } & (
  | { day: { year: number; month: number; day: number } }
  | { isAmbiguous: true }
)

const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})/g
const numeric = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/.-]\d)/g

const monthStems = [
  'jan|ιαν|ian',
  'feb|φεβ',
  'mar|μαρ',
  'apr|απρ',
  'may|μαι|mai',
  'jun|ιουν|ioun',
  'jul|ιουλ|ioul',
  'aug|αυγ|avg|aug',
  'sep|σεπ',
  'oct|οκτ|okt',
  'nov|νοε|noe',
  'dec|δεκ|dek',
]
const monthName =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec' +
  '|(?:ιανουαρ|φεβρουαρ|μαρτ|απριλ|μαι|ιουν|ιουλ|αυγουστ|σεπτεμβρ|οκτωβρ|νοεμβρ|δεκεμβρ)(?:ιου|ιο|ου|ο)|ιαν|φεβ|μαρ|απρ|αυγ|σεπ|οκτ|νοε|δεκ' +
  '|(?:ianouar|fevrouar|mart|april|mai|ioun|ioul|avgoust|septemvr|septembr|oktovr|oktwbr|noemvr|noembr|dekemvr|dekembr)(?:iou|ou)'
const dayMonth = new RegExp(
  `(?<![\\d.:])(\\d{1,2})(?:st|nd|rd|th|η)?\\s+(?:of\\s+)?(${monthName})\\.?(?!\\p{L})(?:,?\\s+(\\d{4}))?`,
  'gu',
)
const monthDay = new RegExp(
  `(?<!\\p{L})(${monthName})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,?\\s+(\\d{4}))?`,
  'gu',
)

const relativeDays: [RegExp, number][] = [
  [/(?<!\p{L})(?:the day before yesterday|προχθεσ|προχτεσ|proxthes|prox8es|proxtes)(?!\p{L})/gu, -2],
  [/(?<!\p{L})(?:yesterday|last night|χθεσ|χτεσ|εχθεσ|xthes|x8es|xtes|chthes|hthes|htes)(?!\p{L})/gu, -1],
  [/(?<!\p{L})(?:today|this (?:morning|afternoon|evening)|tonight|σημερα|σημερον|simera|shmera)(?!\p{L})/gu, 0],
]

const weekdays: RegExp[] = [
  /(?<!\p{L})(?:on|last|since) sunday|(?:την|απο) κυριακη|(?:tin|thn) kyriaki/gu,
  /(?<!\p{L})(?:on|last|since) monday|(?:την|απο) δευτερα|(?:tin|thn) deftera/gu,
  /(?<!\p{L})(?:on|last|since) tuesday|(?:την|απο) τριτη(?! φορα)|(?:tin|thn) triti(?! fora)/gu,
  /(?<!\p{L})(?:on|last|since) wednesday|(?:την|απο) τεταρτη(?! φορα)|(?:tin|thn) tetarti(?! fora)/gu,
  /(?<!\p{L})(?:on|last|since) thursday|(?:την|απο) πεμπτη(?! φορα)|(?:tin|thn) pempti(?! fora)/gu,
  /(?<!\p{L})(?:on|last|since) friday|(?:την|απο) παρασκευη|(?:tin|thn) paraskevi/gu,
  /(?<!\p{L})(?:on|last|since) saturday|(?:το|απο) σαββατο|(?:to) savvato/gu,
]

/** The calendar day that a message names; `today` is the reader's. */
export function readDate(source: Source, today: WallTime): SaidDate | undefined {
  return readIso(source) ?? readNumeric(source) ?? readNamedMonth(source, today) ?? readRelative(source, today)
}

function readIso(source: Source): SaidDate | undefined {
  const hit = firstHit(source, iso)
  if (!hit) return undefined
  const [year, month, day] = hit.groups.map(Number)
  return dated(hit, { year: year ?? 0, month: month ?? 0, day: day ?? 0 })
}

/** In English 3/4 is two days: one in March, one in April. Greek writes the day first. */
function readNumeric(source: Source): SaidDate | undefined {
  const hit = firstHit(source, numeric)
  if (!hit) return undefined
  const [first, , second, yearText] = hit.groups
  const [a, b, short] = [Number(first), Number(second), Number(yearText)]
  const year = short < 100 ? 2000 + short : short
  if (source.locale === 'en' && a <= 12 && b <= 12 && a !== b)
    return { start: hit.start, end: hit.end, isAmbiguous: true }
  const [day, month] = b > 12 ? [b, a] : [a, b]
  return month > 12 || month < 1 || day > 31 ? undefined : dated(hit, { year, month, day })
}

function readNamedMonth(source: Source, today: WallTime): SaidDate | undefined {
  const dayFirst = firstHit(source, dayMonth)
  const hit = dayFirst ?? firstHit(source, monthDay)
  if (!hit) return undefined
  const [dayText, name] = dayFirst ? [hit.groups[0], hit.groups[1]] : [hit.groups[1], hit.groups[0]]
  const month = monthStems.findIndex((stems) => new RegExp(`^(?:${stems})`).test(name ?? '')) + 1
  const day = Number(dayText)
  if (day < 1 || day > 31) return undefined
  const isLaterThisYear = month > today.month || (month === today.month && day > today.day)
  const year = hit.groups[2] ? Number(hit.groups[2]) : today.year - (isLaterThisYear ? 1 : 0)
  return dated(hit, { year, month, day })
}

function readRelative(source: Source, today: WallTime): SaidDate | undefined {
  for (const [pattern, days] of relativeDays) {
    const hit = firstHit(source, pattern)
    if (hit) return dated(hit, addDays(today, days))
  }
  for (const [weekday, pattern] of weekdays.entries()) {
    const hit = firstHit(source, pattern)
    if (hit) return dated(hit, addDays(today, -((weekdayOf(today) - weekday + 7) % 7 || 7)))
  }
  return undefined
}

function dated({ start, end }: Hit, { year, month, day }: { year: number; month: number; day: number }): SaidDate {
  return { start, end, day: { year, month, day } }
}
