export type ArticleNode = string | { tag: ArticleTag; id?: string; href?: string; children: ArticleNode[] }

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
const token = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)\/?>|[^<]+|</gi
const attribute = /([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi

/**
 * Reads an article's HTML into nodes. The server has sanitised it; we still build only what is on our own list. No
 * parser of the browser is involved, so nothing loads or runs, and hosts that require trusted types have no objection.
 */
export function parseArticle(html: string, baseUrl: string): ArticleNode[] {
  const root: ArticleNode[] = []
  const open: { tag: ArticleTag; children: ArticleNode[] }[] = []
  const here = () => open.at(-1)?.children ?? root
  let silenced: string | undefined

  for (const [text, closing, name, attributes] of html.matchAll(token)) {
    const lower = name?.toLowerCase()
    if (silenced !== undefined) {
      if (closing && lower === silenced) silenced = undefined
    } else if (lower === undefined) {
      if (!text.startsWith('<!--')) here().push(decodeEntities(text))
    } else if (isArticleTag(lower)) {
      if (closing) closeTag(open, lower)
      else openTag({ tag: lower, attributes: attributes ?? '', baseUrl }, here(), open)
    } else if (!closing && (lower === 'script' || lower === 'style')) silenced = lower
  }
  return root
}

function openTag(
  found: { tag: ArticleTag; attributes: string; baseUrl: string },
  into: ArticleNode[],
  open: { tag: ArticleTag; children: ArticleNode[] }[],
): void {
  const { tag } = found
  const node: Exclude<ArticleNode, string> = { tag, children: [] }
  for (const [, name, double, single] of found.attributes.matchAll(attribute)) {
    const value = decodeEntities(double ?? single ?? '')
    if (name === 'id' && /^[\w-]{1,100}$/.test(value)) node.id = value
    const href = name === 'href' && tag === 'a' ? safeHref(value, found.baseUrl) : undefined
    if (href !== undefined) node.href = href
  }
  into.push(node)
  if (!empty.has(tag) && open.length < deepest) open.push(node)
}

function closeTag(open: { tag: ArticleTag }[], tag: ArticleTag): void {
  const at = open.findLastIndex((node) => node.tag === tag)
  if (at >= 0) open.length = at
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
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name: string | undefined) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

const isArticleTag = (name: string): name is ArticleTag => tags.some((tag) => tag === name)
