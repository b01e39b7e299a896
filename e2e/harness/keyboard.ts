import type { ElementHandle, Locator, Page } from 'playwright-core'
import { eventually } from './wait.ts'

export type Keyboard = ReturnType<typeof keyboardOn>

// Nobody goes on for longer to get to a button.
const mostStops = 250

/**
 * Somebody who has a keyboard and nothing else. They reach a control by Tab from where the focus stands, and see each
 * stop on the way: a focus that is lost, that nothing shows or that something covers fails the journey, and so does a
 * control that Tab never comes to.
 */
export function keyboardOn(page: Page) {
  // A page that has just been opened has no focus yet, and owes none.
  let isFresh = true
  let last = 'the page was opened'
  page.on('domcontentloaded', () => {
    isFresh = true
  })
  const press = (key: string) => page.keyboard.press(key)

  /** What was pressed may have taken the focus with it; within a moment it stands somewhere again. */
  const assertKept = async (): Promise<void> => {
    if (isFresh) return
    await eventually(`the focus stands somewhere after ${last}`, () => page.evaluate(hasFocus), 2000)
  }

  const to = async (control: Locator): Promise<void> => {
    await control.waitFor()
    await assertKept()
    let key: 'Tab' | 'Shift+Tab' | undefined
    let target = await control.elementHandle()
    for (let stops = 0; stops <= mostStops; stops += 1) {
      const stand = await standingOf(target)
      // Of where Tab has led; a page that has become narrower or longer may have carried the focus off.
      if (stand.fault !== undefined && stops > 0) throw new Error(`${stand.fault}, on the way to ${String(control)}`)
      if (stand.is === 'there') return
      if (stand.is === 'gone') target = await control.elementHandle()
      else {
        key ??= stand.is === 'behind' ? 'Shift+Tab' : 'Tab'
        await press(key)
        isFresh = false
      }
    }
    throw new Error(`Tab does not come to ${String(control)}`)
  }

  const mark = (doing: string) => {
    last = doing
  }
  return { page, to, press, ...doings({ page, to, press, mark }) }
}

type Hands = {
  page: Page
  to(control: Locator): Promise<void>
  press(key: string): Promise<void>
  /** Names what may take the focus away. */
  mark(doing: string): void
}

function doings({ page, to, press, mark }: Hands) {
  return {
    /** Opens a page; what has the focus then is the page's own affair. */
    async open(url: string): Promise<void> {
      await page.goto(url)
    },

    /** Goes to a control and presses it. */
    async use(control: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
      await to(control)
      mark(`${key} on ${String(control)}`)
      await press(key)
    },

    /** Goes to a field and writes over what is in it. */
    async write(field: Locator, text: string): Promise<void> {
      await to(field)
      await press('Control+A')
      await (text === '' ? press('Delete') : page.keyboard.insertText(text))
    },

    /** Opens a list of choices, goes down or up in it, and takes one. */
    async choose(list: Locator, label: string): Promise<void> {
      await to(list)
      const steps = await list.evaluate(stepsTo, label)
      mark(`choosing ${label} in ${String(list)}`)
      await press('Alt+ArrowDown')
      for (let left = Math.abs(steps); left > 0; left -= 1) await press(steps > 0 ? 'ArrowDown' : 'ArrowUp')
      await press('Enter')
    },

    /** Takes one of a menu that is open; the arrows go through it. */
    async pick(item: Locator): Promise<void> {
      const isThere = () => item.evaluate((each) => each === document.activeElement)
      for (let left = mostStops; left > 0 && !(await isThere()); left -= 1) await press('ArrowDown')
      mark(`picking ${String(item)}`)
      await press('Enter')
    },

    /** Gives a file to a field for files. */
    async attach(field: Locator, file: string): Promise<void> {
      // The browser opens no list of files for a press that comes while it still draws the page.
      for (let tries = 1; ; tries += 1) {
        await to(field)
        const opened = page.waitForEvent('filechooser', { timeout: 4000 }).catch(() => undefined)
        await press('Enter')
        const chooser = await opened
        if (chooser) return chooser.setFiles(file)
        if (tries === 3) throw new Error(`Enter opens no list of files at ${String(field)}`)
      }
    },

    /** Past the bar and the tree, by the link that is for that. */
    async skip(): Promise<void> {
      const link = page.locator('a[href="#main"]')
      await to(link)
      await press('Enter')
      mark('skipping to the main part')
    },
  }
}

type Stand = { is: 'there' | 'before' | 'behind' | 'gone' | 'nowhere'; fault?: string }

const standingOf = (target: ElementHandle | null): Promise<Stand> => {
  if (target === null) return Promise.resolve({ is: 'gone' })
  return (target as ElementHandle<Element>).evaluate(standing)
}

const hasFocus = (): boolean => document.activeElement !== null && document.activeElement !== document.body

/** In the page: where the focus stands as seen from a control, and whether it can be seen there. */
function standing(control: Element): Stand {
  const at = document.activeElement
  if (!control.isConnected) return { is: 'gone' }
  if (at === null || at === document.body) return { is: 'nowhere' }
  const named = `“${(at.getAttribute('aria-label') ?? (at as HTMLElement).innerText ?? '').slice(0, 60)}”`
  const what = `the focus on ${at.tagName.toLowerCase()} ${named}`

  const outlined = (element: Element | null): boolean => {
    if (element === null) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
  }
  const isShown = () => outlined(at) || outlined(at.parentElement) || getComputedStyle(at).boxShadow !== 'none'

  // WCAG 2.4.11: something of it can be seen. A field that is drawn by its label is as large as that.
  const isOpen = () => {
    const shown = at.getBoundingClientRect().width > 2 ? at : (at.closest('label') ?? at)
    const { left, top, width, height } = shown.getBoundingClientRect()
    const places = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [left + x * width, top + y * height]))
    return places.some(([x = 0, y = 0]) => {
      const hit = document.elementFromPoint(x, y)
      return hit !== null && (shown.contains(hit) || hit.contains(shown))
    })
  }
  // Given by a script, such as to a heading, it need not be shown; reached by Tab, it must.
  const faultOf = (): string | undefined => {
    if (at.getAttribute('tabindex') === '-1') return undefined
    if (!isShown()) return `${what} is not shown`
    return isOpen() ? undefined : `${what} is covered`
  }

  const fault = faultOf()
  const isBehind = (at.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
  const is = at === control ? 'there' : isBehind ? 'behind' : 'before'
  return { is, ...(fault === undefined ? {} : { fault }) }
}

/** In the page: how many steps down a list a choice is. */
function stepsTo(list: Element, label: string): number {
  const { options, selectedIndex } = list as HTMLSelectElement
  const open = [...options].filter((option) => !option.disabled)
  const wanted = open.findIndex((option) => option.text.trim() === label)
  if (wanted < 0) throw new Error(`there is no choice “${label}”, but ${open.map(({ text }) => text).join(', ')}`)
  return wanted - open.findIndex((option) => option.index === selectedIndex)
}
