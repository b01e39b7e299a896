import { fnv } from './fnv.ts'

/** What is known of words: the roots that are used about our product, and the words that people write. */
export type Known = { root(root: string): boolean; word(word: string): boolean }

/** Words as bits, three for each, so that one in some ten thousand others is taken for one of them. */
export const lexiconBytes = 1 << 17

const rootKey = (root: string): string => `r${root}`
const wordKey = (word: string): string => `w${word}`

export function packLexicon({ roots, words }: { roots: Iterable<string>; words: Iterable<string> }): Uint8Array {
  const bits = new Uint8Array(lexiconBytes)
  const add = (key: string): void => {
    for (const bit of bitsOf(key)) bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7))
  }
  for (const root of roots) add(rootKey(root))
  for (const word of words) add(wordKey(word))
  return bits
}

export function readLexicon(bits: Uint8Array): Known {
  const holds = (key: string): boolean => bitsOf(key).every((bit) => ((bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0)
  return { root: (root) => holds(rootKey(root)), word: (word) => holds(wordKey(word)) }
}

function bitsOf(key: string): number[] {
  const first = fnv(key)
  const step = fnv(key, 0x9747b28c) | 1
  return [0, 1, 2].map((times) => ((first + Math.imul(step, times)) >>> 0) % (lexiconBytes * 8))
}

const shortest = 5
const longest = 20

/**
 * The word that was meant, where one slip behind the first letter makes of it what nobody writes: two letters that changed
 * places, one too many, a wrong one, or one left out. Else the word as it is.
 */
export function mended(word: string, isWord: (word: string) => boolean): string {
  if (word.length < shortest || word.length > longest || !/^\p{L}+$/u.test(word) || isWord(word)) return word
  for (const meant of slipsBack(word)) if (isWord(meant)) return meant
  return word
}

function* slipsBack(word: string): Generator<string> {
  const letters = /[a-z]/.test(word) ? latin : greek
  for (let at = 1; at < word.length - 1; at++)
    yield word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
  for (let at = 1; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1)
  for (let at = 1; at < word.length; at++)
    for (const letter of letters) yield word.slice(0, at) + letter + word.slice(at + 1)
  for (let at = 1; at <= word.length; at++)
    for (const letter of letters) yield word.slice(0, at) + letter + word.slice(at)
}

/** Sounds of Greek are written in Latin letters, some of them in capitals and digits. */
const latin = 'abcdefghijklmnopqrstuvwxyzUFX83'
const greek = 'αβγδεζηθικλμνξοπρσςτυφχψω'
