import { createUnknown, fieldsOf, given, localeOf, type Queued, textOf } from './adopting.ts'
import type { BootOptions, Clew } from './calls.ts'

type Call = (...args: unknown[]) => unknown
type Page = { Intercom?: { q?: Queued[] } | undefined; intercomSettings?: unknown }

/** Lets calls of `Intercom(…)` that a page makes, or made before this, reach the bubble. */
export function adoptIntercom(clew: Clew): void {
  const page = globalThis as Page
  const waiting = page.Intercom?.q ?? []
  const unknown = createUnknown('Intercom')
  const verbs = verbsOf(clew, () => page.intercomSettings)
  const intercom = (verb: unknown, ...args: unknown[]) => {
    const call = Object.hasOwn(verbs, String(verb)) ? verbs[String(verb)] : undefined
    return call === undefined ? unknown(`'${String(verb)}'`) : call(...args)
  }
  page.Intercom = intercom as NonNullable<Page['Intercom']>
  for (const call of Array.from(waiting)) {
    const [verb, ...args] = Array.from(call)
    intercom(verb, ...args)
  }
}

const verbsOf = (clew: Clew, settings: () => unknown): Readonly<Record<string, Call>> => ({
  boot: (options) => clew('boot', optionsOf({ ...fieldsOf(settings()), ...fieldsOf(options) })),
  update: (options) => clew('update', optionsOf(fieldsOf(options ?? settings()))),
  shutdown: () => clew('shutdown'),
  show: () => clew('show'),
  showMessages: () => clew('show'),
  showConversation: () => clew('show'),
  showSpace: () => clew('show'),
  hide: () => clew('hide'),
  showNewMessage: (text) => clew('showNewMessage', textOf(text) ?? ''),
  showArticle: (slug) => clew('showArticle', String(slug)),
  trackEvent: (name, detail) => clew('trackEvent', String(name), detail),
  onShow: (listener) => clew('on', 'show', () => (listener as () => void)()),
  onHide: (listener) => clew('on', 'hide', () => (listener as () => void)()),
  onUnreadCountChange: (listener) => clew('on', 'unread', listener as (count: number) => void),
})

/** `user_hash` and a JWT signed for Intercom prove nothing here: sign one for Clew, as `identity`. */
const optionsOf = (options: Readonly<Record<string, unknown>>): BootOptions =>
  given<BootOptions>({
    name: textOf(options['name']),
    email: textOf(options['email']),
    identity: textOf(options['identity']),
    locale: localeOf(options['language_override']),
    side: options['alignment'] === 'left' ? 'left' : undefined,
    accent: textOf(options['action_color']),
  })
