import { fold } from '@clew/text'
import { expects, type Hit, hits, type Source } from './source.ts'

export type SaidZone = { start: number; end: number } & ({ zone: string } | { isAmbiguous: true })

const abbreviations: Record<string, string> = {
  utc: 'UTC',
  gmt: 'UTC',
  zulu: 'UTC',
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
  ct: 'America/Chicago',
  cdt: 'America/Chicago',
  mt: 'America/Denver',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  mdt: 'America/Denver',
  mst: 'America/Denver',
  jst: 'Asia/Tokyo',
  kst: 'Asia/Seoul',
  hkt: 'Asia/Hong_Kong',
  sgt: 'Asia/Singapore',
  msk: 'Europe/Moscow',
  aest: 'Australia/Sydney',
  aedt: 'Australia/Sydney',
  nzst: 'Pacific/Auckland',
  nzdt: 'Pacific/Auckland',
}
const ambiguous = ['ist', 'cst', 'bst', 'ast', 'amt', 'gst']

/** Countries, and names that the zone database spells otherwise; Greek ones are stems. */
const places: [RegExp, string][] = [
  [/^(?:ελλαδ|αθην|ελληνικ|gree(?:k|ce)|thessaloniki|θεσσαλονικ|ellad|athin)/u, 'Europe/Athens'],
  [/^(?:κυπρ|λευκωσ|cyprus|cypriot|limassol|λεμεσ|nicosia|kypr|kupr)/u, 'Asia/Nicosia'],
  [/^(?:λονδιν|αγγλι|βρετανι|uk|british|england|britain|londin)/u, 'Europe/London'],
  [/^(?:βερολιν|γερμαν|german|frankfurt|munich|hamburg|μοναχ|φρανκφουρτ)/u, 'Europe/Berlin'],
  [/^(?:παρισ|γαλλ|french|france|lyon)/u, 'Europe/Paris'],
  [/^(?:ρωμ|ιταλ|italy|italian|milan)/u, 'Europe/Rome'],
  [/^(?:μαδριτ|ισπαν|spain|spanish|barcelona)/u, 'Europe/Madrid'],
  [/^(?:βρυξελ|βελγι|belgi)/u, 'Europe/Brussels'],
  [/^(?:ολλανδ|αμστερνταμ|dutch|netherlands)/u, 'Europe/Amsterdam'],
  [/^(?:κωνσταντινουπολ|τουρκι|turk)/u, 'Europe/Istanbul'],
  [/^(?:τοκιο|ιαπων|japan)/u, 'Asia/Tokyo'],
  [/^(?:central european|middle european)/u, 'Europe/Berlin'],
  [/^(?:eastern european)/u, 'Europe/Athens'],
  [/^(?:νεασ? υορκ|eastern|boston|washington)/u, 'America/New_York'],
  [/^(?:central)/u, 'America/Chicago'],
  [/^(?:mountain)/u, 'America/Denver'],
  [/^(?:pacific|san francisco|seattle|california|west coast)/u, 'America/Los_Angeles'],
  [/^(?:east coast)/u, 'America/New_York'],
  [/^(?:mumbai|delhi|bangalore|india)/u, 'Asia/Kolkata'],
  [/^(?:portugal|portuguese|lisbon)/u, 'Europe/Lisbon'],
  [/^(?:swiss|switzerland|geneva)/u, 'Europe/Zurich'],
  [/^(?:austria|vienna)/u, 'Europe/Vienna'],
  [/^(?:poland|polish)/u, 'Europe/Warsaw'],
  [/^(?:ireland|irish)/u, 'Europe/Dublin'],
]

