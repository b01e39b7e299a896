type SnippetParts = {
  url: string
  integrity: string | undefined
  hasNonce: boolean
  side: 'left' | 'right' | undefined
  accent: string | undefined
  /** The only language that is offered; with several the page's own decides. */
  locale: string | undefined
}

/** What stands in the nonce until a server writes its own. */
export const noncePlaceholder = 'YOUR-NONCE'

/** The script element for a page, attribute by attribute. */
export function snippetOf({ url, integrity, hasNonce, side, accent, locale }: SnippetParts): string {
  const attributes: [string, string | undefined][] = [
    ['src', url],
    ['nonce', hasNonce ? noncePlaceholder : undefined],
    ['integrity', integrity],
    // Without it a browser cannot compare a script of another origin with its hash.
    ['crossorigin', integrity === undefined ? undefined : 'anonymous'],
    ['data-locale', locale],
    ['data-side', side === 'left' ? side : undefined],
    ['data-accent', accent],
  ]
  const written = attributes.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${escaped(value)}"`]))
  return `<script ${written.join(' ')} async></script>`
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
