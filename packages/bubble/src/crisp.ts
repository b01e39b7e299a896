import { createUnknown, fieldsOf, localeOf, textOf } from './adopting.ts'
import type { Clew } from './calls.ts'

type Act = (value: readonly unknown[]) => void
type Listener = () => void
type Page = { $crisp?: unknown; CRISP_RUNTIME_CONFIG?: unknown }

/** Lets what a page pushes to `$crisp`, or pushed before this, reach the bubble. */
export function adoptCrisp(clew: Clew): void {
  const page = globalThis as Page
  const waiting: readonly unknown[] = Array.isArray(page.$crisp) ? page.$crisp : []
  const unknown = createUnknown('Crisp')
  let isOpen = false
  clew('on', 'show', () => void (isOpen = true))
  clew('on', 'hide', () => void (isOpen = false))
  const acts = { ...actsOf(clew), 'do chat:toggle': () => clew(isOpen ? 'hide' : 'show') } as Record<string, Act>
  const listening = createListening(clew)

  const push = (entry: unknown): void => {
    const [action, name, value] = Array.isArray(entry) ? entry : []
    const key = `${String(action)} ${String(name)}`
    if (action === 'on' && listening.hears(String(name))) return listening.on(String(name), value as Listener)
    if (action === 'off' && listening.hears(String(name))) return listening.off(String(name))
    const act = Object.hasOwn(acts, key) ? acts[key] : undefined
    if (act === undefined) return unknown(`“${key}”`)
    act(Array.isArray(value) ? value : [value])
  }
  const is = (name: unknown) => (name === 'chat:opened' ? isOpen : name === 'chat:closed' ? !isOpen : false)
  page.$crisp = { push, is }
  const locale = localeOf(fieldsOf(page.CRISP_RUNTIME_CONFIG)['locale'])
  if (locale !== undefined) clew('update', { locale })
  for (const entry of waiting) push(entry)
}

const actsOf = (clew: Clew): Record<string, Act> => ({
  'do chat:open': () => clew('show'),
  'do chat:close': () => clew('hide'),
  // Nothing is sent for somebody: the text is put before them.
  'do message:send': ([, text]) => clew('showNewMessage', textOf(text) ?? ''),
  'do helpdesk:article:open': ([, slug]) => clew('showArticle', String(slug)),
  'do session:reset': () => clew('shutdown'),
  'set user:email': ([email]) => clew('update', { email: String(email) }),
  'set user:nickname': ([name]) => clew('update', { name: String(name) }),
  'set message:text': ([text]) => clew('showNewMessage', textOf(text) ?? ''),
  'set session:event': ([events]) => {
    for (const event of Array.isArray(events) ? events : [])
      if (Array.isArray(event)) clew('trackEvent', String(event[0]), event[1])
  },
})

const heard = { 'session:loaded': 'ready', 'chat:opened': 'show', 'chat:closed': 'hide' } as const

/** One listener for each name, as `off` takes away all of them. */
function createListening(clew: Clew) {
  const stops = new Map<string, (() => void)[]>()
  return {
    hears: (name: string): name is keyof typeof heard => Object.hasOwn(heard, name),
    on(name: string, listener: Listener): void {
      const stop = clew('on', heard[name as keyof typeof heard], () => listener())
      stops.set(name, [...(stops.get(name) ?? []), stop])
    },
    off(name: string): void {
      for (const stop of stops.get(name) ?? []) stop()
      stops.delete(name)
    },
  }
}
