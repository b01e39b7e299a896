import { numberOf, numberWord } from './number-words.ts'
import { type Hit, hits, type Source, sentenceAround } from './source.ts'

export type SaidClock = {
  start: number
  end: number
  hour: number
  minute: number
  second: number
  isHalfDayUnknown: boolean
  /** "Last night at 2" is the day after "last night". */
  isAfterMidnight: boolean
  /** "At 5" is only a time beside a day. */
  isBare: boolean
}

const period =
  '(?:am|pm|a\\.m\\.?|p\\.m\\.?|π\\.?\\s?μ\\.?|μ\\.?\\s?μ\\.?|mm|(?:το |τα |σημερα )?(?:πρωι|πρωινη|μεσημερι|απογευμα|βραδυ|βραδακι|ξημερωματα|νυχτα)|in the (?:morning|afternoon|evening)|at (?:night|noon)|(?:this |yesterday )?(?:morning|afternoon|evening)|tonight|last night)'
const half = `(?:\\s*(${period})(?!\\p{L}))?`
const oclock = "(?:\\s*(?:o['’]?clock|oclock|hrs|h(?=\\s)|η ωρα))?"
const at =
  '(?:at|around|about|since|before|after|by|from|until|till|to|between|and|circa|στισ|στη|στην|γυρω στισ|κατα τισ|απο τισ|απο|μεχρι τισ|μεχρι|μεταξυ|και|ωσ τισ|τισ|ωρα)'
const withColon = new RegExp(
  `(?<![\\d:.,+\\p{L}_-])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?(?![\\d:]|\\.\\d)${half}`,
  'gu',
)
const withDot = new RegExp(`(?<!\\p{L})${at}\\s+(\\d{1,2})[.](\\d{2})()(?![\\d.%]|\\s*[kmg]b)${half}`, 'gu')
const dotAndHalf = new RegExp(`(?<![\\d:.,/])(\\d{1,2})[.](\\d{2})()${half.replace(/\?$/, '')}`, 'gu')
const hourAndHalf = new RegExp(`(?<![\\d:.,/+-])(\\d{1,2})()()${oclock}${half.replace(/\?$/, '')}`, 'gu')
const fourDigits = new RegExp(
  `(?<!\\p{L})(?:at|around)\\s+([01]\\d|2[0-3])([0-5]\\d)()\\s*(?:h|hrs|hours)(?!\\p{L})${half}`,
  'gu',
)
/** What is counted is no clock: "about two years". */
const counted =
  '(?:minutes?|hours?|days?|weeks?|months?|years?|files?|times|users?|people|seats?|attempts?|tries|tabs?|browsers?|machines?|computers?)'
const bareHour = new RegExp(
  `(?<!\\p{L})${at}\\s+(\\d{1,2})()()${oclock}(?![\\d:.,/%]|\\s*(?:%|[kmg]b|(?:files?|αρχεια|αρχειο|steps?|mins?|min|ωρεσ|λεπτα|${counted}|μερεσ|χρονια|μηνεσ|ε?βδομαδεσ|φορεσ|θεσεισ|\\p{L}*ου|of)(?!\\p{L})))`,
  'gu',
)

