import { useEffect, useState } from 'preact/hooks'

const narrow = '(max-width: 30rem)'

/** On a phone the panel is the whole screen, and modal. */
export function useIsPhone(): boolean {
  const [isPhone, setPhone] = useState(() => matchMedia(narrow).matches)
  useEffect(() => {
    const query = matchMedia(narrow)
    const follow = () => setPhone(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return isPhone
}

const focusable = 'a[href], button:not([disabled]), textarea, input:not([hidden]), select, summary, [tabindex="0"]'

/** Keeps the focus inside while the panel covers the page. */
export function trapFocus(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(focusable)].filter((stop) => stop.getClientRects().length > 0)
  const [first] = stops
  const last = stops.at(-1)
  const at = (panel.getRootNode() as ShadowRoot).activeElement
  if (event.shiftKey ? at === first || at === panel : at === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }
}

/**
 * Tells the style sheet how much of the screen the keyboard leaves. A rule of our own sheet rather than a style
 * attribute, which a strict host forbids.
 */
export function followKeyboard(root: ShadowRoot): () => void {
  const viewport = globalThis.visualViewport
  if (!viewport) return () => {}
  const sheet = new CSSStyleSheet()
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  const follow = () => {
    sheet.replaceSync(
      `:host { --seen: ${Math.round(viewport.height)}px; --above: ${Math.round(viewport.offsetTop)}px }`,
    )
  }
  follow()
  viewport.addEventListener('resize', follow)
  viewport.addEventListener('scroll', follow)
  return () => {
    viewport.removeEventListener('resize', follow)
    viewport.removeEventListener('scroll', follow)
  }
}
