import { detectLanguage, fold, skeleton, stem, type Token, tokenise } from '@clew/text'
import { saidIn } from '../understanding/said.ts'
import { fnv } from './fnv.ts'
import { type Known, mended } from './lexicon.ts'
import { movesSaid } from './moves.ts'
import { notionsIn } from './notions.ts'

/** Where a feature falls in the weights of a classifier; a power of two. */
export const buckets = 1 << 15

/** A message as a sparse vector of length 1: buckets in ascending order, and the value of each. */
export type Features = { at: readonly number[]; value: readonly number[] }

const longest = 1500

/**
 * What a message looks like to the classifiers: its words, pairs of neighbouring words, and the letters inside them.
 * Greek is read by its sound, so that what is learnt from Greek letters holds for Greek in Latin letters as well. The guard
 * sees what kind of words they are in the place of letters.
 */
export function featuresOf(message: string, known: Known): { plain: Features; wary: Features } {
  const { text, tokens, mark, roots, words, content } = readMessage(message, known.word)
  const names = [...shapes(text), `is foreign ${foreignness(content, known.root)}`]
  for (const root of roots) names.push(`${mark}w${root}`)
  for (const [place, root] of roots.entries()) names.push(`${mark}p${roots[place - 1] ?? ''} ${root}`)
  if (mark === 'g') names.push(...borrowed(tokens))
  const letters = words.flatMap((word) => gramsOf(word).map((gram) => `${mark}c${gram}`))
  const said = saidIn(text)
  const moves = together(movesSaid(said, text))
  const notions = notionsIn(said).map((notion) => `notion ${notion}`)
  return { plain: vectorOf([names, letters, moves]), wary: vectorOf([names, moves, notions]) }
}

/** Each move and each pair of them: an order and what it is about say together what neither says alone. */
function together(moves: readonly string[]): string[] {
  return moves.flatMap((move, place) => [
    `move ${move}`,
    ...moves.slice(0, place).map((other) => `moves ${other} ${move}`),
  ])
}

/** The roots of the words that carry meaning, and the words themselves, as `featuresOf` asks about them. */
export function wordsOf(message: string): { roots: readonly string[]; words: readonly string[] } {
  const { content, words } = readMessage(message, () => true)
  return { roots: content, words }
}

type ReadMessage = {
  text: string
  tokens: readonly Token[]
  mark: 'g' | 'e'
  words: readonly string[]
  roots: readonly string[]
  content: readonly string[]
}

function readMessage(message: string, isWord: Known['word']): ReadMessage {
  const text = message.slice(0, longest)
  const isGreek = detectLanguage(text).language === 'el'
  const tokens = tokenise(text.replace(machineText, ' '))
  const typed = isGreek ? tokens.map(bySound) : tokens.map(({ folded }) => folded)
  const words = typed.map((word) => mended(word, isWord))
  const roots = isGreek
    ? words.map((word) => word.slice(0, 6))
    : tokens.map((token, place) => (words[place] === typed[place] ? token.stem : stem(words[place] ?? '')))
  const mark = isGreek ? 'g' : 'e'
  const content = roots
    .filter((root, place) => root.length > 2 && !tokens[place]?.isStop && !/^\d+$/.test(root))
    .map((root) => mark + root)
  return { text, tokens, mark, words, roots, content }
}

/** How much of a message is words that nobody uses about our product, in four steps. */
function foreignness(content: readonly string[], isKnown: (root: string) => boolean): string {
  if (content.length === 0) return 'nothing said'
  const share = content.filter((root) => !isKnown(root)).length / content.length
  return share === 0 ? 'not' : share < 0.25 ? 'a little' : share < 0.5 ? 'half' : 'mostly'
}

const bySound = ({ folded }: Token): string => skeleton(folded)

/** English words in a Greek sentence mean what they mean in an English one. */
const borrowed = (tokens: readonly Token[]): string[] =>
  tokens.filter(({ folded }) => /^[a-z]{3,}$/.test(folded)).map(({ folded }) => `ew${stem(folded)}`)

const machineText = /https?:\/\/\S+|\S+@\S+\.\S+|[\w-]*\d[\w-]{9,}/gu

/** What strikes the eye before a word is read. */
function shapes(text: string): string[] {
  const found: [string, boolean][] = [
    ['status-client', /(?<!\d)4(?:0[0-9]|1[0-9]|2[0-9])(?!\d)/.test(text)],
    ['status-server', /(?<!\d)5(?:0[0-9]|2[0-9])(?!\d)/.test(text)],
    ['id', /\b(?:req|chatcmpl|resp|run|msg|thread|batch)[-_][a-z0-9]{6,}/i.test(text)],
    ['address', /\S+@\S+\.\S+/.test(text)],
    ['link', /https?:\/\//.test(text)],
    ['code', /```|\{\s*"|<[a-z/!]|\n\s*at /i.test(text)],
    ['question', /[?;;]\s*$/.test(text.trim())],
    ['short', tokenise(text).length <= 3],
    ['long', text.length > 300],
    ['capitals', /\p{Lu}{4,}/u.test(text) && !/\p{Ll}/u.test(text)],
    ['money', /[€$£]\s?\d|\d\s?(?:€|\$|£|eur|euro|ευρώ|evro)/iu.test(fold(text))],
    ['size', /\d\s?(?:mb|gb|kb|μβ)/iu.test(text)],
  ]
  return found.filter(([, isSo]) => isSo).map(([name]) => `is ${name}`)
}

function gramsOf(word: string): string[] {
  if (word.length < 3) return []
  const padded = `_${word.slice(0, 24)}_`
  const grams: string[] = []
  for (let size = 3; size <= 5; size++) {
    for (let start = 0; start + size <= padded.length; start++) grams.push(padded.slice(start, start + size))
  }
  return grams
}

/** Words, letters and moves get the same part of the length each, however long the message is. */
function vectorOf(parts: readonly (readonly string[])[]): Features {
  const total = new Map<number, number>()
  for (const part of parts.map((names) => new Set(names))) {
    const share = 1 / Math.sqrt(2 * Math.max(1, part.size))
    for (const name of part) {
      const bucket = fnv(name) & (buckets - 1)
      total.set(bucket, (total.get(bucket) ?? 0) + share)
    }
  }
  const at = [...total.keys()].sort((a, b) => a - b)
  return { at, value: at.map((bucket) => total.get(bucket) ?? 0) }
}
