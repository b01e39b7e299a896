import { withBubble } from './bubble.ts'
import { all } from './dom.ts'

export function offerCopyLink(): void {
  if (!('clipboard' in navigator)) return
  for (const button of all<HTMLButtonElement>('[data-copy-link]')) {
    button.hidden = false
    button.addEventListener('click', () => void copyLink(button))
  }
}

async function copyLink(button: HTMLButtonElement): Promise<void> {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href
  const address = canonical ?? location.href
  try {
    await navigator.clipboard.writeText(address)
    button.textContent = button.dataset['done'] ?? ''
  } catch {
    // The browser refuses the clipboard: the address itself, marked, is one key away from being copied.
    const shown = Object.assign(document.createElement('code'), { textContent: address, tabIndex: -1 })
    button.replaceWith(shown)
    shown.focus()
    getSelection()?.selectAllChildren(shown)
  }
}

/** "Ask in the chat" appears only where the bubble has loaded: it must never be a dead button. */
export function offerChat(): void {
  const buttons = all<HTMLButtonElement>('[data-ask]')
  if (buttons.length === 0) return
  withBubble((bubble) => {
    for (const button of buttons) {
      button.hidden = false
      const { flow } = button.dataset
      button.addEventListener('click', () => (flow ? bubble('startFlow', flow) : bubble('show')))
    }
  })
}
