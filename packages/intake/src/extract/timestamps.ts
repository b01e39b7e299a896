import type { TimestampValue } from '../facts.ts'
import { instantOf, type WallTime, wallTimeAt } from '../zones.ts'
import { readClock, type SaidClock } from './clock-words.ts'
import { readDate, type SaidDate } from './date-words.ts'
import { type Extractor, type Finding, firstHit, type Source } from './source.ts'
import { readZone, type SaidZone } from './zone-words.ts'

const number =
  '(\\d{1,3}|an?|one|two|three|four|five|ten|fifteen|twenty|thirty|half an|μια|ενα|δυο|τρεισ|τρια|πεντε|δεκα|εικοσι|μιση|mia|dyo|duo|treis|pente|deka|eikosi|misi)'
const unit =
  '(minutes?|mins?|hours?|hrs?|days?|λεπτα|λεπτο|ωρεσ|ωρα|μερεσ|μερα|ημερεσ|lepta|lepto|ores|wres|ora|wra|meres|mera)'
const ago = new RegExp(
  `(?<!\\p{L})${number}\\s+${unit}\\s+(?:ago|πριν|prin)(?!\\p{L})|(?<!\\p{L})(?:πριν|prin)\\s+(?:απο\\s+|apo\\s+|περιπου\\s+|peripou\\s+)*${number}\\s+${unit}(?!\\p{L})`,
  'gu',
)
const quantities: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  'half an': 0.5,
  μια: 1,
  ενα: 1,
  δυο: 2,
  τρεισ: 3,
  τρια: 3,
  πεντε: 5,
  δεκα: 10,
  εικοσι: 20,
  μιση: 0.5,
  mia: 1,
  dyo: 2,
  duo: 2,
  treis: 3,
  pente: 5,
  deka: 10,
  eikosi: 20,
  misi: 0.5,
}
const minuteMs = 60_000
const longestQuote = 200

/** When it happened: the first moment that the message names, in UTC and as it was said. */
export const readTimestamps: Extractor = (source) => {
  const zone = readZone(source)
  const known = zone ? ('zone' in zone ? zone.zone : undefined) : source.zone
  return readAgo(source, known) ?? readMoment(source, zone, known) ?? []
}

function readAgo(source: Source, zone: string | undefined): Finding[] | undefined {
  const hit = firstHit(source, ago)
  if (!hit) return undefined
  const amount = hit.groups[0] ?? hit.groups[2] ?? ''
  const unitName = hit.groups[1] ?? hit.groups[3] ?? ''
  const perUnit = /^(?:day|μερ|ημερ|mer)/.test(unitName) ? undefined : /^(?:h|ωρ|or|wr)/.test(unitName) ? 60 : 1
  const known = { ...(zone ? { zone } : {}), said: hit.quote }
  if (perUnit === undefined) return finding({ ...known, unclear: 'time' })
  const minutes = (quantities[amount] ?? Number(amount)) * perUnit
  return finding({ ...known, utc: new Date(source.now.getTime() - minutes * minuteMs).toISOString() })
}

function readMoment(source: Source, said: SaidZone | undefined, zone: string | undefined): Finding[] | undefined {
  const today = wallTimeAt(source.now, zone ?? 'UTC')
  if (!today) return undefined
  const date = readDate(source, today)
  const clock = readClock(source, date)
  if (!date && !clock) return undefined
  const parts = nearest([date, clock, clock ? said : undefined].filter((part) => part !== undefined))
  const start = Math.min(...parts.map((part) => part.start))
  const end = Math.max(...parts.map((part) => part.end))
  const words = source.original(start, end).trim()
  return finding({ ...(zone ? { zone } : {}), said: words, ...resolve({ date, clock, zone, today, now: source.now }) })
}

/** A date at the top and a time far below belong together for us, but quoting everything between helps nobody. */
function nearest<T extends { start: number; end: number }>(parts: T[]): T[] {
  const first = Math.min(...parts.map(({ start }) => start))
  const close = parts.filter(({ end }) => end - first <= longestQuote)
  return close.length > 0 ? close : parts.slice(0, 1)
}

type Parts = {
  date: SaidDate | undefined
  clock: SaidClock | undefined
  zone: string | undefined
  today: WallTime
  now: Date
}

function resolve({ date, clock, zone, today, now }: Parts): Pick<TimestampValue, 'utc' | 'unclear'> {
  if (!clock) return { unclear: 'time' }
  if (date && 'isAmbiguous' in date) return { unclear: 'date' }
  if (!zone) return { unclear: 'zone' }
  if (clock.isHalfDayUnknown) return { unclear: 'time' }
  const instant = instantOf(
    { ...today, ...date?.day, hour: clock.hour, minute: clock.minute, second: clock.second },
    zone,
  )
  // A moment still to come cannot be when it happened: probably yesterday, so the day is asked.
  if (!instant || instant.getTime() > now.getTime()) return { unclear: 'date' }
  return { utc: instant.toISOString() }
}

function finding(value: TimestampValue): Finding[] {
  return [{ field: 'timestamps', value, quote: value.said }]
}
