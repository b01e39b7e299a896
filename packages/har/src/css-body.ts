import { isPlaceholder } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanCustomProperties, cleanSelected } from './css-values.ts'
import { hideRandomRuns } from './random-runs.ts'
import { cleanUrl } from './url.ts'

const MAX_STYLE = 1 << 20

/**
 * A style sheet says how a page looks, not whose it is: it stays, but for its comments, its texts and what its addresses
 * carry. Undefined when it is too long to walk.
 */
export function cleanCss(text: string, cleaner: Cleaner): string | undefined {
  if (text.length > MAX_STYLE) return undefined
  const clean = text.replace(PART, (...groups: (string | number | undefined)[]) => cleanPart(groups, cleaner))
  // Without a rule or a declaration it is a text that calls itself a style sheet.
  return /[{@;]|[\w-]\s{0,8}:(?![\da-f]{4})/.test(clean)
    ? cleaner.netForId(hideRandomRuns(cleanCustomProperties(clean, cleaner), cleaner))
    : undefined
}

/**
 * A comment, an address without quotes, an attribute that a selector asks for, a text in either quotes; what is not closed ends
 * with its line or the sheet.
 */
const PART =
  /\/\*([^*]*(?:\*(?!\/)[^*]*)*)(?:\*\/|$)|(url\(\s{0,8})([^\s"'()][^\s"')]*)|(\[\s{0,8}([\w|:-]{1,60})\s{0,8}[~|^$*]?=\s{0,8})("[^"\\\n]*(?:\\[^][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?|\[[^\]\s]{1,80}\]|[^\s\]"']{1,200})|"([^"\\\n]*(?:\\[^][^"\\\n]*)*)"?|'([^'\\\n]*(?:\\[^][^'\\\n]*)*)'?/gi

function cleanPart(groups: (string | number | undefined)[], cleaner: Cleaner): string {
  const [whole = '', comment, open, address, asked, attribute, value = '', double, single, at, sheet] =
    groups as string[]
  if (comment !== undefined) return `/*${denyWords('comment', comment, cleaner)}*/`
  if (address !== undefined) return `${open}${unbroken(cleanUrl(address, cleaner))}`
  if (attribute !== undefined) return asked + cleanQuoted(value, (words) => cleanSelected(attribute, words, cleaner))
  const words = double ?? single ?? ''
  if (words === '') return whole
  const quote = double === undefined ? "'" : '"'
  return `${quote}${cleanText(words, isContent(sheet, Number(at)), cleaner)}${quote}`
}

function cleanQuoted(text: string, change: (words: string) => string): string {
  const quote = /^["']/.exec(text)?.[0] ?? ''
  const end = quote !== '' && text.length > 1 && text.endsWith(quote) ? text.length - 1 : text.length
  return quote + change(text.slice(quote.length, end)) + quote
}

/** What a page says before and behind its elements is written in its style sheet. */
function isContent(sheet = '', at = 0): boolean {
  return /content\s{0,4}:\s{0,4}$/i.test(sheet.slice(Math.max(0, at - 16), at))
}

function cleanText(words: string, isShown: boolean, cleaner: Cleaner): string {
  if (isShown && /\p{L}{3}/u.test(words.replace(/\\[\da-f]{1,6}/gi, ''))) return denyWords('text', words, cleaner)
  return isAddress(words) ? cleanUrl(words, cleaner) : cleanWords(words, cleaner)
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
