import type { Fact, TimestampValue } from '../facts.ts'
import { addDays, instantOf, type WallTime, wallTimeAt } from '../zones.ts'
import { asCorrection } from './account.ts'
import { readAgos, readShift, type SaidAgo } from './ago.ts'
import { readClocks, type SaidClock } from './clock-words.ts'
import { readDates, type SaidDate } from './date-words.ts'
import { isAhead } from './deadlines.ts'
import { localOf, type Moment, type Place, readMachineMoments, wallFrom, zoneNear, zoneOf } from './machine-moments.ts'
import { readPresent } from './present.ts'
import { type Extractor, expects, type Finding, readSource, type Source, sentenceAround } from './source.ts'
import { readZones, type SaidZone } from './zone-words.ts'

const minuteMs = 60_000
const longestQuote = 200
const mostMoments = 8

/** When it happened: the moments that the message names, in UTC where the zone is known, and as they were said. */
export const readTimestamps: Extractor = (source) => {
  const zones = readZones(source)
  const shifted = readShifted(source)
  if (shifted) return shifted
  const exact = readMachineMoments(source, zones)
  const agos = readAgos(source)
  const moments = [
    ...exact,
    ...readPresent(source),
    ...agos.flatMap((said) => agoFinding(source, said)),
    ...readMoments(source, zones, [...exact, ...agos.filter(({ minutes }) => minutes !== undefined)]),
  ]
  const found = withoutRepeats(moments.sort((a, b) => a.start - b.start))
  const read = found.length > 0 ? found : clarified(source, zones)
  return read.slice(0, mostMoments).map(({ value, sure }) => ({
    field: 'timestamps',
    value,
    quote: value.said,
    confidence: value.unclear ? Math.min(sure, 0.5) : sure,
    ...asCorrection(source),
  }))
}

/** A day alone adds nothing to a moment; the same minute twice is one. */
function withoutRepeats(moments: readonly Moment[]): Moment[] {
  const isExact = moments.some(({ value }) => value.utc !== undefined || (value.local?.length ?? 0) > 10)
  const hasClock = moments.some(({ value }) => value.unclear === 'date')
  const seen = new Set<string>()
  return moments.filter(({ value }) => {
    if ((isExact || hasClock) && value.unclear === 'time' && (value.local?.length ?? 0) <= 10) return false
    const key = (value.utc ?? value.local ?? value.said).slice(0, 16)
    return seen.has(key) ? false : seen.add(key)
  })
}

function agoFinding(source: Source, { start, end, quote, minutes }: SaidAgo): Moment[] {
  const known = { ...(source.zone ? { zone: source.zone } : {}), said: quote.trim() }
  if (minutes === undefined) return [{ start, end, value: { ...known, unclear: 'time' }, sure: 0.4 }]
  const utc = new Date(source.now.getTime() - minutes * minuteMs).toISOString()
  return [{ start, end, value: { ...known, utc }, sure: 0.85 }]
}

/** "Half an hour later than I said": the moment told before, moved. */
function readShifted(source: Source): Finding[] | undefined {
  const shift = readShift(source)
  const before = lastMoment(source.known)
  if (!shift?.minutes || !before?.utc) return undefined
  const utc = new Date(Date.parse(before.utc) + shift.minutes * minuteMs).toISOString()
  const value = { ...before, utc, said: shift.quote.trim() }
  return [{ field: 'timestamps', value, quote: value.said, confidence: 0.8, corrects: true }]
}

const lastMoment = (known: readonly Fact[]): TimestampValue | undefined =>
  known.flatMap((fact) => (fact.field === 'timestamps' ? [fact.value] : [])).at(-1)

function readMoments(source: Source, zones: readonly SaidZone[], taken: readonly Place[]): Moment[] {
  const named = zones.find((zone) => 'zone' in zone)
  const calendar = named && 'zone' in named ? named.zone : source.zone
  const today = wallTimeAt(source.now, calendar ?? 'UTC')
  if (!today) return []
  const isFree = (place: Place): boolean => taken.every((each) => place.end <= each.start || place.start >= each.end)
  const dates = readDates(source, today).filter((date) => isFree(date) && !isAhead(source, date))
  const clocks = readClocks(source, [
    ...taken,
    ...dates.filter(({ start, end }) => /\d/.test(source.folded.slice(start, end))),
  ]).filter((clock) => isTold(source, clock) && !isAhead(source, clock))
  const used = new Set<SaidDate>()
  const timed = clocks.flatMap((clock): Moment[] => {
    const date = dateOf(source, clock, dates)
    const zone = zoneNear(source, clock, zones)
    if (isFuture(date) || !isMoment(source, clock, { date, zone })) return []
    if (date) used.add(date)
    return [momentOf(source, { date, clock, zone, today })]
  })
  if (timed.length > 0) return timed
  const days = dates.filter(
    (date) => !used.has(date) && !isFuture(date) && !isVague(date) && !isAnotherDay(source, date),
  )
  return days.slice(0, 1).map((date) => clarifiedDay(source, date) ?? dayOf(source, date))
}

