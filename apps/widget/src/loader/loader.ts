import {
  type BootOptions,
  type Bridge,
  type HostEvent,
  type Messages,
  type PanelHandle,
  type PanelModule,
  type PanelVerb,
  storageKeys,
} from '../bridge.ts'
import { drawLauncher, type Launcher } from './launcher.ts'
import { readDataOptions, resolveLocale } from './options.ts'
import { type Call, createGlobal, takeQueued } from './queue.ts'

/** Written in by the build: the file of the panel, of each language, and the few words the launcher says itself. */
declare const CLEW_BUILD: {
  panel: string
  messages: Record<'en' | 'el', string>
  mark: string
  words: Record<'en' | 'el', { open: string; trouble: string }>
}

const script = document.currentScript as HTMLScriptElement | null
const base = new URL('.', script?.src || location.href).href
const listeners: [HostEvent, (detail: unknown) => void][] = []
let context: unknown[] = []
let options: BootOptions = {}
let launcher: Launcher | undefined
let panel: PanelHandle | undefined
let loading: Promise<PanelHandle> | undefined
// A failed import is remembered by its address, so another try needs another one.
let again = ''

function run([verb, first, second]: Call): unknown {
  if (Object.hasOwn(verbs, verb)) return verbs[verb as keyof typeof verbs](first as never, second as never)
  return console.warn('Clew: unknown verb', verb)
}

const inPanel = (verb: PanelVerb) => (argument: unknown) => withPanel((handle) => handle.call(verb, argument))

const verbs = {
  boot,
  shutdown,
  on: listen,
  update(changed: BootOptions) {
    Object.assign(options, changed)
    applyOptions()
  },
  show: () => withPanel((handle) => handle.show()),
  hide: () => panel?.hide(),
  showNewMessage: inPanel('showNewMessage'),
  showArticle: inPanel('showArticle'),
  startFlow: inPanel('startFlow'),
  attachFile: inPanel('attachFile'),
  attachContext(given: unknown) {
    context.push(given)
    panel?.call('attachContext', given)
  },
  trackEvent: (name: unknown, detail: unknown) => emit('event', { name, detail }),
}

function boot(given: BootOptions | undefined): void {
  options = { ...options, ...given }
  if (launcher !== undefined) return applyOptions()
  if (document.body === null) return document.addEventListener('DOMContentLoaded', () => boot({}), { once: true })

  launcher = drawLauncher(CLEW_BUILD.mark, () => (panel ? panel.toggle() : void withPanel((handle) => handle.show())))
  applyOptions()
  const { host } = launcher
  if (options.side) host.dataset['side'] = options.side
  // Once: later the panel knows what the team wants. By the object model no policy for styles is in the way.
  if (options.accent) host.style.cssText = `--pine:${options.accent};--pine-ink:#fff`
  document.body.append(host)
  // Someone who has written before may have words waiting to be sent, or an answer. Nobody else causes a request.
  if (hasSpokenBefore()) void withPanel(() => {})
  emit('ready')
}

function applyOptions(): void {
  if (launcher === undefined) return
  const locale = currentLocale()
  launcher.host.lang = locale
  launcher.host.dataset['theme'] = options.theme ?? 'auto'
  if (panel === undefined) launcher.name(CLEW_BUILD.words[locale].open)
  else panel.update()
}

async function shutdown(): Promise<void> {
  const ending = panel
  launcher?.host.remove()
  launcher = panel = loading = undefined
  context = []
  if (ending !== undefined) return ending.destroy(true)
  for (const key of storedKeys()) localStorage.removeItem(key)
  if (typeof indexedDB === 'object') indexedDB.deleteDatabase(storageKeys.database)
}

async function withPanel(act: (handle: PanelHandle) => void): Promise<void> {
  if (launcher === undefined) boot({})
  const { button, trouble } = launcher ?? {}
  if (button === undefined) return
  button.setAttribute('aria-busy', 'true')
  trouble?.('')
  loading ??= load()
  try {
    const handle = await loading
    if (panel === handle) act(handle)
  } catch {
    loading = undefined
    again += '?'
    trouble?.(CLEW_BUILD.words[currentLocale()].trouble)
  }
  button.removeAttribute('aria-busy')
}

async function load(): Promise<PanelHandle> {
  const shown = launcher
  const [module, messages] = await Promise.all([
    importFile<PanelModule>(CLEW_BUILD.panel),
    loadMessages(currentLocale()),
  ])
  if (shown === undefined || shown !== launcher) throw new Error('shut down')
  panel = module.mount(bridgeTo(shown), messages)
  return panel
}

const loadMessages = async (locale: 'en' | 'el'): Promise<Messages> =>
  (await importFile<{ catalogue: Messages }>(CLEW_BUILD.messages[locale])).catalogue

const importFile = <M>(file: string): Promise<M> => import(`${base}widget/${file}${again}`)

const bridgeTo = (shown: Launcher): Bridge => ({
  base,
  root: shown.root,
  launcher: shown.button,
  context: () => context,
  options: () => options,
  locale: currentLocale,
  emit,
  loadMessages,
  onToggle: (isOpen) => {
    shown.button.setAttribute('aria-expanded', String(isOpen))
    emit(isOpen ? 'show' : 'hide')
  },
  onUnread: (count, name) => {
    shown.unread(count)
    shown.name(name)
  },
})

function listen(event: HostEvent, listener: unknown): () => void {
  const entry: [HostEvent, (detail: unknown) => void] = [event, listener as (detail: unknown) => void]
  if (typeof listener === 'function') listeners.push(entry)
  // Queue-safe to the end: who asks for `ready` after the fact is told at once.
  if (event === 'ready' && launcher !== undefined) emit(event, undefined, [entry])
  return () => void listeners.splice(listeners.indexOf(entry) >>> 0, 1)
}

function emit(event: HostEvent, detail?: unknown, to = [...listeners]): void {
  for (const [name, listener] of to)
    if (name === event)
      try {
        listener(detail)
      } catch (error) {
        // The page's own mistake: told to the page, not to us.
        setTimeout(() => {
          throw error
        })
      }
}

const currentLocale = () => resolveLocale(options.locale, document.documentElement.lang, navigator.language)

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(storageKeys.prefix))
  } catch {
    // A browser that forbids storage has nothing of ours.
    return []
  }
}

const hasSpokenBefore = () => storedKeys().some((key) => key === storageKeys.token || key === storageKeys.pending)

const page = window as unknown as { Clew?: unknown }
const queued = takeQueued(page.Clew)
page.Clew = createGlobal(run)
if (script?.dataset['boot'] !== 'manual') boot(readDataOptions(script?.dataset ?? {}))
queued.forEach(run)
