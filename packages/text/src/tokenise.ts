import { fold } from './fold.ts'
import { stem } from './stem.ts'
import { isStopWord } from './stop-words.ts'

export type Locale = 'en' | 'el'

export type Token = {
  /** As the person wrote it. */
  surface: string
  folded: string
  stem: string
  isStop: boolean
}

const word = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu

/** Splits text into words with their folded form and stem; apostrophes inside a word are dropped ("can't" is `cant`). */
export function tokenise(text: string): Token[] {
  return (text.match(word) ?? []).map(asToken)
}

/** The same, remembering each distinct word: a help centre repeats few words many times. */
export function createTokeniser(): (text: string) => Token[] {
  const known = new Map<string, Token>()
  const remembered = (surface: string): Token => {
    const token = known.get(surface) ?? asToken(surface)
    known.set(surface, token)
    return token
  }
  return (text) => (text.match(word) ?? []).map(remembered)
}

function asToken(surface: string): Token {
  const folded = fold(surface).replace(/['’]/g, '')
  return { surface, folded, stem: stem(folded), isStop: isStopWord(folded) }
}