const spokenHour = `(\\d{1,2}|${numberWord})`
const halfPast = new RegExp(
  `(?<!\\p{L})(half|a?\\s?quarter|ten|twenty|five|\\d{1,2})(?:\\s+minutes)?\\s+(past|to|after)\\s+(?:the\\s+)?${spokenHour}(?!\\p{L}|\\s*(?:[kmg]b|minutes|files))${oclock}${half}`,
  'gu',
)
const oclockWord = new RegExp(`(?<!\\p{L})${spokenHour}\\s+(?:o['’]?clock|oclock)${half}`, 'gu')
const spokenEnglish = new RegExp(
  `(?<!\\p{L})(?:at|around|about|since)\\s+(${numberWord})(?!\\p{L}|\\s+(?:${counted}|of)(?!\\p{L}))${half}`,
  'gu',
)
const spokenGreek = new RegExp(
  `(?<!\\p{L})(?:στισ|στη|στην|κατα τισ|απο τισ|γυρω στισ|τισ)\\s+${spokenHour}(?:\\s+(και|παρα)\\s+(μιση|τεταρτο|${numberWord}|\\d{1,2}))?(?!\\p{L}|\\s*(?:[kmg]b|αρχεια|φορεσ|μερεσ|ε?βδομαδεσ|μηνεσ|ωρεσ|τελευται\\p{L}+|πρωτεσ|προηγουμεν\\p{L}+|[/.:]\\d|${'ιαν|φεβ|μαρ|απρ|μαι|ιουν|ιουλ|αυγ|σεπ|οκτ|νοε|δεκ'}))${half}`,
  'gu',
)
const named = /(?<!\p{L})(?:at\s+)?(noon|midnight|midday)(?!\p{L})|(?<!\p{L})(?:στισ 12 )?(τα μεσανυχτα)(?!\p{L})/gu

type Read = Omit<SaidClock, 'isAfterMidnight'>

/** All clock times of a message that lie outside the places already read, in their order. */
export function readClocks(source: Source, taken: readonly { start: number; end: number }[]): SaidClock[] {
  const found: SaidClock[] = []
  const isFree = (hit: { start: number; end: number }): boolean =>
    [...taken, ...found].every((each) => hit.end <= each.start || hit.start >= each.end)
  for (const [pattern, read] of readers) {
    for (const hit of hits(source, pattern)) {
      const clock = isFree(hit) && read(source, hit)
      if (clock) found.push(inPartOfDay(source, clock, hit))
    }
  }
  return shareHalves(
    source,
    found.sort((a, b) => a.start - b.start),
  )
}

const digits = (_source: Source, hit: Hit): Read | undefined =>
  clock(
    hit,
    { hour: Number(hit.groups[0]), minute: Number(hit.groups[1] || 0), second: Number(hit.groups[2] || 0) },
    hit.groups[3],
  )

const readers: readonly [RegExp, (source: Source, hit: Hit) => Read | undefined][] = [
  [withColon, digits],
  [fourDigits, digits],
  [withDot, digits],
  [dotAndHalf, digits],
  [halfPast, readHalfPast],
  [spokenGreek, readSpokenGreek],
  [oclockWord, (_source, hit) => clock(hit, { hour: numberOf(hit.groups[0] ?? '') }, hit.groups[1], true)],
  [hourAndHalf, digits],
  [spokenEnglish, (_source, hit) => clock(hit, { hour: numberOf(hit.groups[0] ?? '') }, hit.groups[1], true)],
  [named, (_source, hit) => clock(hit, { hour: hit.groups[0] === 'midnight' || hit.groups[1] ? 0 : 12 }, 'exact')],
  [bareHour, (_source, hit) => clock(hit, { hour: Number(hit.groups[0]) }, undefined, true)],
]

function readHalfPast(_source: Source, hit: Hit): Read | undefined {
  const [amount = '', side, hourSaid = '', part] = hit.groups
  const minutes = amount === 'half' ? 30 : /quarter/.test(amount) ? 15 : numberOf(amount)
  const hour = numberOf(hourSaid)
  if (side === 'to') return clock(hit, { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minutes }, part, false, true)
  return clock(hit, { hour, minute: minutes }, part, false, true)
}

function readSpokenGreek(_source: Source, hit: Hit): Read | undefined {
  const [hourSaid = '', side, amount, part] = hit.groups
  const hour = numberOf(hourSaid)
  const minutes = amount === undefined ? 0 : amount === 'μιση' ? 30 : amount === 'τεταρτο' ? 15 : numberOf(amount)
  const isBare = amount === undefined
  if (side === 'παρα') return clock(hit, { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minutes }, part, false, true)
  return clock(hit, { hour, minute: minutes }, part, isBare, true)
}

