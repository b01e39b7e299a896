import { isPlaceholder, isWordy, looksRandom, type NameKind } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { cleanCss } from './css-body.ts'
import { cleanJsonText } from './json-body.ts'
import { rewriteMarkup, type Tag } from './markup.ts'
import { isPlainName, kindOfName } from './names.ts'
import { learnFromScript } from './script-body.ts'
import type { RemovalKind } from './types.ts'
import { cleanRefresh, cleanUrl } from './url.ts'

/** Longer pages are not walked: what they are made of is no longer a diagnosis. */
const MAX_PAGE = 4 << 20

/** The page of a server or a proxy that refuses is short; one of the application itself names the person somewhere. */
const MAX_ERROR_PAGE = 24_000

/** Cleans a page: its structure and its assets stay, what it says goes. Undefined when it is too long to walk. */
export function cleanHtml(text: string, cleaner: Cleaner): string | undefined {
  if (text.length > MAX_PAGE) return undefined
  const isErrorPage = cleaner.status >= 400 && cleaner.policy === 'standard' && text.length <= MAX_ERROR_PAGE
  const place = new ErrorPlace(isErrorPage || cleaner.keepsBody)
  let hidesWords = false
  const clean = rewriteMarkup(text, {
    text: (part) => {
      const words = cleanWords(part, place, cleaner)
      hidesWords ||= words !== part
      return words
    },
    attribute: (name, value, tag) => cleanAttribute({ name, value, tag }, place.keepsWords, cleaner),
    other: (part) => deny('comment', part, cleaner),
    name: (name) => cleaner.secretInUrl('other', 'name', name),
    isPlainName,
    raw: (content, tag) => cleanRaw(content, tag, cleaner),
    opened: (tag) => place.open(tag.name),
    closed: (name) => place.close(name),
  })
  if (hidesWords) cleaner.dropped('body', 'words of a page')
  return clean
}

/** What an application says around its pages: whose account this is, and what else there is. */
const NAVIGATION = new Set(['nav', 'menu', 'aside'])
const ROWS = new Set(['tr', 'dt', 'table', 'dl'])

/** Where in a page the walk is whose words are kept. */
class ErrorPlace {
  readonly #isKept: boolean
  #navigations = 0
  /** The cell that this is in: `td`, `th`, `dt` or `dd`. */
  #cell = ''
  /** What the cell before said that this one holds. */
  #kind: NameKind | undefined
  /** That was found here. */
  #isFound = false
  /** The words before ended where a name follows. */
  #isBeforeName = false

  constructor(isKept: boolean) {
    this.#isKept = isKept
  }

  get keepsWords(): boolean {
    return this.#isKept && this.#navigations === 0
  }

  open(name: string): void {
    if (NAVIGATION.has(name)) this.#navigations += 1
    else if (ROWS.has(name)) this.#forget()
    if (isCell(name)) this.#cell = name
  }

  close(name: string): void {
    if (NAVIGATION.has(name)) this.#navigations = Math.max(0, this.#navigations - 1)
    else if (ROWS.has(name) && name !== 'dt') this.#forget()
    if (!isCell(name)) return
    this.#cell = ''
    if (this.#isFound) this.#forget()
  }

  #forget(): void {
    this.#kind = undefined
    this.#isFound = false
  }

  passPlaceholder(): void {
    this.#isBeforeName = false
    this.#isFound = this.#kind !== undefined
  }

