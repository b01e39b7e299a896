import { detectLanguage, editDistance, foldMapped, isGreeklishStopWord, isStopWord, skeletonVariants } from '@clew/text'
import { englishWords, greekWords, ownWords } from './vocabulary.ts'

/** A message as the rules read it, and where each of its letters stands in the message. */
export type Reading = {
  read: string
  /** In Greek, in whichever letters. */
  isGreek: boolean
  original: (start: number, end: number) => string
  /** Whether a word between two places was spelt in another way than the rules spell it. */
  isRespelt: (start: number, end: number) => boolean
}

const longestWord = 24
const sampleLength = 3_000
const longestSample = 60
/** A slip of the finger is only believed in words that have enough other letters. */
const shortestTypo = 5
const longWord = 9

const english = new Set(englishWords)
const greek = new Set(greekWords)

const bySound = new Map<string, string>()
for (const word of greekWords) {
  const [sound = word] = skeletonVariants(word)
  if (!bySound.has(sound)) bySound.set(sound, word)
}

type Bucket = ReadonlyMap<string, readonly string[]>
/** Words by first letter and length, so that a word is compared with few. */
const bucketsOf = (words: Iterable<string>): Bucket => {
  const buckets = new Map<string, string[]>()
  for (const word of words) {
    if (word.length < shortestTypo) continue
    for (const first of new Set([word[0], word[1]])) {
      const key = `${first}${word.length}`
      buckets.set(key, [...(buckets.get(key) ?? []), word])
    }
  }
  return buckets
}
const englishBuckets = bucketsOf(english)
const greekBuckets = bucketsOf(greek)
const soundBuckets = bucketsOf(bySound.keys())

/** Folds a message and spells its words as the rules do: without typos, and Greek in Greek letters. */
export function readAsSpelt(text: string): Reading {
  const { folded, original } = foldMapped(text)
  const isGreeklish = detectLanguage(sampleOf(text)).greeklish || soundsGreek(folded)
  const known = new Map<string, string>()
  const places: number[] = []
  const respelt: [number, number][] = []
  let read = ''
  let last = 0
  const keep = (until: number): void => {
    for (let i = last; i < until; i++) places.push(i)
    read += folded.slice(last, until)
    last = until
  }
  for (const match of folded.matchAll(/(?<![\p{L}\p{N}@_/\\])[\p{L}\p{N}]+(?![\p{L}\p{N}@_/\\]|\.[\p{L}\p{N}])/gu)) {
    const [word] = match
    const spelt = known.get(word) ?? spell(word, isGreeklish)
    known.set(word, spelt)
    if (spelt === word) continue
    keep(match.index)
    respelt.push([read.length, read.length + spelt.length])
    for (let i = 0; i < spelt.length; i++) places.push(match.index + Math.min(i, word.length))
    read += spelt
    last = match.index + word.length
  }
  keep(folded.length)
  places.push(folded.length)
  const place = (index: number): number => places[index] ?? folded.length
  return {
    read,
    isGreek: isGreeklish || /\p{Script=Greek}/u.test(folded),
    original: (start, end) => original(place(start), place(end)),
    isRespelt: (start, end) => respelt.some(([from, to]) => from < end && to > start),
  }
}

/** Enough words to tell the language by; a word without end tells nothing. */
const sampleOf = (text: string): string =>
  text
    .slice(0, sampleLength)
    .split(/\s+/)
    .filter((word) => word.length <= longestSample)
    .join(' ')

function spell(word: string, isGreeklish: boolean): string {
  if (word.length > longestWord || /^\d+$/.test(word)) return word
  if (/\p{Script=Greek}/u.test(word)) return greek.has(word) ? word : (nearest(word, greekBuckets) ?? word)
  return (isGreeklish ? spellGreeklish(word) : spellEnglish(word)) ?? word
}

