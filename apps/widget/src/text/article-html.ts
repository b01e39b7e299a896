export type ArticleNode = string | ArticleElement
export type ArticleElement = { tag: ArticleTag; id?: string; href?: string; children: ArticleNode[] }

const tags = [
  'p',
  'ul',
  'ol',
  'li',
  'a',
  'strong',
  'em',
  'code',
  'pre',
  'kbd',
  'blockquote',
  'hr',
  'br',
  'h2',
  'h3',
  'h4',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'dl',
  'dt',
  'dd',
] as const
export type ArticleTag = (typeof tags)[number]

const empty = new Set<ArticleTag>(['hr', 'br'])
const deepest = 30
const silent = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi
const token = /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)\/?>|[^<]+|</gi
const attribute = /([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi

/**
 * Reads an article's HTML into nodes. The server has sanitised it; we still build only what is on our own list. No
 * parser of the browser is involved, so nothing loads or runs, and hosts that require trusted types have no objection.
 */
export function parseArticle(html: string, baseUrl: string): ArticleNode[] {
  const root: ArticleElement = { tag: 'p', children: [] }
  const open: ArticleElement[] = [root]
  for (const [text, closing, name, attributes] of html.replace(silent, '').matchAll(token)) {
    const tag = name?.toLowerCase()
    if (tag === undefined) open.at(-1)?.children.push(decodeEntities(text))
    else if (isArticleTag(tag)) {
      if (closing) closeTag(open, tag)
      else openTag(open, readTag(tag, attributes ?? '', baseUrl))
    }
  }
  return root.children
}

function readTag(tag: ArticleTag, attributes: string, baseUrl: string): ArticleElement {
  const element: ArticleElement = { tag, children: [] }
  for (const [, name, double, single] of attributes.matchAll(attribute)) {
    const value = decodeEntities(double ?? single ?? '')
    if (name === 'id' && /^[\w-]{1,100}$/.test(value)) element.id = value
    const href = name === 'href' && tag === 'a' ? safeHref(value, baseUrl) : undefined
    if (href !== undefined) element.href = href
  }
  return element
}

function openTag(open: ArticleElement[], element: ArticleElement): void {
  open.at(-1)?.children.push(element)
  if (!empty.has(element.tag) && open.length < deepest) open.push(element)
}

function closeTag(open: ArticleElement[], tag: ArticleTag): void {
  const at = open.findLastIndex((element) => element.tag === tag)
  if (at > 0) open.length = at
}

/** An absolute web or mail address, or undefined for anything that could do more than open. */
export function safeHref(href: string, baseUrl: string): string | undefined {
  try {
    const url = new URL(href, baseUrl)
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

const decodeEntities = (text: string): string =>
  text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity.toLowerCase()] ?? whole
    const code = Number(entity.slice(1).replace(/^x/i, '0x'))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

const isArticleTag = (name: string): name is ArticleTag => tags.some((tag) => tag === name)
