import { numberOf, numberWord } from './number-words.ts'
import { type Hit, hits, type Source } from './source.ts'

const amount = `(\\d{1,3}|an?|half an|half a|${numberWord}|μιση|μια και μιση|μιαμιση|a couple of|a few)`
const unit =
  "(minutes?|mins?|min|hours?|hrs?|hr|h|days?|weeks?|months?|λεπτα|λεπτο|λεπτων|ωρεσ|ωρα|ωρων|μερεσ|μερα|ημερεσ|ημερα|εβδομαδ\\p{L}*|μηνα|μηνεσ|['’])"
const andHalf = '((?:\\s+and a half|\\s+και μιση)?)'
const about = '(?:(?:about|around|roughly|some|απο|περιπου|κανα|καμια)\\s+){0,3}'

const ago = new RegExp(`(?<![\\p{L}\\d])${amount}\\s*${unit}${andHalf}\\s+(?:ago|back|πριν)(?!\\p{L})`, 'gu')
const before = new RegExp(
  `(?<!\\p{L})(?:πριν|εδω και|for the (?:last|past)|(?:over|in) the (?:last|past))\\s+${about}${amount}\\s*${unit}${andHalf}(?!\\p{L})`,
  'gu',
)
const later = new RegExp(
  `(?<!\\p{L})${amount}\\s+${unit}${andHalf}\\s+(later|earlier|after|before|αργοτερα|νωριτερα|μετα|πριν)\\s+(?:than|from|απο)?\\s*(?:what|that|ο,?τι|οσο|αυτο|αυτα)?\\s*(?:που)?\\s*(?:i|σασ|σου)?\\s*(?:said|told|wrote|mentioned|ειπα|εγραψα|that)`,
  'gu',
)

export type SaidAgo = Hit & { minutes: number | undefined }

/** "20 minutes ago"; `minutes` is undefined where only days are told. */
export function readAgos(source: Source): SaidAgo[] {
  return [...hits(source, ago), ...hits(source, before)].sort((a, b) => a.start - b.start).map(measured)
}

/** "Half an hour later than I said": minutes to add to what was said before. */
export function readShift(source: Source): SaidAgo | undefined {
  const hit = hits(source, later)[0]
  if (!hit) return undefined
  const said = measured(hit)
  const sign = /later|after|αργοτερα|μετα/.test(hit.groups[3] ?? '') ? 1 : -1
  return { ...said, minutes: said.minutes === undefined ? undefined : sign * said.minutes }
}

function measured(hit: Hit): SaidAgo {
  const [said = '', unitName = '', extra] = hit.groups
  const perUnit = /^(?:d|w|mo|μερ|ημερ|εβδ|μην)/.test(unitName) ? undefined : /^(?:h|ωρ)/.test(unitName) ? 60 : 1
  const count = countOf(said) + (extra ? 0.5 : 0)
  return { ...hit, minutes: perUnit === undefined || Number.isNaN(count) ? undefined : count * perUnit }
}

function countOf(said: string): number {
  if (/^half|^μιση$/.test(said)) return 0.5
  if (/^μιαμιση|^μια και μιση/.test(said)) return 1.5
  return numberOf(said)
}
