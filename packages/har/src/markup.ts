import { decodeEntities, isPlaceholder } from '@clew/redact'

/** What is known about a tag while its attributes are judged. */
export interface Tag {
  /** In lower case, as written, with its prefix. */
  name: string
  /** The value of an attribute, decoded; empty when it is missing. */
  get(attribute: string): string
}

/** What becomes of the parts of a marked-up text. Each answers what stands there instead; tags and names stay. */
export interface MarkupWalker {
  text(text: string): string
  attribute(name: string, value: string, tag: Tag): string
  /** Comments, declarations, CDATA and whatever is damaged. */
  other(text: string): string
  /** The name of a tag or an attribute that is no plain name. */
  name(name: string): string
  isPlainName(name: string): boolean
  /** The content of an element that holds no tags, such as a script; undefined when the element is an ordinary one. */
  raw?(content: string, tag: Tag): string | undefined
  opened?(tag: Tag): void
  closed?(name: string): void
}

/** Walks HTML or XML from the left in one go, without a tree. What is kept is byte for byte what it was. */
export function rewriteMarkup(text: string, walker: MarkupWalker): string {
  return new MarkupReader(text, walker).run()
}

const DOCTYPE = /^<!doctype[\w\s"'./:-]{0,300}>$/i
const INSTRUCTION = /^<\?xml[\w\s="'.-]{0,200}\?>$/
const GREATER = 0x3e
const SLASH = 0x2f
const BRACKET = 0x5b
const EQUALS = 0x3d
const DOUBLE_QUOTE = 0x22
const SINGLE_QUOTE = 0x27
const MAX_TAG_NAME = 200
const MAX_NAME = 400
const RAW_ELEMENTS = new Set(['script', 'style', 'textarea', 'title'])

/** Where the parts of an attribute stand. Without a value both ends of it are -1; `quote` is 0 when there is none around it. */
interface Attribute {
  start: number
  end: number
  valueStart: number
  valueEnd: number
  quote: number
}

class MarkupReader {
  readonly #text: string
  readonly #walker: MarkupWalker
  #out = ''
  #at = 0
  /** So far the text is written, as it was or changed. */
  #written = 0

  constructor(text: string, walker: MarkupWalker) {
    this.#text = text
    this.#walker = walker
  }

  run(): string {
    const text = this.#text
    while (this.#at < text.length) {
      const open = text.indexOf('<', this.#at)
      const end = open < 0 ? text.length : open
      if (end > this.#at) this.#put(this.#at, end, this.#walker.text(text.slice(this.#at, end)))
      this.#at = end
      if (open >= 0) this.#markup()
    }
    return this.#written === 0 ? text : this.#out + text.slice(this.#written)
  }

  /** Writes what stands in place of a part; what nobody puts anything in place of is copied in one piece. */
  #put(start: number, end: number, clean: string): void {
    if (clean.length === end - start && this.#text.startsWith(clean, start)) return
    this.#out += this.#text.slice(this.#written, start) + clean
    this.#written = end
  }

  #markup(): void {
    const text = this.#text
    const mark = text.charCodeAt(this.#at + 1)
    if (mark === 0x3f) this.#declaration('?>', INSTRUCTION)
    else if (mark !== 0x21) this.#tag()
    else if (text.startsWith('<!--', this.#at)) this.#between('<!--', '-->')
    else if (text.startsWith('<![CDATA[', this.#at)) this.#between('<![CDATA[', ']]>')
    else this.#declaration('>', DOCTYPE)
  }

  #between(open: string, close: string): void {
    const end = this.#text.indexOf(close, this.#at + open.length)
    const inner = this.#text.slice(this.#at + open.length, end < 0 ? undefined : end)
    const clean = open === '<!--' ? this.#walker.other(inner) : this.#walker.text(inner)
    const stop = end < 0 ? this.#text.length : end + close.length
    this.#put(this.#at, stop, open + clean + close)
    this.#at = stop
  }

  #declaration(close: string, harmless: RegExp): void {
    const end = this.#text.indexOf(close, this.#at)
    const stop = end < 0 ? this.#text.length : end + close.length
    const whole = this.#text.slice(this.#at, stop)
    if (!harmless.test(whole)) this.#put(this.#at, stop, `<!--${this.#walker.other(whole.slice(2, -close.length))}-->`)
    this.#at = stop
  }

  #tag(): void {
    const text = this.#text
    const isClosing = text.charCodeAt(this.#at + 1) === SLASH
    const start = this.#at + (isClosing ? 2 : 1)
    const end = endOfTagName(text, start)
    if (end === start) {
      this.#at += 1
      return
    }
    const name = text.slice(start, end)
    if (!this.#walker.isPlainName(name)) this.#put(start, end, this.#walker.name(name))
    this.#at = end
    const attributes = this.#readAttributes()
    const tag: Tag = { name: name.toLowerCase(), get: (attribute) => this.#valueOf(attribute, attributes) }
    for (const attribute of attributes) this.#attribute(attribute, tag)
    const isEmpty = this.#endOfTag()
    if (isClosing) this.#walker.closed?.(tag.name)
    else if (isEmpty) this.#emptied(tag)
    else this.#opened(tag)
  }

  #emptied(tag: Tag): void {
    this.#walker.opened?.(tag)
    this.#walker.closed?.(tag.name)
  }

  #readAttributes(): readonly Attribute[] {
    if (this.#text.charCodeAt(this.#at) === GREATER) return NO_ATTRIBUTES
    const attributes: Attribute[] = []
    for (;;) {
      const attribute = this.#readAttribute()
      if (attribute === undefined) return attributes
      attributes.push(attribute)
    }
  }

  /** A name, and a value where one follows that is complete. */
  #readAttribute(): Attribute | undefined {
    const text = this.#text
    let start = this.#at
    while ((kindOf(text.charCodeAt(start)) & (SPACE | SLASH_KIND)) !== 0) start += 1
    const end = endOfRun(text, start, { without: NO_NAME, most: MAX_NAME })
    if (end === start) return undefined
    this.#at = end
    const equals = afterSpaces(text, end)
    if (text.charCodeAt(equals) !== EQUALS) return { start, end, valueStart: -1, valueEnd: -1, quote: 0 }
    const open = afterSpaces(text, equals + 1)
    const first = text.charCodeAt(open)
    const quote = first === DOUBLE_QUOTE || first === SINGLE_QUOTE ? first : 0
    const valueStart = quote === 0 ? open : open + 1
    const valueEnd =
      quote === 0 ? endOfRun(text, open, { without: NO_BARE, most: text.length }) : this.#closing(quote, valueStart)
    if (valueEnd < valueStart || (quote === 0 && valueEnd === open)) {
      return { start, end, valueStart: -1, valueEnd: -1, quote: 0 }
    }
    this.#at = quote === 0 ? valueEnd : valueEnd + 1
    return { start, end, valueStart, valueEnd, quote }
  }

  #closing(quote: number, from: number): number {
    return this.#text.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", from)
  }

  /** Of several attributes with the same name the last counts. */
  #valueOf(name: string, attributes: readonly Attribute[]): string {
    const found = attributes.findLast(
      ({ start, end }) => end - start === name.length && this.#text.slice(start, end).toLowerCase() === name,
    )
    return found === undefined || found.valueStart < 0
      ? ''
      : decodeEntities(this.#text.slice(found.valueStart, found.valueEnd))
  }

  #attribute({ start, end, valueStart, valueEnd, quote }: Attribute, tag: Tag): void {
    const name = this.#text.slice(start, end)
    if (!this.#walker.isPlainName(name)) this.#put(start, end, this.#walker.name(name))
    if (valueStart < 0) return
    const value = decodeEntities(this.#text.slice(valueStart, valueEnd))
    const clean = this.#walker.attribute(name.toLowerCase(), value, tag)
    if (clean === value) return
    const mark = quote === SINGLE_QUOTE ? "'" : '"'
    const written = escaped(clean, mark)
    this.#put(valueStart, valueEnd, quote === 0 ? mark + written + mark : written)
  }

  /** What stands between the last attribute and `>` and is none is damaged, and goes. True for `/>`. */
  #endOfTag(): boolean {
    const text = this.#text
    const start = this.#at
    const end = text.indexOf('>', start)
    this.#at = end < 0 ? text.length : end + 1
    if (end === start) return false
    const rest = text.slice(start, end < 0 ? undefined : end)
    if (!/^[\s/]*$/.test(rest)) {
      this.#put(start, this.#at, ` data-damaged="${escaped(this.#walker.other(rest), '"')}">`)
      return false
    }
    const isEmpty = rest.includes('/')
    this.#put(start, this.#at, isEmpty ? '/>' : '>')
    return isEmpty
  }

  #opened(tag: Tag): void {
    this.#walker.opened?.(tag)
    if (this.#walker.raw === undefined || !RAW_ELEMENTS.has(tag.name)) return
    const close = new RegExp(`</${tag.name}`, 'gi')
    close.lastIndex = this.#at
    const end = close.exec(this.#text)?.index ?? this.#text.length
    const content = this.#text.slice(this.#at, end)
    if (content !== '') this.#put(this.#at, end, this.#walker.raw(content, tag) ?? this.#walker.text(content))
    this.#at = end
  }
}

const NO_ATTRIBUTES: readonly Attribute[] = []

const SPACE = 1
const SLASH_KIND = 2
const TAG_FIRST = 4
/** Ends the name of a tag, the name of an attribute, a value without quotes. */
const NO_TAG_NAME = 8
const NO_NAME = 16
const NO_BARE = 32

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  return (
    (/\s/.test(char) ? SPACE : 0) |
    (char === '/' ? SLASH_KIND : 0) |
    (/[A-Za-z_]/.test(char) ? TAG_FIRST : 0) |
    (/[\s/>"'=<]/.test(char) ? NO_TAG_NAME | NO_NAME : 0) |
    (/[\s>]/.test(char) ? NO_BARE : 0)
  )
})

function kindOf(code: number): number {
  if (code < 128) return KINDS[code] ?? 0
  return /\s/.test(String.fromCharCode(code)) ? SPACE | NO_TAG_NAME | NO_NAME | NO_BARE : 0
}

function afterSpaces(text: string, from: number): number {
  let at = from
  while ((kindOf(text.charCodeAt(at)) & SPACE) !== 0) at += 1
  return at
}

/** Where it began, when no name stands here. One that was cleaned away before is still one. */
function endOfTagName(text: string, start: number): number {
  const first = text.charCodeAt(start)
  if ((kindOf(first) & TAG_FIRST) === 0 && first !== BRACKET) return start
  const end = endOfRun(text, start, { without: NO_TAG_NAME, most: MAX_TAG_NAME + 1 })
  return first !== BRACKET || isPlaceholder(text.slice(start, end)) ? end : start
}

function endOfRun(text: string, from: number, { without, most }: { without: number; most: number }): number {
  const limit = Math.min(text.length, from + most)
  let at = from
  while (at < limit && (kindOf(text.charCodeAt(at)) & without) === 0) at += 1
  return at
}

function escaped(value: string, quote: string): string {
  if (!/[&<"']/.test(value)) return value
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(quote, quote === '"' ? '&quot;' : '&#39;')
}
