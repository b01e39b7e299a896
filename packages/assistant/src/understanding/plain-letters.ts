import { withoutLookAlikes } from './look-alikes.ts'
import { unturned } from './turned-letters.ts'

/*
 * Words that are written so that a person reads them and a filter does not are read as they are meant. A message without
 * any stays as it is.
 */

/** With words joined whose letters stand apart, letters in the place of digits and signs, and what is turned round turned back. */
export const inPlainLetters = (text: string): string => unturned(withoutDisguise(closedUp(withoutLookAlikes(text))))

/** Five letters or more with one space between them; where there are two, a word ends. */
const spread = /(?<![\p{L}\p{N}])\p{L}(?:[ .*_-]{1,3}\p{L}){4,}(?![\p{L}\p{N}])/gu

/** Letters with a sign between them, where there are more than a few such words: one alone is an abbreviation. */
const dotted = /(?<![\p{L}\p{N}])\p{L}(?:[.*_-]\p{L})+(?![\p{L}\p{N}])/gu
const fewestDotted = 2

function closedUp(text: string): string {
  const long = (text.match(dotted) ?? []).filter((run) => run.length > 4).length
  const joined = long < fewestDotted ? text : text.replace(dotted, (run) => run.replace(/[.*_-]/g, ''))
  return joined.replace(spread, (run) =>
    run
      .split(/[ .*_-]{2,}/)
      .map((word) => word.replace(/[^\p{L}]/gu, ''))
      .join(' '),
  )
}

const disguises: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}
/** A word with signs for letters that no habit of typing Greek in Latin letters knows. */
const disguised = /(?<![\p{L}\p{N}@$])(?=[\w@$]*[a-z])(?=[\w@$]*[0157@$])[a-z0134578@$]{2,20}(?![\p{L}\p{N}@$.])/giu
const fewest = 3

function withoutDisguise(text: string): string {
  const words = text.match(disguised)?.length ?? 0
  const all = text.match(/\S+/g)?.length ?? 0
  if (words < fewest || words < all / 2) return text
  return text.replace(disguised, (word) => word.replace(/[013457@$]/g, (sign) => disguises[sign] ?? sign))
}
