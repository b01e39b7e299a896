import { decodeUtf8, fromBase64 } from '@clew/redact'

/**
 * Words that are written so that a person reads them and a filter does not: in base64, with a space after each letter,
 * with digits and signs in the place of letters. The message with such words as they are meant; any other message as it is.
 */
export function inPlainLetters(text: string): string {
  return withoutDisguise(closedUp(text.replace(blob, decoded)))
}

const blob = /(?<![\w+/=])[A-Za-z0-9+/]{15,}={0,2}(?![\w+/=])/g

/** What is no text in base64 is an id or a key, and stays. */
function decoded(encoded: string): string {
  const bytes = fromBase64(encoded)
  if (!bytes) return encoded
  const plain = decodeUtf8(bytes)
  const letters = plain.match(/[\p{Script=Latin}\p{Script=Greek}\s]/gu)?.length ?? 0
  return plain.length > 5 && letters / plain.length > 0.85 && /\p{L}{3}/u.test(plain) ? plain : encoded
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
