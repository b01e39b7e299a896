import { isPlaceholder } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { hideRandomRuns } from './random-runs.ts'
import { cleanUrl } from './url.ts'

const MAX_STYLE = 1 << 20

/**
 * A style sheet says how a page looks, not whose it is: it stays, but for its comments, its texts and what its addresses
 * carry. Undefined when it is too long to walk.
 */
export function cleanCss(text: string, cleaner: Cleaner): string | undefined {
  if (text.length > MAX_STYLE) return undefined
  const clean = text.replace(PART, (...groups: (string | undefined)[]) => cleanPart(groups, cleaner))
  // Without a rule or a declaration it is a text that calls itself a style sheet.
  return /[{@;]|[\w-]\s{0,8}:(?![\da-f]{4})/.test(clean) ? cleaner.netForId(hideRandomRuns(clean, cleaner)) : undefined
}

/** A comment, an address without quotes, a text in either quotes; what is not closed ends with its line or the sheet. */
const PART =
  /\/\*([^*]*(?:\*(?!\/)[^*]*)*)(?:\*\/|$)|(url\(\s{0,8})([^\s"'()][^\s"')]*)|"([^"\\\n]*(?:\\[^][^"\\\n]*)*)"?|'([^'\\\n]*(?:\\[^][^'\\\n]*)*)'?/gi

function cleanPart(groups: (string | undefined)[], cleaner: Cleaner): string {
  const [whole = '', comment, open, address, double, single] = groups
  if (comment !== undefined) return `/*${denyWords('comment', comment, cleaner)}*/`
  if (address !== undefined) return `${open}${unbroken(cleanUrl(address, cleaner))}`
  const words = double ?? single ?? ''
  if (words === '') return whole
  const quote = double === undefined ? "'" : '"'
  return `${quote}${isAddress(words) ? cleanUrl(words, cleaner) : cleanWords(words, cleaner)}${quote}`
}

/** An address without quotes may hold no space. */
function unbroken(address: string): string {
  return address.includes(' ') ? `"${address}"` : address
}

function isAddress(words: string): boolean {
  return /^(?:https?:|data:|\/|\.{1,2}\/)|[?#]|\.(?:css|png|jpe?g|gif|svg|webp|woff2?|ttf|otf|eot)$/i.test(words)
}

/** Names of fonts, charsets, icons and selectors. */
function cleanWords(words: string, cleaner: Cleaner): string {
  if (/^[\w .,:;#%()+*\\/-]{0,80}$/.test(words) && !/\d{6}/.test(words)) return words
  return denyWords('text', words, cleaner)
}

function denyWords(label: string, words: string, cleaner: Cleaner): string {
  if (words.trim() === '' || isPlaceholder(words)) return words
  if (/@|\d{5}|[A-Za-z0-9_-]{20}/.test(words)) cleaner.learnFrom(words, ['email', 'api_key', 'jwt', 'private_key'])
  return cleaner.deny('body', label, words)
}