const isFuture = (date: SaidDate | undefined): boolean =>
  date !== undefined && 'isFuture' in date && date.isFuture === true

/** "Last week" says no day, but it says that it was not today. */
const isVague = (date: SaidDate): boolean => 'isVague' in date && date.isVague === true

/** "At 5" is a time only beside a day or a zone, or as an answer. */
function isMoment(source: Source, clock: SaidClock, { date, zone }: Pick<Parts, 'date' | 'zone'>): boolean {
  if (!clock.isBare || date || expects(source, 'timestamps')) return true
  return zone !== undefined && !clock.isHalfDayUnknown
}

/** A call that is asked for, or what happens every day, is not when the problem was. */
const notTold =
  /(?<!\p{L})(?:call me|ring me|call back|opening hours|open from|meeting|deadline|appointment|available|every day|each day|daily|καλεστε με|τηλεφωνηστε|παρτε με|ωραριο|ραντεβου|καθε μερα|ανοιχτα)(?!\p{L})/u

function isTold(source: Source, { start, end }: Place): boolean {
  const around = sentenceAround(source, start, end)
  return !notTold.test(source.folded.slice(around.start, around.end))
}

/** The day of something else: of a renewal, an edition, a deadline. */
const anotherDay =
  /(?:updated|revised|version|as of|dated|until|expires?|expiry|due|before|by|valid|renews?|renewal|born|invoice|until|εωσ|ωσ|μεχρι|πριν|ληγει|ανανεωνεται|τιμολογιο|εκδοση)(?:\s+(?:on|the|of|from|στισ|τισ|την|τησ|at|for)){0,2}[\s:]*$/u

const isAnotherDay = (source: Source, { start }: Place): boolean =>
  anotherDay.test(source.folded.slice(Math.max(0, start - 40), start))

/** The day that stands nearest in the sentence, else the nearest anywhere. */
function dateOf(source: Source, clock: Place, dates: readonly SaidDate[]): SaidDate | undefined {
  const around = sentenceAround(source, clock.start, clock.end)
  const nearest = (some: readonly SaidDate[]): SaidDate | undefined =>
    // Of "Friday, 24 April at 22:10" the written day counts.
    [...some].sort((a, b) => weightOf(a) - weightOf(b) || distance(a, clock) - distance(b, clock))[0]
  const within = dates.filter((date) => date.start >= around.start && date.end <= around.end)
  return nearest(within) ?? nearest(dates.filter((date) => !isFuture(date) && !isVague(date)))
}

const weightOf = (date: SaidDate): number => (isVague(date) ? 2 : 'isWritten' in date && !date.isWritten ? 1 : 0)
const distance = (a: Place, b: Place): number => Math.max(a.start - b.end, b.start - a.end, 0)

type Parts = { date: SaidDate | undefined; clock: SaidClock; zone: SaidZone | undefined; today: WallTime }

function momentOf(source: Source, parts: Parts): Moment {
  const { date, clock, zone: said } = parts
  const zone = zoneOf(source, said)
  const words = [date, clock, said].filter((part) => part !== undefined)
  const base = { ...(zone ? { zone } : {}), said: quoteOf(source, words, clock) }
  const at = (value: Partial<TimestampValue>, sure: number): Moment => ({
    start: clock.start,
    end: clock.end,
    value: { ...base, ...value },
    sure,
  })
  if (date && 'isAmbiguous' in date) return at({ unclear: 'date' }, 0.4)
  const wall = wallOf(source, parts)
  const local = localOf(wall)
  if (clock.isHalfDayUnknown) return at({ local: local.slice(0, 10), unclear: zone ? 'time' : 'zone' }, 0.4)
  if (!zone) return at({ local, unclear: 'zone' }, 0.5)
  const instant = instantOf(wall, zone)
  // A moment still to come cannot be when it happened: probably yesterday, so the day is asked.
  if (!instant || (instant.getTime() > source.now.getTime() && !isWritten(date))) return at({ unclear: 'date' }, 0.4)
  return at({ utc: instant.toISOString() }, said ? 0.95 : 0.85)
}

