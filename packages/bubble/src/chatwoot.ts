import { createUnknown, fieldsOf, given, localeOf, textOf } from './adopting.ts'
import type { BootOptions, Clew } from './calls.ts'

type Page = { $chatwoot?: unknown; chatwootSDK?: unknown; chatwootSettings?: unknown }

/**
 * Gives a page that speaks to `$chatwoot` the same here, with the events `chatwoot:ready`, `chatwoot:opened` and
 * `chatwoot:closed` on the window. What is called before the bubble is there is kept.
 */
export function adoptChatwoot(clew: Clew): void {
  const page = globalThis as Page
  const unknown = createUnknown('Chatwoot')
  let isOpen = false
  clew('on', 'show', () => void (isOpen = true))
  clew('on', 'hide', () => void (isOpen = false))
  const known: Record<string, (...args: unknown[]) => void> = {
    toggle: (state) => clew(state === 'close' || (state !== 'open' && isOpen) ? 'hide' : 'show'),
    popoutChatWindow: () => clew('show'),
    // The hash proves nothing here: sign an identity for Clew.
    setUser: (_id, user) => clew('update', labelsOf(user)),
    setLocale: (locale) => clew('update', given<BootOptions>({ locale: localeOf(locale) })),
    setColorScheme: (scheme) => clew('update', given<BootOptions>({ theme: themeOf(scheme) })),
    reset: () => clew('shutdown'),
  }
  const $chatwoot = new Proxy(known, {
    get: (target, name) => target[String(name)] ?? (() => unknown(`$chatwoot.${String(name)}`)),
  })
  page.$chatwoot = $chatwoot
  page.chatwootSDK = { run: () => clew('boot', settingsOf(page.chatwootSettings)) }
  const tell = (name: string) => () => dispatchEvent(new Event(`chatwoot:${name}`))
  clew('on', 'ready', tell('ready'))
  clew('on', 'show', tell('opened'))
  clew('on', 'hide', tell('closed'))
}

const labelsOf = (user: unknown) => {
  const { name, email } = fieldsOf(user)
  return given<BootOptions>({ name: textOf(name), email: textOf(email) })
}

function settingsOf(settings: unknown): BootOptions {
  const { locale, position, darkMode } = fieldsOf(settings)
  return given<BootOptions>({
    locale: localeOf(locale),
    side: position === 'left' ? 'left' : undefined,
    theme: themeOf(darkMode),
  })
}

const themeOf = (value: unknown): BootOptions['theme'] =>
  value === 'light' || value === 'dark' || value === 'auto' ? value : undefined
