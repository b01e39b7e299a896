import { fold, skeleton, skeletonVariants, tokenise } from '@clew/text'

/** The words of a message, each as it is spelt and in every way it may sound. */
export type Said = { words: readonly string[]; sounds: readonly (readonly string[])[] }

const longest = 400
const longestWord = 40

export function saidIn(message: string): Said {
  const words = tokenise(message.slice(0, 4000))
    .slice(0, longest)
    .map(({ folded }) => folded.slice(0, longestWord))
  return { words, sounds: words.map(skeletonVariants) }
}

/** Finds whether one of the phrases is said. */
export type Phrases = { in: (said: Said) => boolean }

type Part = Word | { kind: 'gap'; most: number }
/** What a word may be: as it is spelt, or as Greek sounds; whole, or its beginning. */
type Word = { kind: 'word'; spelt: Choices; heard: Choices }
type Choices = { whole: ReadonlySet<string>; begins: readonly string[] }
type Phrase = readonly [Word, ...Part[]]

/**
 * Reads phrases, one a line. `word*` is any ending of a word, `a/b` one of several, `…` up to four words of any kind.
 * Greek phrases also find Greek in Latin letters, because they are compared by their sound. There are some thousand, which
 * are read when something is said and not while a server starts.
 */
export function phrases(lines: string): Phrases {
  let read: Phrases | undefined
  return { in: (said) => (read ??= readPhrases(lines)).in(said) }
}

function readPhrases(lines: string): Phrases {
  const compiled = lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map(phraseOf)
  // Most words of a message begin no phrase at all, so phrases are found by their first word.
  const spelt = byFirst(compiled, ([first]) => first.spelt.whole)
  const heard = byFirst(compiled, ([first]) => first.heard.whole)
  const open = compiled.filter(([{ spelt, heard }]) => spelt.begins.length + heard.begins.length > 0)
  const oneFits = (some: readonly Phrase[] | undefined, said: Said, place: number): boolean =>
    some?.some((phrase) => fits(phrase, said, { part: 0, place })) === true
  const startsAt = (said: Said, word: string, place: number): boolean =>
    oneFits(spelt.get(word), said, place) ||
    said.sounds[place]?.some((sound) => oneFits(heard.get(sound), said, place)) === true ||
    oneFits(open, said, place)
  return { in: (said) => said.words.some((word, place) => startsAt(said, word, place)) }
}

function byFirst(all: readonly Phrase[], firstOf: (phrase: Phrase) => ReadonlySet<string>): Map<string, Phrase[]> {
  const index = new Map<string, Phrase[]>()
  for (const phrase of all) for (const word of firstOf(phrase)) index.set(word, [...(index.get(word) ?? []), phrase])
  return index
}

/** Which part of a phrase is to be found at which word. */
type At = { part: number; place: number }

function fits(parts: readonly Part[], said: Said, at: At): boolean {
  const part = parts[at.part]
  if (!part) return true
  const { place } = at
  const next = at.part + 1
  if (part.kind === 'word')
    return (
      place < said.words.length && matches(part, said, place) && fits(parts, said, { part: next, place: place + 1 })
    )
  for (let skipped = 0; skipped <= part.most; skipped++)
    if (fits(parts, said, { part: next, place: place + skipped })) return true
  return false
}

const matches = ({ spelt, heard }: Word, { words, sounds }: Said, place: number): boolean =>
  agrees(spelt, words[place] ?? '') || (sounds[place] ?? []).some((sound) => agrees(heard, sound))

const agrees = ({ whole, begins }: Choices, candidate: string): boolean =>
  whole.has(candidate) || begins.some((begin) => candidate.startsWith(begin))

function phraseOf(line: string): Phrase {
  const [first, ...rest] = line.split(/\s+/)
  return [
    wordOf(first ?? ''),
    ...rest.map((part) => (part === '…' ? ({ kind: 'gap', most: 4 } as const) : wordOf(part))),
  ]
}

function wordOf(written: string): Word {
  const choices = written.split('/').map((choice) => {
    const word = fold(choice.replace(/\*$/, '')).replace(/['’]/g, '')
    const isGreek = /\p{Script=Greek}/u.test(word)
    return { word: isGreek ? skeleton(word) : word, isGreek, isOpen: choice.endsWith('*') }
  })
  const of = (isGreek: boolean): Choices => {
    const own = choices.filter((choice) => choice.isGreek === isGreek)
    const words = (isOpen: boolean): string[] => own.filter((one) => one.isOpen === isOpen).map(({ word }) => word)
    return { whole: new Set(words(false)), begins: words(true) }
  }
  return { kind: 'word', spelt: of(false), heard: of(true) }
}
