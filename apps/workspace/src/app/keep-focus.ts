import { now } from './clock.ts'

type Step = { parent: Element; place: number }

/** What had the focus, how to come there again from further out, and what had it before a dialog was opened. */
type Stand = { at: number; element: HTMLElement; trail: readonly Step[]; before: Stand | undefined }

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]'

const patienceMs = 600

/**
 * A button that has done its work is switched off for a moment, or goes with the line it stands in; the browser then
 * drops the focus, and whoever works with the keys would begin anew at the top of the page. This gives it back to the
 * same control once that works again, else to the one that has come in its place, else to what is nearest around it.
 */
export function keepFocus(page: Document = document): () => void {
  let stand: Stand | undefined
  let isAsked = 0
  let lostAt = 0
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target !== page.body) stand = standOf(target, stand)
  }
  // Whoever presses beside everything means to leave it.
  const onPointer = () => {
    stand = undefined
  }
  const look = () => {
    isAsked = 0
    if (stand === undefined || hasFocus(page)) return
    // What it has begun may still be on its way.
    if (isOff(stand.element) && now() - lostAt < patienceMs) setTimeout(ask, patienceMs)
    else placeFor(page, stand)?.focus()
  }
  // After the scripts that know better had their turn.
  const ask = () => {
    if (isAsked !== 0 || stand === undefined || hasFocus(page)) return
    if (lostAt < stand.at) lostAt = now()
    isAsked = requestAnimationFrame(look)
  }
  const watcher = new MutationObserver(ask)
  watcher.observe(page.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden', 'open'] })
  page.addEventListener('focusin', onFocus)
  page.addEventListener('pointerdown', onPointer, true)
  return () => {
    watcher.disconnect()
    page.removeEventListener('focusin', onFocus)
    page.removeEventListener('pointerdown', onPointer, true)
  }
}

/** Past everything that stands before the main part of a screen. */
export function focusMain(): void {
  const main = document.querySelector<HTMLElement>('main')
  if (main) reachable(main).focus()
}

const hasFocus = ({ activeElement, body }: Document): boolean => activeElement !== null && activeElement !== body

const isShown = (element: HTMLElement): boolean => element.isConnected && element.getClientRects().length > 0

const isOff = (element: HTMLElement): boolean => isShown(element) && element.matches(':disabled')

/** Where the focus belongs now. A dialog keeps it to itself, and gives it back to where it was opened from. */
function placeFor(page: Document, { element, before, trail }: Stand): HTMLElement | undefined {
  const modal = page.querySelector('dialog:modal')
  if (modal !== null && !modal.contains(element)) return firstIn(modal)
  if (isShown(element) && !isOff(element)) return element
  if (before && !element.isConnected && isShown(before.element)) return placeFor(page, before)
  return nearest(page, trail)
}

function standOf(element: HTMLElement, last: Stand | undefined): Stand {
  const trail: Step[] = []
  for (let at: Element = element; at.parentElement !== null; at = at.parentElement)
    trail.push({ parent: at.parentElement, place: [...at.parentElement.children].indexOf(at) })
  const dialog = element.closest('dialog')
  const isSameDialog = dialog === (last?.element.closest('dialog') ?? null)
  return {
    at: now(),
    element,
    trail,
    before: dialog === null ? undefined : isSameDialog ? last?.before : last,
  }
}

/** In the place where it was, or in what stood around it; of a screen that has gone, the main part of the next one. */
function nearest(page: Document, trail: readonly Step[]): HTMLElement | undefined {
  const main = page.querySelector<HTMLElement>('main')
  for (const { parent, place } of trail) {
    if (!parent.isConnected) continue
    if (parent === main || !main?.contains(parent)) break
    const { children } = parent
    const around = [children[Math.min(place, children.length - 1)], parent]
    for (const part of around) {
      const found = part && firstIn(part)
      if (found) return found
    }
  }
  return main ? reachable(main) : undefined
}

/** A part that is not to be used itself can be given the focus, so that Tab goes on from it. */
function reachable(main: HTMLElement): HTMLElement {
  main.tabIndex = -1
  return main
}

const firstIn = (part: Element): HTMLElement | undefined =>
  [part, ...part.querySelectorAll<HTMLElement>(focusable)].find(
    (each): each is HTMLElement => each instanceof HTMLElement && each.matches(focusable) && isShown(each),
  )