type Time = { hour: number; minute?: number; second?: number }

/** `isSpoken`: said with words or without minutes, so that 5 may be 17. */
function clock(
  { start, end }: Hit,
  { hour, minute = 0, second = 0 }: Time,
  half: string | undefined,
  ...[isBare = false, isSpoken = isBare]: boolean[]
): Read | undefined {
  const exact = hourOfDay(hour, half)
  if (!(exact <= 23 && minute <= 59 && second <= 59)) return undefined
  const isOpen = isSpoken && half === undefined && hour <= 12 && hour > 0
  return { start, end, hour: exact, minute, second, isHalfDayUnknown: isOpen, isBare: isBare && half === undefined }
}

const morning = /^(?:a|π|am|.*(?:πρωι|morning|ξημερωματα))/
const noon = /μεσημερι|noon/
const night = /night|νυχτα|βραδυ|βραδακι|tonight/

function hourOfDay(said: number, half: string | undefined): number {
  if (half === 'exact' || !half || said > 12) return said
  if (morning.test(half) && !noon.test(half)) return said % 12
  if (noon.test(half)) return said < 6 ? said + 12 : said
  if (night.test(half) && (said < 5 || said === 12)) return said % 12
  return (said % 12) + 12
}

const parts =
  /(?<!\p{L})(?:πρωι|morning|ξημερωματα|απογευμα|βραδυ|βραδακι|μεσημερι|afternoon|evening|tonight|(?:last |at )?night|νυχτα|αποψε)(?!\p{L})/gu

const isPeriod = new RegExp(`^(?:${period})$`, 'u')

/** "Yesterday evening at 9:40": a part of the day that the same sentence names, if the clock alone leaves it open. */
function inPartOfDay(source: Source, read: Read, hit: Hit): SaidClock {
  const own = hit.groups.find((group) => group !== undefined && isPeriod.test(group))
  const part = own ?? partNamedNear(source, read) ?? (read.isHalfDayUnknown ? partNamedElsewhere(source) : undefined)
  const isNight = part !== undefined && night.test(part)
  if (own || !part || read.hour > 12 || read.hour === 0) return { ...read, isAfterMidnight: isNight && read.hour < 5 }
  const isAfterMidnight = isNight && (read.hour < 5 || read.hour === 12)
  return { ...read, hour: hourOfDay(read.hour, part), isHalfDayUnknown: false, isAfterMidnight }
}

function partNamedNear(source: Source, read: Read): string | undefined {
  const { start, end } = sentenceAround(source, read.start, read.end)
  const near = [...source.folded.slice(start, end).matchAll(parts)].map((match) => ({
    word: match[0],
    distance: Math.abs(start + match.index - read.start),
  }))
  return near.sort((a, b) => a.distance - b.distance)[0]?.word
}

/** "It happens every evening. Yesterday it was at quarter past eleven." */
const partNamedElsewhere = (source: Source): string | undefined => source.folded.match(parts)?.[0]

/** "From 9:15 to 9:40 pm" is both in the evening. */
function shareHalves(source: Source, clocks: SaidClock[]): SaidClock[] {
  return clocks.map((each, index) => {
    const next = clocks[index + 1]
    if (!next || next.start - each.end > 8 || each.hour > 12 || next.hour < 12) return each
    const between = source.folded.slice(each.end, next.start)
    const isRange = /^\s*(?:-|–|to|until|till|and|μεχρι|εωσ|ωσ|και)\s*(?:τισ\s*)?$/u.test(between)
    const hasOwn = new RegExp(period, 'u').test(source.folded.slice(each.start, each.end))
    const says = /pm|p\.m|μ\.?μ|mm|απογευμα|βραδυ|afternoon|evening/u.test(source.folded.slice(next.start, next.end))
    return isRange && says && !hasOwn && each.hour % 12 <= next.hour % 12
      ? { ...each, hour: (each.hour % 12) + 12, isHalfDayUnknown: false }
      : each
  })
}
