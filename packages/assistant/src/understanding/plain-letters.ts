import { decodeUtf8, fromBase64 } from '@clew/redact'
import { unturned } from './turned-letters.ts'

/*
 * Words that are written so that a person reads them and a filter does not are read as they are meant. A message without
 * any stays as it is.
 */

/** With sentences in base64 decoded: a key is no sentence. Before secrets are looked for, or they would seem to be one. */
export const withDecoded = (text: string): string => text.replace(blob, decoded)

/** With words joined whose letters stand apart, letters in the place of digits and signs, and what is turned round turned back. */
export const inPlainLetters = (text: string): string => unturned(withoutDisguise(closedUp(text)))

const blob = /(?<![\w+/=])[A-Za-z0-9+/]{15,}={0,2}(?![\w+/=])/g

/** Two words, or Greek, which nothing decodes to by chance. */
const sentence = /\p{L}{2}\s\p{L}{2}|^\p{Script=Greek}+$/u

function decoded(encoded: string): string {
  const bytes = fromBase64(encoded)
  if (!bytes) return encoded
  const plain = decodeUtf8(bytes)
  const letters = plain.match(/[\p{Script=Latin}\p{Script=Greek}\s]/gu)?.length ?? 0
  return letters / plain.length > 0.85 && sentence.test(plain) ? plain : encoded
}

/** Five letters or more with one space between them; where there are two, a word ends. */
const spread = /(?<![\p{L}\p{N}])\p{L}(?:[ .*_-]{1,3}\p{L}){4,}(?![\p{L}\p{N}])/gu

function closedUp(text: string): string {
  return text.replace(spread, (run) =>
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
