import { decodeEntities } from '@clew/redact'

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

const TAG_START = /<(\/?)([A-Za-z_][^\s/>"'=<]{0,200})/y
const ATTRIBUTE = /([\s/]*)([^\s/>="'<]{1,400})(?:(\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/y
const DOCTYPE = /^<!doctype[\w\s"'./:-]{0,300}>$/i
const INSTRUCTION = /^<\?xml[\w\s="'.-]{0,200}\?>$/
const GREATER = 0x3e
const RAW_ELEMENTS = new Set(['script', 'style', 'textarea', 'title'])

class MarkupReader {
  readonly #text: string
  readonly #walker: MarkupWalker
  readonly #out: string[] = []
  #at = 0

  constructor(text: string, walker: MarkupWalker) {
    this.#text = text
    this.#walker = walker
  }

  run(): string {
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf('<', this.#at)
      const end = open < 0 ? this.#text.length : open
      if (end > this.#at) this.#out.push(this.#walker.text(this.#text.slice(this.#at, end)))
      this.#at = end
      if (open >= 0) this.#markup()
    }
    return this.#out.join('')
  }

  #markup(): void {
    if (this.#text.startsWith('<!--', this.#at)) this.#between('<!--', '-->')
    else if (this.#text.startsWith('<![CDATA[', this.#at)) this.#between('<![CDATA[', ']]>')
    else if (this.#text.startsWith('<!', this.#at)) this.#declaration('>', DOCTYPE)
    else if (this.#text.startsWith('<?', this.#at)) this.#declaration('?>', INSTRUCTION)
    else this.#tag()
  }

  #between(open: string, close: string): void {
    const end = this.#text.indexOf(close, this.#at + open.length)
    const inner = this.#text.slice(this.#at + open.length, end < 0 ? undefined : end)
    const clean = open === '<!--' ? this.#walker.other(inner) : this.#walker.text(inner)
    this.#out.push(open, clean, close)
    this.#at = end < 0 ? this.#text.length : end + close.length
  }

  #declaration(close: string, harmless: RegExp): void {
    const end = this.#text.indexOf(close, this.#at)
    const stop = end < 0 ? this.#text.length : end + close.length
    const whole = this.#text.slice(this.#at, stop)
    this.#out.push(harmless.test(whole) ? whole : `<!--${this.#walker.other(whole.slice(2, -close.length))}-->`)
    this.#at = stop
  }

  #tag(): void {
    TAG_START.lastIndex = this.#at
    const match = TAG_START.exec(this.#text)
    if (match === null) {
      this.#out.push('<')
      this.#at += 1
      return
    }
    const [whole, slash, name = ''] = match
    this.#at += whole.length
    this.#out.push(`<${slash}${this.#walker.isPlainName(name) ? name : this.#walker.name(name)}`)
    const tag = this.#attributes(name.toLowerCase())
    if (slash === '/') this.#walker.closed?.(tag.name)
    else if (this.#out.at(-1) === '/>') this.#emptied(tag)
    else this.#opened(tag)
  }

  #emptied(tag: Tag): void {
    this.#walker.opened?.(tag)
    this.#walker.closed?.(tag.name)
  }

  /** Reads to the end of the tag and writes it. */
  #attributes(name: string): Tag {
    if (this.#text.charCodeAt(this.#at) === GREATER) {
      this.#at += 1
      this.#out.push('>')
      return { name, get: () => '' }
    }
    const found = new Map<string, string>()
    const tag: Tag = { name, get: (attribute) => found.get(attribute) ?? '' }
    const matches: RegExpExecArray[] = []
    for (;;) {
      ATTRIBUTE.lastIndex = this.#at
      const match = ATTRIBUTE.exec(this.#text)
      if (match === null) break
      this.#at = ATTRIBUTE.lastIndex
      matches.push(match)
      found.set((match[2] ?? '').toLowerCase(), decodeEntities(match[4] ?? match[5] ?? match[6] ?? ''))
    }
    for (const match of matches) this.#out.push(this.#attribute(match, tag))
    this.#endOfTag()
    return tag
  }

  #attribute(match: RegExpExecArray, tag: Tag): string {
    const [, gap = '', name = '', equals, double, single, bare] = match
    const plainName = this.#walker.isPlainName(name) ? name : this.#walker.name(name)
    const written = double ?? single ?? bare
    if (equals === undefined || written === undefined) return gap + plainName
    const value = decodeEntities(written)
    const clean = this.#walker.attribute(name.toLowerCase(), value, tag)
    const quote = single === undefined ? '"' : "'"
    if (clean === value) return `${gap}${plainName}${equals}${bare === undefined ? quote + written + quote : written}`
    return `${gap}${plainName}${equals}${quote}${escaped(clean, quote)}${quote}`
  }

  /** What stands between the last attribute and `>` and is none is damaged, and goes. */
  #endOfTag(): void {
    const end = this.#text.indexOf('>', this.#at)
    const rest = this.#text.slice(this.#at, end < 0 ? undefined : end)
    this.#at = end < 0 ? this.#text.length : end + 1
    if (/^[\s/]*$/.test(rest)) this.#out.push(rest.includes('/') ? '/>' : '>')
    else this.#out.push(` data-damaged="${escaped(this.#walker.other(rest), '"')}"`, '>')
  }

  #opened(tag: Tag): void {
    this.#walker.opened?.(tag)
    if (this.#walker.raw === undefined || !RAW_ELEMENTS.has(tag.name)) return
    const close = new RegExp(`</${tag.name}`, 'gi')
    close.lastIndex = this.#at
    const end = close.exec(this.#text)?.index ?? this.#text.length
    const content = this.#text.slice(this.#at, end)
    this.#out.push(content === '' ? '' : (this.#walker.raw(content, tag) ?? this.#walker.text(content)))
    this.#at = end
  }
}

function escaped(value: string, quote: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(quote, quote === '"' ? '&quot;' : '&#39;')
}