/** Cities of the zone database by their folded names: "new york" is America/New_York. */
const cities = new Map(
  Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone.includes('/') && !zone.startsWith('Etc/'))
    .map((zone) => [fold(zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')), zone]),
)

const offset = /(?<!\p{L})(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)/gu
const names = [...Object.keys(abbreviations), ...ambiguous].sort((a, b) => b.length - a.length).join('|')
const half = '(?:\\s*(?:am|pm|a\\.m\\.|p\\.m\\.|π\\.?μ\\.?|μ\\.?μ\\.?))?'
const abbreviation = new RegExp(`\\d${half}[\\s,]*\\(?(${names})(?![\\p{L}/])\\)?`, 'gu')
/** Those that are no words of another meaning count wherever they stand. */
const anywhere = /(?<![\p{L}/])(utc|gmt|eest|eet|cest|cet|edt|pdt)(?![\p{L}/]|\s?[+-]\s?\d)/gu
const iana =
  /(?<![\p{L}/])(?:europe|america|asia|africa|australia|atlantic|pacific|indian)\/[a-z_]{3,30}(?:\/[a-z_]{3,30})?/gu
const placeWord = '\\p{L}{2,16}(?:\\s\\p{L}{2,12})?'
const greekTime = new RegExp(`(?<!\\p{L})(?:ωρα|ωρεσ)\\s+(?:τησ\\s+|του\\s+|απο\\s+)?(${placeWord})`, 'gu')
const adjectiveTime = /(?<!\p{L})(ελληνικη|κυπριακη)\s+ωρα|(?<!\p{L})ωρα\s+(ελληνικη|κυπριακη)/gu
const englishTime =
  /(?<!\p{L})(\p{L}{2,16}(?:\s\p{L}{2,12})?)(?:['’]s)?\s+(?:(?:standard|daylight|local|summer|winter)\s+)?time(?:\s?zone)?(?!\p{L})/gu
const timeIn = new RegExp(
  `(?<!\\p{L})(?:time|clock)(?:\\s?zone)?(?:\\s+is|\\s*:)?\\s+(?:in|of|for)?\\s*(${placeWord})`,
  'gu',
)
/** Directly behind a clock: "at 16:30, Berlin", "11:47 pm Pacific". */
const behind = new RegExp(
  `(?:\\d|am|pm|a\\.m\\.|p\\.m\\.|μμ|πμ|morning|afternoon|evening|night|today|yesterday|πρωι|απογευμα|βραδυ)\\s*[,(]?\\s*(?:in\\s+|στ(?:ην?|ο)\\s+)?(\\p{L}{3,16}(?:\\s\\p{L}{3,12})?)(?!\\p{L})`,
  'gu',
)

/** The time zones that a message names, in the order of how plainly they do. */
export function readZones(source: Source): SaidZone[] {
  const found = [
    ...hits(source, offset).map(offsetZone),
    ...hits(source, iana).flatMap(ianaZone),
    ...placed(source, greekTime),
    ...placed(source, adjectiveTime),
    ...placed(source, englishTime),
    ...placed(source, timeIn),
    ...hits(source, abbreviation).map(abbreviated),
    ...placed(source, behind),
    ...hits(source, anywhere).map(abbreviated),
  ]
  if (found.length === 0 && expects(source, 'timestamps'))
    return placed(source, /(?:^|[\s,(])(\p{L}{2,16}(?:\s\p{L}{2,12})?)/gu)
  return found
}

/** The zone that the message names most plainly. */
export const readZone = (source: Source): SaidZone | undefined => readZones(source)[0]

function offsetZone({ start, end, groups }: Hit): SaidZone {
  const [sign, hours = '0', minutes = '00'] = groups
  return { start, end, zone: `${sign}${hours.padStart(2, '0')}:${minutes}` }
}

const zonesByName = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]))

function ianaZone({ start, end, quote }: Hit): SaidZone[] {
  const zone = zonesByName.get(quote.toLowerCase())
  return zone ? [{ start, end, zone }] : []
}

/** Two words may be a place, or only the first or the last of them. */
function placed(source: Source, pattern: RegExp): SaidZone[] {
  return hits(source, pattern).flatMap(({ groups, start, end }): SaidZone[] => {
    const said = groups.find((group) => group !== undefined) ?? ''
    const [first = '', last = ''] = said.split(/\s+/)
    const name = [said, first, last].find((each) => zoneOfPlace(each) !== undefined)
    const zone = name === undefined ? undefined : zoneOfPlace(name)
    if (name === undefined || zone === undefined) return []
    // The second word may be the sentence's: "ώρα Ελλάδας δεν μπορούσα".
    const wordsEnd = source.folded.indexOf(said, start) + said.length
    const isFirst = name === first && name !== said && wordsEnd === end
    return [{ start, end: isFirst ? end - said.length + first.length : end, zone }]
  })
}

export function zoneOfPlace(place: string): string | undefined {
  if (place.length < 2) return undefined
  return places.find(([pattern]) => pattern.test(place))?.[1] ?? (place.length > 3 ? cities.get(place) : undefined)
}

/** IST and CST are three zones each, BST is two: they are asked, not guessed. */
function abbreviated({ start, end, groups }: Hit): SaidZone {
  const zone = abbreviations[groups[0] ?? '']
  return zone ? { start, end, zone } : { start, end, isAmbiguous: true }
}