/** The day named, or today; "last night at 2" is the day after. */
function wallOf(source: Source, { date, clock, today }: Parts): WallTime {
  const day = date && 'day' in date ? date.day : today
  const { hour, minute, second } = clock
  const wall = { ...today, ...day, hour, minute, second }
  return clock.isAfterMidnight && date && !isMorningAfter(source, date) ? addDays(wall, 1) : wall
}

const isWritten = (date: SaidDate | undefined): boolean => date !== undefined && 'isWritten' in date && date.isWritten

/** "Last night at 2" is after midnight; "today at 2 at night" is today. */
const isMorningAfter = (source: Source, date: SaidDate): boolean =>
  /today|σημερα|this|tonight/u.test(source.folded.slice(date.start, date.end)) || isWritten(date)

/** "Since Tuesday morning" is quoted with its morning. */
const partOfDay =
  /^\s+(?:(?:το|τη)\s+)?(?:morning|afternoon|evening|night|πρωι|μεσημερι|απογευμα|βραδυ|νυχτα)(?!\p{L})/u

function dayOf(source: Source, date: SaidDate): Moment {
  const part = partOfDay.exec(source.folded.slice(date.end, date.end + 20))?.[0] ?? ''
  const said = source.original(date.start, date.end + part.length).trim()
  const zone = source.zone ? { zone: source.zone } : {}
  if ('isAmbiguous' in date) return { ...date, value: { ...zone, said, unclear: 'date' }, sure: 0.4 }
  const { year, month, day } = date.day
  const local = localOf({ year, month, day, hour: 0, minute: 0, second: 0 }).slice(0, 10)
  return { ...date, value: { ...zone, said, ...(date.isWritten ? { local } : {}), unclear: 'time' }, sure: 0.6 }
}

/** A date at the top and a time far below belong together for us, but quoting everything between helps nobody. */
function quoteOf(source: Source, parts: readonly Place[], clock: Place): string {
  const close = parts.filter((part) => Math.abs(part.start - clock.start) <= longestQuote)
  const start = Math.min(...close.map((part) => part.start))
  const end = Math.max(...close.map((part) => part.end))
  return end - start <= longestQuote
    ? source.original(start, end).trim()
    : source.original(clock.start, clock.end).trim()
}

/** "Athens", after being asked for the zone: the moment told before, now that its zone is known. */
function clarified(source: Source, zones: readonly SaidZone[]): Moment[] {
  const before = lastMoment(source.known)
  const said = zones.find((zone) => 'zone' in zone)
  if (!said || !('zone' in said) || before?.unclear !== 'zone') return []
  const wall = wallFrom(before.local)
  const instant = wall && instantOf(wall, said.zone)
  if (!instant) return []
  const quote = source.original(said.start, said.end).trim()
  return [{ ...said, value: { zone: said.zone, said: quote, utc: instant.toISOString() }, sure: 0.9 }]
}

/** "3 April", after being asked for the day: that day with the clock and the zone that were told before. */
function clarifiedDay(source: Source, date: SaidDate): Moment | undefined {
  const before = lastMoment(source.known)
  if (before?.unclear !== 'date' || !('day' in date) || !expects(source, 'timestamps')) return undefined
  const place = before.zone ?? source.zone
  const { locale, now } = source
  const earlier = readSource(before.said, { locale, now, ...(place === undefined ? {} : { zone: place }) })
  const clock = readClocks(earlier, [])[0]
  if (!clock || clock.isHalfDayUnknown) return undefined
  const zone = zoneOf(earlier, readZones(earlier)[0])
  const wall = { ...clock, ...date.day }
  const instant = zone === undefined ? undefined : instantOf(wall, zone)
  const said = source.original(date.start, date.end).trim()
  return zone !== undefined && instant
    ? { ...date, value: { zone, said, utc: instant.toISOString() }, sure: 0.9 }
    : { ...date, value: { said, local: localOf(wall), unclear: 'zone' }, sure: 0.5 }
}
