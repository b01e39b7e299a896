import { firstHit, type Source } from './source.ts'

export type SaidZone = { start: number; end: number } & ({ zone: string } | { isAmbiguous: true })

const abbreviations: Record<string, string> = {
  utc: 'UTC',
  gmt: 'UTC',
  z: 'UTC',
  eet: 'Europe/Athens',
  eest: 'Europe/Athens',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  wet: 'Europe/Lisbon',
  west: 'Europe/Lisbon',
  est: 'America/New_York',
  edt: 'America/New_York',
  et: 'America/New_York',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  mdt: 'America/Denver',
  jst: 'Asia/Tokyo',
}

const places: [RegExp, string][] = [
  [/ελλαδ|αθην|athens|gree(?:k|ce)|ellad|athin/u, 'Europe/Athens'],
  [/κυπρ|λευκωσ|cyprus|nicosia|kypr|kupr/u, 'Asia/Nicosia'],
  [/λονδιν|αγγλι|london|uk|british|londin/u, 'Europe/London'],
  [/βερολιν|γερμανι|berlin|german/u, 'Europe/Berlin'],
  [/παρισ|γαλλι|paris|french|france/u, 'Europe/Paris'],
  [/νεα υορκη|νεασ υορκησ|new york|eastern/u, 'America/New_York'],
  [/pacific|san francisco|los angeles/u, 'America/Los_Angeles'],
]

const offset = /(?<!\p{L})(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?/gu
const abbreviation =
  /\d\s*(?:am|pm|a\.m\.|p\.m\.|π\.?μ\.?|μ\.?μ\.?)?\s*\(?(utc|gmt|z|eest|eet|cest|cet|west|wet|edt|est|et|pdt|pst|pt|mdt|jst|ist|cst|bst)(?!\p{L})\)?/gu
const placeTime =
  /(?:ωρα|wra|ora)\s+(ελλαδ\p{L}*|αθην\p{L}*|κυπρ\p{L}*|λευκωσ\p{L}*|λονδιν\p{L}*|αγγλι\p{L}*|βερολιν\p{L}*|γερμανι\p{L}*|παρισ\p{L}*|γαλλι\p{L}*|νεασ? υορκησ?|ellad\p{L}*|athin\p{L}*|kypr\p{L}*|kupr\p{L}*|londin\p{L}*)|(athens|greek|greece|cyprus|nicosia|london|uk|british|berlin|german|paris|french|new york|eastern|pacific|san francisco|los angeles)(?:'s)?\s+time/gu

/** A time zone that the message names: by place, by offset, or by an abbreviation directly after a clock time. */
export function readZone(source: Source): SaidZone | undefined {
  return readOffset(source) ?? readPlace(source) ?? readAbbreviation(source)
}

function readOffset(source: Source): SaidZone | undefined {
  const hit = firstHit(source, offset)
  if (!hit) return undefined
  const [sign, hours = '0', minutes = '00'] = hit.groups
  return { start: hit.start, end: hit.end, zone: `${sign}${hours.padStart(2, '0')}:${minutes}` }
}

function readPlace(source: Source): SaidZone | undefined {
  const hit = firstHit(source, placeTime)
  const place = hit?.groups[0] ?? hit?.groups[1]
  const zone = place && places.find(([pattern]) => pattern.test(place))?.[1]
  return hit && zone ? { start: hit.start, end: hit.end, zone } : undefined
}

/** IST and CST are three zones each, BST is two: they are asked, not guessed. */
function readAbbreviation(source: Source): SaidZone | undefined {
  const hit = firstHit(source, abbreviation)
  if (!hit) return undefined
  const zone = abbreviations[hit.groups[0] ?? '']
  return zone ? { start: hit.start, end: hit.end, zone } : { start: hit.start, end: hit.end, isAmbiguous: true }
}
