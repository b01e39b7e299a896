/**
 * Keeps the focus in the panel when what has it goes away: the page would take it, and with it the keys. `next` says
 * where it goes from what is gone. Whoever has left the panel is left alone.
 */
export function keepFocus(panel: HTMLElement, next: (gone: Element) => HTMLElement | null | undefined): () => void {
  const root = panel.getRootNode() as ShadowRoot
  let held: Element | undefined
  const onFocusIn = ({ target }: FocusEvent) => {
    held = target as Element
  }
  // Some browsers tell of it before what is removed has gone.
  const onFocusOut = ({ target }: FocusEvent) =>
    queueMicrotask(() => {
      if (held === target && held?.isConnected) held = undefined
    })
  const observer = new MutationObserver(() => {
    if (held === undefined || held.isConnected) return
    const gone = held
    held = undefined
    if (root.activeElement === null && document.activeElement === document.body) next(gone)?.focus()
  })
  panel.addEventListener('focusin', onFocusIn)
  panel.addEventListener('focusout', onFocusOut)
  observer.observe(panel, { childList: true, subtree: true })
  return () => observer.disconnect()
}
