import { ClewError } from '@clew/client/http'
import type { WidgetSettings } from '@clew/contract/sessions'
import { createT, type T } from '@clew/i18n'
import { render } from 'preact'
import type { Bridge, Messages, PanelHandle, PanelVerb } from '../bridge.ts'
import { keep } from '../platform/memory.ts'
import { type Actions, createActions } from './actions.ts'
import { App } from './app.tsx'
import { Controller } from './controller.ts'
import { css } from './panel.css'
import { followKeyboard } from './phone.ts'
import { type PanelState, unreadCount } from './state.ts'

/** Puts the panel beside the launcher, closed, and takes up what an earlier visit left. */
export function mount(bridge: Bridge, messages: Messages): PanelHandle {
  let t = createT<'widget'>(bridge.locale(), messages)
  const controller = new Controller(bridge)
  const actions = createActions(bridge, controller, () => t)
  controller.onGone = () => actions.say(t('widget.conversation_gone'))
  const { store } = controller
  const place = document.createElement('div')
  adopt(bridge.root, css)
  bridge.root.prepend(place)

  const draw = () => render(<App {...{ store, actions, t, base: bridge.base, onClose: hide }} />, place)
  const stopFollowing = store.subscribe(announce(bridge, () => t))
  const stopFollowingKeyboard = followKeyboard(bridge.root)
  const onSight = () => controller.markRead()
  document.addEventListener('visibilitychange', onSight)

  async function useLocale(): Promise<void> {
    const locale = bridge.locale()
    if (locale === t.locale) return announce(bridge, () => t)(store.get())
    t = createT<'widget'>(locale, await bridge.loadMessages(locale))
    draw()
    announce(bridge, () => t)(store.get())
    await loadSettings(controller, bridge)
  }

  function show(): void {
    if (store.get().isOpen) return
    store.set({ isOpen: true })
    bridge.onToggle(true)
    void loadSettings(controller, bridge).then(useLocale)
    controller.markRead()
  }

  function hide(): void {
    if (!store.get().isOpen) return
    store.set({ isOpen: false })
    bridge.onToggle(false)
    bridge.launcher.focus()
  }

  draw()
  announce(bridge, () => t)(store.get())
  const ready = takeUp(controller)

  return {
    show,
    hide,
    toggle: () => (store.get().isOpen ? hide() : show()),
    call(verb, argument) {
      if (verb !== 'attachContext') show()
      // What an earlier visit left comes first, so that a new message joins it.
      void ready.then(() => carryOut({ controller, actions, bridge, t }, verb, argument))
    },
    update: () => {
      void useLocale()
      void controller.identify()
    },
    async destroy(forget) {
      stopFollowing()
      stopFollowingKeyboard()
      document.removeEventListener('visibilitychange', onSight)
      render(null, place)
      place.remove()
      await controller.close(forget)
    },
  }
}

/** Follows the state to the launcher: how many are unread, and what the button does now. */
function announce(bridge: Bridge, t: () => T<'widget'>): (state: PanelState) => void {
  let told = 0
  return (state) => {
    const count = unreadCount(state)
    const open = count > 0 ? t()('widget.launcher_open_unread', { count }) : t()('widget.launcher_open')
    bridge.onUnread(count, state.isOpen ? t()('widget.launcher_close') : open)
    if (count !== told) bridge.emit('unread', count)
    told = count
  }
}

async function loadSettings({ api, store }: Controller, bridge: Bridge): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  try {
    const settings = await api.settings(bridge.locale(), timeZone)
    store.set({ settings })
    // A language that is not offered is answered in one that is.
    if (settings.locale !== bridge.locale()) bridge.options().locale = settings.locale
    wear(bridge.root, settings)
  } catch (error) {
    // Without an answer the panel does without. A page that may not hold the bubble is told why nothing works.
    if (error instanceof ClewError && error.status === 403) store.set({ notices: [{ id: 0, text: error.message }] })
  }
}

/** Side and colours as the team wants them; what the page itself says about the side comes first. */
function wear(root: ShadowRoot, { side, colours }: WidgetSettings): void {
  const { dataset, style } = root.host as HTMLElement
  if (side) dataset['side'] ||= side
  if (!colours) return
  style.cssText = ''
  adopt(root, colours)
}

/** Adds a style sheet after those of the launcher and of the panel, in place of an earlier one. */
function adopt(root: ShadowRoot, text: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.slice(0, 2), sheet]
}

/** Someone who has written before: their words still to be sent, their conversations, their draft. */
async function takeUp(controller: Controller): Promise<void> {
  const { store, session, sending, uploads } = controller
  // Before anything is waited for: from now on the field belongs to whoever types.
  store.set({ draft: keep.read('draft') ?? '' })
  await controller.identify()
  if (session.token() === undefined && keep.read('pending') === undefined) return
  await sending.wake()
  void uploads.wake()
  await controller.resume()
  const { current, outbox, conversations, loaded } = store.get()
  const latest = outbox.at(-1)?.conversation ?? conversations.find(({ status }) => status === 'open')?.id
  if (current !== undefined || latest === undefined) return
  store.set({ current: latest })
  const isKnown = conversations.some(({ id }) => id === latest)
  if (isKnown && loaded[latest] === undefined) await controller.load(latest).catch(() => undefined)
}

type Reach = { controller: Controller; actions: Actions; bridge: Bridge; t: T<'widget'> }

/** The person asks for a flow by its title, in the language of the page. One that there is not is the page's mistake. */
async function startFlow(flowId: string, { controller, actions, bridge, t }: Reach): Promise<void> {
  try {
    const flow = await controller.api.flow(bridge.locale(), flowId)
    actions.back()
    await actions.speak(t('widget.flow_request', { flow: flow.title }), { quickReplyId: `flow:${flow.id}` })
  } catch (error) {
    console.warn('Clew: no flow', flowId, error)
  }
}

function carryOut({ controller, actions, bridge, t }: Reach, verb: PanelVerb, argument: unknown): void {
  const text = typeof argument === 'string' ? argument : ''
  const { current } = controller.store.get()
  switch (verb) {
    case 'showNewMessage':
      actions.back()
      return actions.write(text)
    case 'showArticle':
      return void actions.openArticle(text, bridge.locale())
    case 'startFlow':
      return void startFlow(text, { controller, actions, bridge, t })
    case 'attachFile':
      actions.back()
      return void (argument instanceof File && actions.attach([argument]))
    case 'attachContext':
      if (current !== undefined) void controller.tellWhatThePageKnows(current)
  }
}
