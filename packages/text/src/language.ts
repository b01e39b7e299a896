import { fold } from './fold.ts'
import { languageSeed } from './language-seed.ts'
import { isGreeklishStopWord, isStopWord } from './stop-words.ts'
import type { Locale } from './tokenise.ts'
import { transliterate } from './transliterate.ts'

export type DetectedLanguage = {
  language: Locale
  script: 'latin' | 'greek'
  /** Greek written in Latin letters. */
  greeklish: boolean
  /** 0.5 is a coin toss, 1 is certain. */
  confidence: number
}

/** Tells English from Greek in Latin letters by character n-grams. */
export type LanguageModel = { greeklishLogOdds: (text: string) => number }

type Counts = { grams: Map<string, number>; total: number }

const greekShare = 0.15
const longestGram = 4

/** Which language a message is in. Greek letters decide; Latin ones are judged by the model (by default the built-in seed). */
export function detectLanguage(text: string, model: LanguageModel = seedModel()): DetectedLanguage {
  const plain = withoutMachineText(text)
  const greek = shareOfGreekLetters(plain)
  if (greek === undefined) return { language: 'en', script: 'latin', greeklish: false, confidence: 0.5 }
  if (greek > greekShare) return { language: 'el', script: 'greek', greeklish: false, confidence: 1 }
  const odds = model.greeklishLogOdds(plain) + functionWordOdds(plain)
  const greeklish = odds > 0
  return {
    language: greeklish ? 'el' : 'en',
    script: 'latin',
    greeklish,
    confidence: 1 / (1 + Math.exp(-Math.abs(odds))),
  }
}

/** Whether the text is Greek in Greek letters: the cheap part of `detectLanguage`. */
export const isInGreekLetters = (text: string): boolean =>
  (shareOfGreekLetters(withoutMachineText(text)) ?? 0) > greekShare

/** Undefined for a text without letters. */
function shareOfGreekLetters(plain: string): number | undefined {
  const letters = plain.match(/\p{L}/gu)?.length ?? 0
  return letters === 0 ? undefined : (plain.match(/\p{Script=Greek}/gu)?.length ?? 0) / letters
}

/** Learns from our own texts; the Greek ones are transliterated in both habits, since nobody writes a Greeklish corpus. */
export function trainLanguageModel(texts: { en: readonly string[]; el: readonly string[] }): LanguageModel {
  const english = count(enough(texts.en))
  const greek = enough(texts.el)
  const greeklish = count([
    ...greek.map((text) => transliterate(text, 'phonetic')),
    ...greek.map((text) => transliterate(text, 'visual')),
  ])
  const vocabulary = new Set([...english.grams.keys(), ...greeklish.grams.keys()]).size + 1
  const logProbability = (counts: Counts, gram: string): number =>
    Math.log(((counts.grams.get(gram) ?? 0) + 0.5) / (counts.total + 0.5 * vocabulary))
  const oddsOf = (gram: string): number => logProbability(greeklish, gram) - logProbability(english, gram)
  const known = new Map([...english.grams.keys(), ...greeklish.grams.keys()].map((gram) => [gram, oddsOf(gram)]))
  const unknown = oddsOf('')

  const greeklishLogOdds = (text: string): number => {
    const grams = gramsOf(text)
    if (grams.length === 0) return 0
    const sum = grams.reduce((odds, gram) => odds + (known.get(gram) ?? unknown), 0)
    // Overlapping n-grams repeat the same evidence; dividing by their lengths keeps the odds honest.
    return sum / longestGram
  }
  return { greeklishLogOdds }
}

/** Small words of only one of the two languages; they hold a short question together when its nouns are borrowed. */
const functionWordWeight = 1.5

function functionWordOdds(text: string): number {
  const words = fold(text).match(/[a-z0-9]+/g) ?? []
  const greeklish = words.filter((word) => isGreeklishStopWord(word) && !isStopWord(word)).length
  const english = words.filter((word) => isStopWord(word) && !isGreeklishStopWord(word)).length
  return functionWordWeight * (greeklish - english)
}

let cachedSeedModel: LanguageModel | undefined
function seedModel(): LanguageModel {
  cachedSeedModel ??= trainLanguageModel(languageSeed)
  return cachedSeedModel
}

const machineText = /https?:\/\/\S+|\S+@\S+|\b\w*[_-]\w*\d\w*\b/gu
const acronym = /\b[A-Z]{2,5}\b/g

/** Addresses, links, ids and acronyms look foreign in every language. A text all in capitals has no acronyms. */
function withoutMachineText(text: string): string {
  const words = text.replace(machineText, ' ')
  return /\p{Ll}/u.test(words) ? words.replace(acronym, ' ') : words
}

/** More than this teaches nothing new about two languages, and a help centre can be large. */
const enoughCharacters = 40_000

function enough(texts: readonly string[]): string[] {
  let left = enoughCharacters
  return texts.flatMap((text) => {
    const part = text.slice(0, Math.max(0, left))
    left -= part.length
    return part ? [part] : []
  })
}

function count(texts: readonly string[]): Counts {
  const grams = new Map<string, number>()
  let total = 0
  for (const gram of texts.flatMap(gramsOf)) {
    grams.set(gram, (grams.get(gram) ?? 0) + 1)
    total++
  }
  return { grams, total }
}

function gramsOf(text: string): string[] {
  const grams: string[] = []
  for (const word of fold(text).match(/[a-z0-9]*[a-z][a-z0-9]*/g) ?? []) {
    const padded = ` ${word} `
    for (let size = 1; size <= longestGram; size++) {
      for (let i = 0; i + size <= padded.length; i++) grams.push(padded.slice(i, i + size))
    }
  }
  return grams
}
