import type { TimestampValue } from '../facts.ts'
import { instantOf, type WallTime } from '../zones.ts'
import { type Hit, hits, type Source, sentenceAround } from './source.ts'
import type { SaidZone } from './zone-words.ts'

export type Place = { start: number; end: number }
export type Moment = Place & { value: TimestampValue; sure: number }

const isoMoment =
  /(?<![\d-])(\d{4})-(\d{2})-(\d{2})[t ,]\s?(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(z(?![\p{L}])|[+-]\d{2}:?\d{2}(?!\d))?/gu

/** As web servers write it: `06/Oct/2026:11:20:01 +0300`. */
const serverMoment = /(?<!\d)(\d{2})\/(\p{L}{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\s([+-]\d{4}))?/gu
const serverMonths = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

function asIso({ groups, ...hit }: Hit): Hit {
  const [day, month = '', year, hour, minute, second, offset] = groups
  return { ...hit, groups: [year, String(serverMonths.indexOf(month) + 1), day, hour, minute, second, offset] }
}

/** What a machine wrote: `2026-04-07T22:15:00+05:30`. */
export function readMachineMoments(source: Source, zones: readonly SaidZone[]): Moment[] {
  const found = [...hits(source, isoMoment), ...hits(source, serverMoment).map(asIso)]
  return found.flatMap((hit): Moment[] => {
    const { start, end } = hit
    const said = hit.quote.trim()
    const wall = wallFromParts(hit.groups)
    const written = writtenZone(hit.groups[6])
    const near = written ? undefined : zoneNear(source, hit, zones)
    const zone = written ?? zoneOf(source, near)
    if (!zone) return [{ start, end, value: { said, local: localOf(wall), unclear: 'zone' }, sure: 0.5 }]
    const instant = wall.hour > 23 || wall.minute > 59 ? undefined : instantOf(wall, zone)
    const sure = near || written ? 0.97 : 0.8
    return instant ? [{ start, end, value: { zone, said, utc: instant.toISOString() }, sure }] : []
  })
}

/** The offset behind the clock, as `+05:30`. */
const writtenZone = (said: string | undefined): string | undefined =>
  said === 'z' ? 'UTC' : said?.replace(/^(...)(\d\d)$/, '$1:$2')

function wallFromParts(parts: readonly (string | undefined)[]): WallTime {
  const part = (index: number): number => Number(parts[index] ?? 0)
  return { year: part(0), month: part(1), day: part(2), hour: part(3), minute: part(4), second: part(5) }
}

/** The zone that was said; the reader's own where none was. */
export const zoneOf = (source: Source, said: SaidZone | undefined): string | undefined =>
  said ? ('zone' in said ? said.zone : undefined) : source.zone

/** The zone named in the same sentence, else the first that the message names. */
export function zoneNear(source: Source, place: Place, zones: readonly SaidZone[]): SaidZone | undefined {
  const around = sentenceAround(source, place.start, place.end)
  return zones.find((zone) => zone.start >= around.start && zone.end <= around.end + 1) ?? zones[0]
}

export function localOf({ year, month, day, hour, minute, second }: WallTime): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
}

/** The other way round; a day alone is no clock. */
export function wallFrom(local: string | undefined): WallTime | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(local ?? '')
  return parts ? wallFromParts(parts.slice(1)) : undefined
}
