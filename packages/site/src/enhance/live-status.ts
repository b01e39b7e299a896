const everyMs = 20_000

interface Parts {
  /** The page as it is now; undefined when it could not be read. */
  read(): Promise<Document | undefined>
  every(run: () => void, ms: number): unknown
}

/**
 * Keeps the status page true while somebody looks at it: reads it again now and then, which costs little when nothing
 * has changed, and puts what is new in its place. Whoever is about to type is not disturbed.
 */
export function keepLive({ read, every }: Parts): void {
  const look = async () => {
    const main = document.querySelector('[data-live-status]')
    if (main === null || document.visibilityState !== 'visible' || isBusy(main)) return
    const shown = (await read())?.querySelector('[data-live-status]')
    if (shown && !isBusy(main)) replace(main, shown)
  }
  every(() => void look(), everyMs)
  document.addEventListener('visibilitychange', () => void look())
}

/** In the middle of a form, or selecting words. */
function isBusy(main: Element): boolean {
  const fields = [...main.querySelectorAll<HTMLInputElement>('input[type=email]')]
  const selected = document.getSelection()
  return (
    fields.some(({ value }) => value !== '') ||
    (document.activeElement !== null && main.contains(document.activeElement)) ||
    (selected !== null && !selected.isCollapsed && main.contains(selected.anchorNode))
  )
}

function replace(main: Element, next: Element): void {
  const open = new Set([...main.querySelectorAll('details[open]')].map(nameOf))
  const [before, after] = [main, next].map((each) => each.querySelector('h1')?.textContent ?? '')
  const news = main.querySelector('[data-news]')
  const parts = [...next.children].filter((part) => !part.matches('[data-news]'))
  for (const details of next.querySelectorAll('details')) details.open = open.has(nameOf(details))
  main.replaceChildren(...(news === null ? [] : [news]), ...parts)
  // The verdict is said aloud when it is another one; the time of the last look is not.
  if (news !== null && before !== after) news.textContent = after ?? ''
}

/** The same part of the page before and after. */
const nameOf = (details: Element): string =>
  `${details.closest('[id]')?.id ?? ''} ${details.className} ${details.querySelector('summary')?.className ?? ''}`
