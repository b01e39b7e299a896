import { firstHit, type Hit, type Source } from './source.ts'

export type SaidClock = { start: number; end: number; hour: number; minute: number; isHalfDayUnknown: boolean }

const half = '(?:\\s*(am|pm|a\\.m\\.?|p\\.m\\.?|π\\.?\\s?μ\\.?|μ\\.?\\s?μ\\.?|mm|το πρωι|to proi|το απογευμα|to apogevma|το βραδυ|to vrady|to bradu|το μεσημερι|to mesimeri|in the morning|in the afternoon|in the evening)(?!\\p{L}))?'
const at = '(?:at|around|about|since|before|after|by|στισ|στη μια|γυρω στισ|κατα τισ|απο τισ|stis|apo tis)'
const withColon = new RegExp(`(?<![\\d:.])(\\d{1,2}):(\\d{2})(?::\\d{2}(?:\\.\\d+)?)?(?![\\d:])${half}`, 'gu')
const withDot = new RegExp(`(?<!\\p{L})${at}\\s+(\\d{1,2})\\.(\\d{2})(?![\\d.%])${half}`, 'gu')
const hourAndHalf = new RegExp(`(?<![\\d:.,/])(\\d{1,2})()${half.replace(/\?$/, '')}`, 'gu')
const bareHour = new RegExp(`(?<!\\p{L})${at}\\s+(\\d{1,2})()(?![\\d:.,/%]|\\s*(?:%|[kmg]b|files?|αρχεια|steps?|am|pm))`, 'gu')

const morning = /^(?:a|π|το πρωι|to proi|in the morning)/
const noon = /μεσημερι|mesimeri/

/** A clock time. A bare hour ("at 5") counts only beside a date, and then morning or afternoon stays open. */
export function readClock(source: Source, hasDate: boolean): SaidClock | undefined {
  const hit = firstHit(source, withColon) ?? firstHit(source, withDot) ?? firstHit(source, hourAndHalf)
  if (hit) return clock(hit, false)
  const bare = hasDate ? firstHit(source, bareHour) : undefined
  return bare && clock(bare, Number(bare.groups[0]) <= 12)
}

function clock({ start, end, groups }: Hit, isHalfDayUnknown: boolean): SaidClock | undefined {
  const said = Number(groups[0])
  const minute = Number(groups[1] || 0)
  const hour = hourOfDay(said, groups[2])
  return hour > 23 || minute > 59 ? undefined : { start, end, hour, minute, isHalfDayUnknown }
}

function hourOfDay(said: number, half: string | undefined): number {
  if (!half || said > 12) return said
  if (morning.test(half)) return said % 12
  if (noon.test(half)) return said < 5 ? said + 12 : said
  return (said % 12) + 12
}