  /** What these words are, by the cell before them or by the greeting. */
  kindOf(words: string): NameKind | undefined {
    if (this.#isBeforeName) {
      this.#isBeforeName = false
      return 'personal'
    }
    this.#isBeforeName = GREETING.test(words)
    if (this.#kind !== undefined && (this.#cell === 'td' || this.#cell === 'dd')) {
      this.#isFound = true
      return this.#kind
    }
    if (this.#cell !== '' && words.length <= 80) this.#kind = kindOfName(words)
    return undefined
  }
}

const isCell = (name: string): boolean => name === 'td' || name === 'th' || name === 'dt' || name === 'dd'

/** A page that greets somebody names them next. */
const GREETED =
  /(?<![\p{L}\p{N}_])((?:signed|logged)[ -]in as|welcome(?: back)?,|hello,|hi,|συνδεδεμέν(?:ος|η|οι) ως|γεια σου,?|καλώς ήρθ(?:ες|ατε),?):?\s{1,8}(\S.{0,60})$/iu
const GREETING =
  /(?<![\p{L}\p{N}_])(?:(?:signed|logged)[ -]in as|welcome(?: back)?,|hello,|hi,|συνδεδεμέν(?:ος|η|οι) ως|γεια σου,?|καλώς ήρθ(?:ες|ατε),):?$/iu

function cleanWords(part: string, place: ErrorPlace, cleaner: Cleaner): string {
  const words = part.trim()
  if (words === '') return part
  if (isPlaceholder(words)) {
    place.passPlaceholder()
    return part
  }
  const start = part.length - part.trimStart().length
  const clean = place.keepsWords && words.length <= 2_000 ? keptWords(words, place, cleaner) : hideWords(words, cleaner)
  return part.slice(0, start) + clean + part.slice(start + words.length)
}

function keptWords(words: string, place: ErrorPlace, cleaner: Cleaner): string {
  const kind = place.kindOf(words)
  if (kind !== undefined) return cleaner.secret(kind, kind, words)
  const name = GREETED.exec(words)?.[2]
  if (name === undefined || isPlaceholder(name)) return keepWords(words, cleaner)
  return keepWords(words.slice(0, -name.length), cleaner) + cleaner.secret('personal', 'personal', name)
}

function keepWords(words: string, cleaner: Cleaner): string {
  cleaner.kept(cleaner.keepsBody ? 'body_of_host' : 'error_text')
  return cleaner.net(words)
}

/** A page has hundreds of texts: they count as one removal, and that is told by `cleanHtml`. */
function hideWords(words: string, cleaner: Cleaner): string {
  if (words.includes('chars]')) return cleaner.deny('body', 'text', words)
  if (mayHoldSecret(words)) cleaner.learnFrom(words)
  return `[text, ${words.length} chars]`
}

/** An address, five digits in a row, or twenty characters of what names and keys are written with. */
function mayHoldSecret(words: string): boolean {
  let run = 0
  let digits = 0
  for (let i = 0; i < words.length; i += 1) {
    const code = words.charCodeAt(i)
    const lower = code | 0x20
    if (code === 0x40) return true
    if (code >= 0x30 && code <= 0x39) {
      run += 1
      digits += 1
      if (digits === 5) return true
    } else {
      digits = 0
      run = (lower >= 0x61 && lower <= 0x7a) || code === 0x2d || code === 0x5f ? run + 1 : 0
    }
    if (run === 20) return true
  }
  return false
}

/** Only what may hold an address or a number is searched: most words of a page hold neither. */
function deny(label: string, words: string, cleaner: Cleaner): string {
  if (isPlaceholder(words.trim())) return words
  if (mayHoldSecret(words)) cleaner.learnFrom(words)
  return cleaner.deny('body', label, words)
}

interface Attribute {
  name: string
  value: string
  tag: Tag
}

const ADDRESSES = new Set(
  `href src action formaction poster data cite background manifest longdesc ping data-src data-href data-url xlink:href profile codebase classid
  itemtype itemid`.split(/\s+/),
)
const ADDRESS_LISTS = new Set(['srcset', 'imagesrcset', 'data-srcset'])

/** Attributes that say how a page is built, not what it says. */
const STRUCTURE = new Set(
  `class id for name rel type method enctype accept accept-charset charset lang xml:lang dir media sizes width height role target tabindex http-equiv
  async defer crossorigin autocomplete disabled checked selected required readonly multiple hidden colspan rowspan maxlength minlength min max step
  property itemprop itemscope as fetchpriority loading decoding referrerpolicy sandbox allow xmlns viewbox fill stroke novalidate border align
  valign cellpadding cellspacing bgcolor color aria-hidden aria-expanded aria-controls aria-labelledby aria-describedby aria-live aria-current open
  nomodule blocking language version encoding hreflang rows cols wrap inputmode spellcheck translate draggable slot part is`.split(
    /\s+/,
  ),
)

function cleanAttribute(attribute: Attribute, keepsWords: boolean, cleaner: Cleaner): string {
  const { name, value, tag } = attribute
  if (value === '' || isPlaceholder(value)) return value
  const walker = ATTRIBUTE_WALKERS.get(name)
  if (walker !== undefined) return walker(value, cleaner)
  if (name === 'content' && tag.name === 'meta') return cleanMeta(value, tag, cleaner)
  if (name === 'value') return cleanFieldValue(value, tag, cleaner)
  if (name.startsWith('data-')) return cleanDataAttribute(name, value, cleaner)
  if (/^on[a-z]+$/.test(name)) learnFromScript(value, cleaner)
  return keepsWords && value.length <= 300 ? keepWords(value, cleaner) : deny('attribute', value, cleaner)
}

type AttributeWalker = (value: string, cleaner: Cleaner) => string

const ATTRIBUTE_WALKERS: ReadonlyMap<string, AttributeWalker> = new Map<string, AttributeWalker>([
  ...Array.from(STRUCTURE, (name) => [name, cleanStructure] as const),
  ...Array.from(ADDRESSES, (name) => [name, cleanAddress] as const),
  ...Array.from(ADDRESS_LISTS, (name) => [name, cleanAddressList] as const),
  ['integrity', (value, cleaner) => cleaner.netForId(value)],
  ['nonce', (value, cleaner) => cleaner.deny('token', 'nonce', value)],
  ['style', (value, cleaner) => cleanCss(value, cleaner) ?? cleaner.deny('body', 'style', value)],
])

/** `mailto:` and the like are no addresses of servers, and go; a script in an address is searched before. */
function cleanAddress(value: string, cleaner: Cleaner): string {
  if (/^(?:mailto|tel|sms|javascript):/i.test(value)) cleaner.learnFrom(value)
  if (/^\s*$/.test(value)) return value
  const clean = cleanUrl(value.trim(), cleaner)
  return clean === value.trim() ? value : clean
}

function cleanAddressList(value: string, cleaner: Cleaner): string {
  return value
    .split(/(,\s+)/)
    .map((item) => item.replace(/\S+/, (url) => (/^,?$/.test(url) ? url : cleanUrl(url, cleaner))))
    .join('')
}

function cleanStructure(value: string, cleaner: Cleaner): string {
  if (value.length < 16 && !/@|\d{7}/.test(value)) return value
  const isHarmless = value.length <= 1_000 && !/@/.test(value) && !value.split(/\s+/).some(isRandomWord)
  return isHarmless ? cleaner.netForId(value) : deny('attribute', value, cleaner)
}

function isRandomWord(word: string): boolean {
  return (word.length >= 16 && /\d/.test(word) && looksRandom(word.padEnd(20, '_'))) || /\d{7,}/.test(word)
}

const HARMLESS_META =
  /^(?:viewport|robots|googlebot|generator|theme-color|color-scheme|referrer|format-detection|content-type|x-ua-compatible|content-language|content-security-policy|og:type|og:locale|mobile-web-app-capable|apple-mobile-web-app-capable|next-head-count)$/i

function cleanMeta(value: string, tag: Tag, cleaner: Cleaner): string {
  const name = tag.get('name') || tag.get('property') || tag.get('http-equiv')
  const kind = kindOfName(name)
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  if (HARMLESS_META.test(name)) return cleaner.netForId(value)
  if (/^refresh$/i.test(name)) return cleanRefresh(value, cleaner)
  if (/^https?:\/\//i.test(value)) return cleanUrl(value, cleaner)
  return looksRandom(value) ? cleaner.secret('token', 'value', value) : deny('content', value, cleaner)
}

/** What a form carries unseen is a token until it is known to be a plain word. */
function cleanFieldValue(value: string, tag: Tag, cleaner: Cleaner): string {
  const kind = kindOfName(tag.get('name') || tag.get('id'))
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  const type = tag.get('type').toLowerCase()
  const isUnseen = type === 'hidden' || type === 'password'
  if (/^(?:true|false|on|off|yes|no|✓|\d{1,3}|get|post|put|patch|delete)$/i.test(value)) return value
  if (isUnseen) return cleaner.secret(kindOfUnseen(type, value), 'value', value)
  return deny('value', value, cleaner)
}

/** A plain word such as the name of a character set is removed, but not looked for in other places. */
function kindOfUnseen(type: string, value: string): RemovalKind {
  if (type === 'password') return 'password'
  return value.length >= 10 && !isWordy(value) ? 'token' : 'other'
}

function cleanDataAttribute(name: string, value: string, cleaner: Cleaner): string {
  const kind = kindOfName(name.slice(5))
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  if (/^(?:true|false|\d{1,3})$/.test(value)) return value
  if (/^\s{0,8}[[{]/.test(value)) {
    const clean = cleanJsonText(value, cleaner)
    if (clean !== undefined) return clean
  }
  if (/^https?:\/\//i.test(value)) return cleanUrl(value, cleaner)
  return looksRandom(value) ? cleaner.secret('token', 'value', value) : deny('value', value, cleaner)
}

function cleanRaw(content: string, tag: Tag, cleaner: Cleaner): string | undefined {
  switch (tag.name) {
    case 'script':
      return cleanScriptElement(content, tag, cleaner)
    case 'style':
      return cleanCss(content, cleaner) ?? deny('style', content, cleaner)
    case 'title':
      return cleanTitle(content, cleaner)
    default:
      return undefined
  }
}

function cleanScriptElement(content: string, tag: Tag, cleaner: Cleaner): string {
  if (content.trim() === '' || isPlaceholder(content.trim())) return content
  if (/json|importmap|speculationrules/i.test(tag.get('type'))) {
    const clean = cleanJsonText(content, cleaner)
    if (clean !== undefined) return clean.replaceAll('<', '\\u003c')
  }
  learnFromScript(content, cleaner)
  return cleaner.deny('body', 'javascript', content)
}

/** Error pages of servers and proxies say which machine refused; nothing personal is written in them. */
const SERVER_TITLE =
  /^(?:\d{3} [A-Za-z][A-Za-z' -]{2,60}|(?:ERROR|Error):? ?[A-Z][A-Za-z' -]{2,60}|Just a moment\.{3}|Access [Dd]enied|Attention Required! \| Cloudflare|Service Unavailable|Web Page Blocked!?|Request Rejected|Bad Gateway)$/

function cleanTitle(content: string, cleaner: Cleaner): string | undefined {
  if (!SERVER_TITLE.test(content.trim())) return undefined
  cleaner.kept('error_text')
  return content
}