/** "Me", "to" and "an" are words of both languages: in a Greek message they are Greek. */
function spellGreeklish(word: string): string | undefined {
  const heard = sounding(word)
  if (english.has(word) && !(heard && word.length <= 3)) return word
  if (heard || isStopWord(word) || ownWords.has(word)) return heard
  return nearest(word, englishBuckets) ?? nearlySounding(word)
}

/** Greek words in an English message are long ones, if any. */
function spellEnglish(word: string): string | undefined {
  if (english.has(word) || isStopWord(word)) return word
  const heard = word.length >= shortestTypo ? sounding(word) : undefined
  return heard ?? (ownWords.has(word) ? word : nearest(word, englishBuckets))
}

/** Short words that are Greek beyond doubt. */
const onlyGreek = new Set(['kai', 'oxi', 'ochi', 'exw'])
/** Greek words that sound like English ones. */
const alsoEnglish = new Set(['mono', 'meta', 'ores', 'ergo'])
const enoughGreek = 2

/** One long word that sounds like one of ours in Greek, and is no English word, is enough, or two short ones. */
function soundsGreek(folded: string): boolean {
  const words = folded.match(/(?<![\p{L}\p{N}@_/\\.-])[a-z0-9]*[a-z][a-z0-9]*(?![\p{L}\p{N}@_/\\.-])/gu) ?? []
  let points = 0
  for (const word of new Set(words)) {
    if (onlyGreek.has(word)) points += enoughGreek
    else if (isGreeklishStopWord(word) && !isStopWord(word)) points += 1
    else if (word.length >= 4 && isHeardAsGreek(word)) points += word.length >= shortestTypo ? enoughGreek : 1
    if (points >= enoughGreek) return true
  }
  return false
}

const isHeardAsGreek = (word: string): boolean =>
  word.length <= longestWord &&
  !english.has(word) &&
  !ownWords.has(word) &&
  !alsoEnglish.has(word) &&
  !isStopWord(word) &&
  sounding(word) !== undefined

/** Spellings whose letters a sound does not tell apart: "proi" has three sounds, "οι" has one. */
const otherSpellings = new Map([
  ['proi', 'πρωι'],
  ['proii', 'πρωι'],
  ['mm', 'μμ'],
])

function sounding(word: string): string | undefined {
  const known = otherSpellings.get(word)
  if (known) return known
  // By shape η is h, so that "th" is θ or τη.
  const variants = word.includes('th') ? [word, word.replaceAll('th', 'ti')] : [word]
  for (const sound of variants.flatMap(skeletonVariants)) {
    const heard = bySound.get(sound)
    if (heard) return heard
  }
  return undefined
}

function nearlySounding(word: string): string | undefined {
  if (word.length < shortestTypo) return undefined
  for (const sound of skeletonVariants(word)) {
    const close = nearest(sound, soundBuckets)
    if (close) return bySound.get(close)
  }
  return undefined
}

/** "Κανονικό" is not a slip for «κανονικά»: a word that differs in its last letter alone is another form or another word. */
function isOtherEnding(word: string, candidate: string): boolean {
  const shared = Math.min(word.length, candidate.length - (word.length === candidate.length ? 1 : 0))
  return word.slice(0, shared) === candidate.slice(0, shared)
}

/** The one word that is a slip of the finger away. A final ending may differ by more in a long word. */
function nearest(word: string, buckets: Bucket): string | undefined {
  if (word.length < shortestTypo || isStopWord(word) || /\d/.test(word)) return undefined
  const limit = word.length >= longWord ? 2 : 1
  let best: string | undefined
  let least = limit + 1
  for (let length = word.length - limit; length <= word.length + limit; length++) {
    for (const candidate of buckets.get(`${word[0]}${length}`) ?? []) {
      if (isOtherEnding(word, candidate)) continue
      const distance = editDistance(word, candidate, limit)
      if (distance < least) [best, least] = [candidate, distance]
    }
  }
  return best
}
