import { type SafeHtml, trustSanitised } from '@clew/site'
import MarkdownIt, { type Token } from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

export type { Token }

/** Where a link leads: an address, or undefined for one that must not be a link. */
export type ResolveLink = (href: string) => string | undefined

const longestText = 200_000

// Without HTML, images and guessed links there is little that a text can do; the sanitiser takes care of the rest.
const markdown = new MarkdownIt('default', { html: false, linkify: false, typographer: false, breaks: false })
markdown.disable(['image', 'html_block', 'html_inline'])
markdown.set({ maxNesting: 20 } as object)
markdown.validateLink = (href) => /^(?:https:|mailto:|article:|page:)/i.test(href.trim())

/** Reads Markdown into tokens; links are resolved or taken out, and every text passes through `fill`. */
export function parseMarkdown(
  source: string,
  { resolveLink, fill }: { resolveLink: ResolveLink; fill: (text: string) => string },
): Token[] {
  const tokens = markdown.parse(source.slice(0, longestText), {})
  for (const token of tokens) {
    if (token.type === 'fence' || token.type === 'code_block') token.content = fill(token.content)
    if (token.children) token.children = inlineOf(token.children, { resolveLink, fill })
  }
  return tokens
}

type Inline = { resolveLink: ResolveLink; fill: (text: string) => string }

function inlineOf(children: readonly Token[], { resolveLink, fill }: Inline): Token[] {
  const kept: Token[] = []
  let isDropped = false
  for (const child of children) {
    if (child.type === 'link_open') {
      const href = resolveLink(String(child.attrGet('href') ?? ''))
      isDropped = href === undefined
      if (href !== undefined) child.attrs = [['href', href]]
    }
    if (child.type === 'text' || child.type === 'code_inline') child.content = fill(child.content)
    if (!(isDropped && (child.type === 'link_open' || child.type === 'link_close'))) kept.push(child)
  }
  return kept
}

/** Draws tokens as HTML that is safe to put into any page. */
export function renderMarkdown(tokens: Token[]): SafeHtml {
  return trustSanitised(sanitizeHtml(markdown.renderer.render(tokens, markdown.options, {}), allowed))
}

const allowed: sanitizeHtml.IOptions = {
  allowedTags: 'h2 h3 h4 p ul ol li blockquote hr br pre code strong em a table thead tbody tr th td'.split(' '),
  allowedAttributes: { a: ['href'], h2: ['id'], h3: ['id'], h4: ['id'] },
  allowedSchemes: ['https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 40,
}

/** The words of inline tokens, without marks. */
export const plainInline = (children: readonly Token[] | null): string =>
  (children ?? [])
    .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content))
    .join('')
    .trim()
