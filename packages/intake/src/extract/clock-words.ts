import { type Hit, hits, type Source } from './source.ts'

export type SaidClock = {
  start: number
  end: number
  hour: number
  minute: number
  second: number
  isHalfDayUnknown: boolean
}

type Span = { start: number; end: number }

const half =
  '(?:\\s*(am|pm|a\\.m\\.?|p\\.m\\.?|π\\.?\\s?μ\\.?|μ\\.?\\s?μ\\.?|mm|το πρωι|to proi|το απογευμα|to apogevma|το βραδυ|to vrady|to bradu|το μεσημερι|to mesimeri|in the morning|in the afternoon|in the evening)(?!\\p{L}))?'
const at = '(?:at|around|about|since|before|after|by|στισ|στη μια|γυρω στισ|κατα τισ|απο τισ|stis|apo tis)'
const withColon = new RegExp(`(?<![\\d:.])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?(?![\\d:])${half}`, 'gu')
const withDot = new RegExp(`(?<!\\p{L})${at}\\s+(\\d{1,2})\\.(\\d{2})()(?![\\d.%])${half}`, 'gu')
const hourAndHalf = new RegExp(`(?<![\\d:.,/])(\\d{1,2})()()${half.replace(/\?$/, '')}`, 'gu')
const bareHour = new RegExp(
  `(?<!\\p{L})${at}\\s+(\\d{1,2})()()(?![\\d:.,/%]|\\s*(?:%|[kmg]b|files?|αρχεια|steps?|am|pm))`,
  'gu',
)

const morning = /^(?:a|π|το πρωι|to proi|in the morning)/
const noon = /μεσημερι|mesimeri/

const dayParts: [RegExp, 'am' | 'pm'][] = [
  [/(?<!\p{L})(?:πρωι|proi|morning)(?!\p{L})/gu, 'am'],
  [
    /(?<!\p{L})(?:απογευμα|βραδυ|apogevma|apogeuma|vradi|vrady|bradu|afternoon|evening|tonight|last night)(?!\p{L})/gu,
    'pm',
  ],
]

/** A clock time. A bare hour ("at 5") counts only beside a date, and is open unless a part of the day is named. */
export function readClock(source: Source, date: Span | undefined): SaidClock | undefined {
  const apart = (pattern: RegExp): Hit | undefined =>
    hits(source, pattern).find((hit) => !date || hit.end <= date.start || hit.start >= date.end)
  const hit = apart(withColon) ?? apart(withDot) ?? apart(hourAndHalf)
  if (hit) return clock(hit, hit.groups[3], false)
  const bare = date && hits(source, bareHour).find((found) => found.end <= date.start || found.start >= date.end)
  if (!bare) return undefined
  const part = dayParts.find(([pattern]) => hits(source, pattern).length > 0)?.[1]
  return clock(bare, part, part === undefined && Number(bare.groups[0]) <= 12)
}

function clock(
  { start, end, groups }: Hit,
  half: string | undefined,
  isHalfDayUnknown: boolean,
): SaidClock | undefined {
  const minute = Number(groups[1] || 0)
  const second = Number(groups[2] || 0)
  const hour = hourOfDay(Number(groups[0]), half)
  return hour > 23 || minute > 59 || second > 59 ? undefined : { start, end, hour, minute, second, isHalfDayUnknown }
}

function hourOfDay(said: number, half: string | undefined): number {
  if (!half || said > 12) return said
  if (morning.test(half)) return said % 12
  if (noon.test(half)) return said < 5 ? said + 12 : said
  return (said % 12) + 12
}
