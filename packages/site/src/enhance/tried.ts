import { withBubble } from './bubble.ts'
import { all, el } from './dom.ts'

const storageKey = (name: string) => `clew:tried:${name}`

/** "I tried this": kept for the visit, shown on the thread, and carried into the case and the chat. */
export function trackTried(): void {
  const list = document.querySelector<HTMLElement>('[data-steps]')
  if (list === null) return
  const key = storageKey(list.dataset['steps'] ?? '')
  const boxes = all<HTMLInputElement>('[data-step]')
  const tried = new Set(read(key))
  for (const box of boxes) {
    box.checked = tried.has(box.dataset['step'] ?? '')
    box.closest('label')?.removeAttribute('hidden')
    box.addEventListener('change', () => {
      write(key, idsOf(boxes))
      draw(boxes)
    })
  }
  draw(boxes)
}

const idsOf = (boxes: readonly HTMLInputElement[]) =>
  boxes.filter(({ checked }) => checked).map(({ dataset }) => dataset['step'] ?? '')

function draw(boxes: readonly HTMLInputElement[]): void {
  const next = boxes.findIndex(({ checked }) => !checked)
  boxes.forEach((box, index) => {
    const step = box.closest('.step')
    step?.classList.toggle('live', next === -1 || index <= next)
    step?.classList.toggle('here', index === next)
    step?.querySelector('.knot')?.classList.toggle('full', box.checked)
  })
  carry(boxes)
}

function carry(boxes: readonly HTMLInputElement[]): void {
  const ids = idsOf(boxes)
  for (const link of all<HTMLAnchorElement>('a[data-carry-tried]')) {
    const address = new URL(link.href)
    if (ids.length > 0) address.searchParams.set('tried', ids.join(','))
    else address.searchParams.delete('tried')
    link.href = address.href
  }
  for (const element of all('[data-tried]')) element.hidden = ids.length === 0
  const titles = titlesOf(boxes)
  for (const place of all('[data-tried-list]'))
    place.replaceChildren(el('ul', {}, ...titles.map((title) => el('li', {}, title))))
  withBubble((bubble) => bubble('update', { tried: titles }))
}

const titlesOf = (boxes: readonly HTMLInputElement[]) =>
  boxes.filter(({ checked }) => checked).map((box) => box.closest('.step')?.querySelector('h3')?.textContent ?? '')

// Storage is refused in some private windows: then the ticks live as long as the page.
function read(key: string): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

function write(key: string, ids: readonly string[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(ids))
  } catch {
    // The page itself still shows them.
  }
}
