import type { Place } from './machine-moments.ts'
import { type Source, sentenceAround } from './source.ts'

const upTo = new Set('before by until till πριν μεχρι εωσ ωσ'.split(' '))
const at = new Set('at on around about στισ στη στην'.split(' '))
/** Words between a preposition and its moment: "by Friday, 24 April at 10:00", «μέχρι και την Παρασκευή στις». */
const mostBetween = 6

/** Something that is wanted, or still to come. */
const wanted =
  /(?<!\p{L})(?:need|needs|want|wants|must|have to|has to|should|would like|rather|expect|expects|hope|please|can (?:you|we|i|somebody|someone)|could (?:you|we|somebody|someone)|due|deadline|θελω|θελουμε|θελει|(?:x|ch|h)reiaz\p{L}+|prepei|χρειαζ\p{L}+|πρεπει|μπορειτε|μπορεισ|παρακαλω|ελπιζ\p{L}+|προθεσμια|περιμεν(?:ω|ουμε)|ιδανικα)(?!\p{L})/u
const toCome =
  /(?<!\p{L})(?:(?:will|shall)(?! not)|(?:i|we|you|they|it)['’]ll|(?:am|are|is|['’](?:m|re|s)) (?:going|about|due) to|(?<!δεν )θα)(?!\p{L})/u
/** What was wanted of a moment that has been: "I want to know why it failed before noon". */
const happened =
  /(?<!\p{L})(?:fail(?:s|ed|ing)?|br(?:oke|eaks)|stopp?(?:s|ed)|crash(?:es|ed)|happen(?:s|ed)|went|was|were|saw|got|had|did|worked|works|started|began|tried|upload(?:ed|s)|received|charged|επεσε|πεφτει|σταματ\p{L}+|απετυχ\p{L}+|αποτυ\p{L}+|χαλασε|συνεβη|εγινε|ηταν|κολλ\p{L}+|δουλευε|εβγαλε|βγαζει|προσπαθησα|δοκιμασα|ειχα\p{L}*)(?!\p{L})/u

/** A moment by which something is needed, or at which something is still to be done, is not when it happened. */
export function isAhead(source: Source, place: Place): boolean {
  const near = prepositionOf(source, place)
  if (!near) return false
  const said = near.isAlone ? sentenceAround(source, place.start, place.end) : clauseAround(source, place)
  const words = source.folded.slice(said.start, said.end)
  return !happened.test(words) && (toCome.test(words) || (near.isUpTo && wanted.test(words)))
}

/** The preposition that brings the moment in; `isAlone` where a comma parts it from what is wanted: "…, by noon". */
function prepositionOf(source: Source, place: Place): { isUpTo: boolean; isAlone: boolean } | undefined {
  const clause = clauseAround(source, place)
  const words = source.folded.slice(clause.start, place.end).match(/[\p{L}\p{N}:./]+/gu) ?? []
  const near = words.slice(-mostBetween)
  const isUpTo = near.some((word) => upTo.has(word))
  if (!isUpTo && !near.some((word) => at.has(word))) return undefined
  const all = source.folded.slice(clause.start, clause.end).match(/\p{L}+/gu) ?? []
  return { isUpTo, isAlone: isUpTo && all.length <= 3 }
}

/** What stands between the commas, dashes and conjunctions around a place. */
function clauseAround(source: Source, { start, end }: Place): Place {
  const sentence = sentenceAround(source, start, end)
  const before = source.folded.slice(sentence.start, start)
  const from = Math.max(...[...before.matchAll(clauseEdge)].map((match) => match.index + match[0].length), 0)
  const after = source.folded.slice(end, sentence.end).search(clauseEdge)
  return { start: sentence.start + from, end: after < 0 ? sentence.end : end + after }
}

const clauseEdge = /[,(–—:](?=\s+\D)|(?<!\p{L})(?:and|but|so|και|αλλα|οποτε|γιατι|because|since)(?!\p{L})/gu
