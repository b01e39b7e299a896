import { isPlaceholder, isWordy } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { kindOfName } from './names.ts'
import { cleanUrl } from './url.ts'

/**
 * What a `Link` header is made of: an address in brackets, a parameter with or without a value, what separates them, a text in
 * quotes that belongs to none, and words, which are addresses without brackets.
 */
const PART =
  /<([^<>]{0,8192})>|(;\s{0,8}([\w!#$&+.^`|~*-]{1,60})(?:\s{0,8}=\s{0,8}("[^"\\]*(?:\\[^][^"\\]*)*"?|\[[^\]\s]{1,80}\]|[^\s;,"<>]*))?)|[\s,]+|[;<>]|"[^"\\]*(?:\\[^][^"\\]*)*"?|(?:\[[^\]<>]{1,80}\]|[^\s;,"<>])+/g

/** Everything that is no separator is judged: what stays is an address that was cleaned, or a parameter that is known. */
export function cleanLink(value: string, cleaner: Cleaner): string {
  return value.replace(PART, (...groups: (string | undefined)[]) => {
    const [part = '', address, parameter, name = '', text = ''] = groups
    if (address !== undefined) return `<${cleanUrl(address, cleaner)}>`
    if (parameter !== undefined) return cleanParameter({ part, name, text }, cleaner)
    if (/^[\s;,<>]/.test(part)) return part
    if (part.startsWith('"')) return hide(part, cleaner)
    return cleanUrl(part, cleaner)
  })
}

const PLAIN = new Set(
  'as blocking crossorigin fetchpriority hreflang imagesizes importance integrity media nopush referrerpolicy rel rev sizes type'.split(
    ' ',
  ),
)

function cleanParameter({ part, name, text }: { part: string; name: string; text: string }, cleaner: Cleaner): string {
  const start = part.slice(0, part.length - text.length)
  const known = name.toLowerCase()
  if (text === '') return PLAIN.has(known) || isFlag(name) ? part : part.replace(name, hide(name, cleaner))
  if (PLAIN.has(known)) return start + keepPlain(text, cleaner)
  if (known === 'anchor') return start + inside(text, (address) => cleanUrl(address, cleaner))
  return start + hide(text, cleaner, kindOfName(known) === undefined ? 'other' : 'token')
}

function isFlag(name: string): boolean {
  return name.length <= 20 && isWordy(name)
}

/** Kinds of relations may be addresses. */
function keepPlain(text: string, cleaner: Cleaner): string {
  if (text.includes('/') && text.includes(':'))
    return inside(text, (words) => words.replace(/\S+/g, (word) => cleanWord(word, cleaner)))
  return cleaner.netForId(text)
}

function cleanWord(word: string, cleaner: Cleaner): string {
  return word.includes('://') ? cleanUrl(word, cleaner) : cleaner.netForId(word)
}

function hide(text: string, cleaner: Cleaner, kind: 'other' | 'token' = 'other'): string {
  return inside(text, (words) => {
    const isHarmless = isPlaceholder(words) || /^(?:true|false|\d{1,3})$/.test(words)
    return isHarmless ? words : cleaner.secretInUrl(kind, kind === 'token' ? 'token' : 'value', words)
  })
}

/** What is between the quotes, if there are any. */
function inside(text: string, change: (words: string) => string): string {
  if (!text.startsWith('"')) return change(text)
  const end = text.length > 1 && text.endsWith('"') ? text.length - 1 : text.length
  return `"${change(text.slice(1, end))}${text.slice(end)}`
}
