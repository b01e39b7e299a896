type Bubble = (verb: string, argument?: unknown) => unknown

declare global {
  interface Window {
    Clew?: Bubble
  }
}

/** Runs when the bubble's loader is there: now, or once the page has loaded. On a page without a bubble, never. */
export function withBubble(use: (bubble: Bubble) => void): void {
  if (window.Clew !== undefined) return use(window.Clew)
  const later = () => window.Clew !== undefined && use(window.Clew)
  if (document.readyState !== 'complete') addEventListener('load', later, { once: true })
}
