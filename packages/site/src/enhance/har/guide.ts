export type GuideBrowser = 'chrome' | 'edge' | 'firefox' | 'safari'

interface Reader {
  readonly browser: GuideBrowser | undefined
  readonly platform: 'mac' | 'other'
  /** Phones and tablets cannot record. */
  readonly isHandheld: boolean
}

/** What a browser says of itself. */
interface Told {
  readonly userAgent: string
  readonly maxTouchPoints?: number
}

/** Which browser this is, by what it says of itself. Brands that are built on Chromium have its tools. */
export function readerOf({ userAgent, maxTouchPoints = 0 }: Told): Reader {
  const isMac = /Macintosh|Mac OS X/.test(userAgent)
  // An iPad says that it is a Mac; no Mac has a touch screen.
  const isHandheld = /Android|iPhone|iPad|iPod|Mobile/.test(userAgent) || (isMac && maxTouchPoints > 1)
  return { browser: browserOf(userAgent), platform: isMac ? 'mac' : 'other', isHandheld }
}

function browserOf(userAgent: string): GuideBrowser | undefined {
  if (/Edg\//.test(userAgent)) return 'edge'
  if (/Firefox\/|FxiOS/.test(userAgent)) return 'firefox'
  if (/Chrome\/|Chromium\/|CriOS/.test(userAgent)) return 'chrome'
  return /Safari\//.test(userAgent) ? 'safari' : undefined
}

/** Shows the steps of the reader's own browser, and lets them look at another. Without a script all are shown. */
export function guideReader(page: Document): void {
  const guide = page.querySelector<HTMLDetailsElement>('details[data-guide]')
  if (guide === null) return
  const { browser = 'chrome', platform, isHandheld } = readerOf(navigator)
  guide.dataset['platform'] = platform
  if (isHandheld) guide.dataset['handheld'] = ''
  const buttons = [...guide.querySelectorAll<HTMLButtonElement>('[data-show-browser]')]
  const show = (wanted: string | undefined) => {
    for (const section of guide.querySelectorAll<HTMLElement>('[data-browser]'))
      section.hidden = section.dataset['browser'] !== wanted
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['showBrowser'] === wanted))
  }
  for (const button of buttons) {
    const of = button.dataset['showBrowser']
    if (of === browser && !isHandheld) button.querySelector('[data-yours]')?.removeAttribute('hidden')
    button.addEventListener('click', () => show(of))
  }
  guide.querySelector('[data-guide-switch]')?.removeAttribute('hidden')
  show(browser)
  openWhenAskedFor(guide)
}

function openWhenAskedFor(guide: HTMLDetailsElement): void {
  const look = () => {
    if (location.hash !== `#${guide.id}`) return
    guide.open = true
    guide.scrollIntoView()
  }
  addEventListener('hashchange', look)
  // A second press on the same link changes nothing in the address.
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(`a[href="#${guide.id}"]`) !== null) guide.open = true
  })
  look()
}
