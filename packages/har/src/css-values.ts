import { isPlaceholder, isWordy } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { kindOfName } from './names.ts'
import { cleanUrl } from './url.ts'
import { isPersonWord } from './url-path.ts'

/** Attributes whose values say what an element is, and not what somebody has written or what the page says. */
const STRUCTURE = new Set(
  `type class id rel lang dir role name for method media as target hidden disabled open dir slot part is contenteditable autocomplete inputmode
  draggable http-equiv charset align valign width height size`.split(/\s+/),
)
const ADDRESSES = new Set(['href', 'src', 'action', 'srcset', 'poster', 'cite', 'xlink:href'])

/** The value in `[name="value"]`, without its quotes. */
export function cleanSelected(name: string, value: string, cleaner: Cleaner): string {
  if (value === '' || isPlaceholder(value)) return value
  const plain = name.toLowerCase().replace(/^.*\|/, '')
  if (ADDRESSES.has(plain)) return cleanUrl(value, cleaner)
  const isStructure = STRUCTURE.has(plain) || plain.startsWith('aria-') || isPlainState(plain)
  return isStructure && isPlainValue(value) ? value : cleaner.secretInUrl(kindOfName(plain) ?? 'other', 'value', value)
}

/** `data-theme`, not `data-user`. */
function isPlainState(name: string): boolean {
  return name.startsWith('data-') && kindOfName(name) === undefined && !name.split('-').some(isPersonWord)
}

function isPlainValue(value: string): boolean {
  return (
    value.length <= 60 && /^[\w ./:#-]+$/.test(value) && !/\d{6}/.test(value) && (value.length < 10 || isWordy(value))
  )
}

/** A property of the page's own: `--name: value`, up to what ends it. */
const CUSTOM = /(--[\w-]{1,80})(\s{0,8}:)([^;{}]+)/g

/** Such a property holds a length or a colour, but may hold anything: what is no value of the language is looked at. */
export function cleanCustomProperties(text: string, cleaner: Cleaner): string {
  if (!text.includes('--')) return text
  return text.replace(CUSTOM, (...groups: string[]) => {
    const [, name = '', colon = '', value = ''] = groups
    const telling = tellingKind(name.slice(2))
    return name + colon + value.replace(WORD, (word) => cleanValueWord(word, telling, cleaner))
  })
}

type Telling = ReturnType<typeof kindOfName>

function tellingKind(name: string): Telling {
  return kindOfName(name) ?? (name.toLowerCase().split('-').some(isPersonWord) ? 'personal' : undefined)
}

/** Texts, addresses and placeholders are judged elsewhere; a word with a bracket behind it is a function. */
const WORD =
  /"[^"]{0,4096}"?|'[^']{0,4096}'?|url\([^)]{0,4096}\)?|\[[^\]]{1,80}\]|#[\da-f]{3,8}(?![\w-])|[-+]?\.?\d[\d.]*(?:%|[a-z]{0,5})(?![\w-])|[\w-]+\(|[\p{L}\p{N}_.@-]+/giu

function cleanValueWord(word: string, telling: Telling, cleaner: Cleaner): string {
  if (word.startsWith('"') || word.startsWith("'")) return cleanValueText(word, telling, cleaner)
  if (!/^[\p{L}\p{N}_]/u.test(word) || word.endsWith('(')) return word
  if (/^(?:url\(|[\d.]+(?:%|[a-z]{0,5})$)/i.test(word)) return word
  if (telling === undefined) return hideKey(word, cleaner)
  return LANGUAGE.has(word.toLowerCase()) ? word : cleaner.secretInUrl(telling, 'value', word)
}

function cleanValueText(text: string, telling: Telling, cleaner: Cleaner): string {
  const quote = text.charAt(0)
  const words = text.slice(1, text.length > 1 && text.endsWith(quote) ? -1 : undefined)
  const isCleaned = words === '' || words.includes('chars]')
  if (isCleaned || telling === undefined)
    return isCleaned ? text : text.replace(/[\w-]{12,}/g, (word) => hideKey(word, cleaner))
  return text.replace(words, cleaner.secretInUrl(telling, 'value', words))
}

function hideKey(word: string, cleaner: Cleaner): string {
  const isKey = word.length >= 12 && /\d/.test(word) && /[A-Za-z]/.test(word) && !isWordy(word)
  return isKey ? cleaner.secretInUrl('token', 'value', word) : word
}

/** Words that stand under names such as `--card-border` and `--token-color`. */
const LANGUAGE = new Set(
  `none auto inherit initial unset revert normal solid dashed dotted double hidden visible transparent currentcolor center left right top
  bottom start end stretch block inline flex grid contents baseline between around evenly bold bolder lighter italic underline uppercase
  lowercase capitalize wrap nowrap row column ease ease-in ease-out ease-in-out linear infinite forwards backwards both inset to from at in
  white black red green blue gray grey silver navy orange yellow purple pink brown cover contain repeat no-repeat circle ellipse
  serif sans-serif monospace system-ui absolute relative fixed sticky static pointer default inline-block inline-flex space-between
  min-content max-content fit-content`.split(/\s+/),
)
