import { fetchAgain } from '@clew/client/fetch-again'
import type { ThumbReason } from '@clew/contract/assistant-learning'
import type { CaseField, SetFact } from '@clew/contract/cases'
import type { QuickReply } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import type { T } from '@clew/i18n'
import type { Bridge } from '../bridge.ts'
import { cleanImage } from '../files/clean-image.ts'
import { looksLikeHar } from '../files/har-file.ts'
import { maxAttachmentBytes, maxFiles, maxWords } from '../files/limits.ts'
import { formatSize } from '../files/size.ts'
import type { OutgoingFile } from '../outbox/outbox.ts'
import { now, timeZone } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import { keep } from '../platform/memory.ts'
import type { Controller } from './controller.ts'
import { createHarFlow, type HarActions } from './har-flow.ts'
import { currentConversation, hasOpenCapture, maxCaptureBytes, type PanelState } from './state.ts'

export type Actions = ReturnType<typeof createActions>

type Speak = (body: string, more?: { files?: readonly OutgoingFile[]; quickReplyId?: string }) => Promise<void>
type Reach = { bridge: Bridge; controller: Controller; t(): T<'widget'> }

/** What a person can do in the panel. */
export function createActions(bridge: Bridge, controller: Controller, t: () => T<'widget'>) {
  const { store, sending, api } = controller
  const reach: Reach = { bridge, controller, t }
  const speak = speaker(reach)
  const say = (text: string) =>
    store.update((state) => ({ ...state, notices: [...state.notices.slice(-2), { text, id: nextId(state) }] }))
  const har = harActions({ ...reach, speak })
  const writing = writingActions({ ...reach, speak, har, say })

  return {
    har,
    say,
    speak,
    ...writing,
    ...caseActions(controller),
    ...navigation(controller),

    pressQuickReply: (reply: QuickReply) => speak(reply.label, { quickReplyId: reply.id }),

    /** What was typed or attached goes before it: it is what the person is to read. */
    async askForPerson() {
      if (!(await writing.submit())) return
      if (store.get().current === undefined) await speak(t()('widget.person_request'))
      store.update(withoutWhatIsOver)
      await here(controller, (current) => sending.add(current, { kind: 'person' }))
    },

    /** The assistant notes it, and writes when it is over. */
    followIncident: (id: string, title: string) =>
      speak(t()('widget.follow_message', { title }), { quickReplyId: `follow:${id}` }),

    runShort: () => store.set({ isShort: true }),
    fetchMissing: () => store.set({ isShort: false }),

    retry: (order: number) => sending.retry(order),
    async discard(order: number) {
      const entry = store.get().outbox.find((each) => each.order === order)
      await sending.discard(order)
      if (entry?.outgoing.kind === 'large_capture') await controller.uploads.cancel(entry.outgoing.upload.id)
    },
    uploads: controller.uploads,
    readFile: (id: string) => api.readFile(id),
    giveThumbReason: (reason: ThumbReason) => here(controller, (current) => api.giveThumbReason(current, reason)),
    rateArticle: (slug: string, locale: Locale, helpful: boolean) =>
      api.rateArticle(slug, { helpful, locale }).catch(() => undefined),
  }
}

const nextId = ({ notices }: PanelState): number => (notices.at(-1)?.id ?? 0) + 1

/** Does something in the shown conversation, if there is one. */
async function here({ store }: Controller, act: (current: string) => Promise<void>): Promise<void> {
  const { current } = store.get()
  if (current !== undefined) await act(current)
}

/** With a safe copy alone go words that ask nothing. */
const aRecording = 'recording'

/** Says something: in the shown conversation, or as the first words of a new one. */
function speaker({ bridge, controller }: Reach): Speak {
  const { store, sending } = controller
  return async (body, { files = [], quickReplyId } = {}) => {
    const message = { clientMessageId: newId(), body, files }
    const { current } = store.get()
    store.update(quickReplyId === aRecording ? withoutWhatWasRead : withoutWhatIsOver)
    const more = quickReplyId === undefined ? {} : { quickReplyId }
    if (current !== undefined) return sending.add(current, { kind: 'message', ...message, ...more })
    const conversation = newId()
    store.set({ current: conversation })
    return sending.add(conversation, { kind: 'start', ...message, ...more, ...whereFrom(bridge), timeZone: timeZone() })
  }
}

function harActions({ bridge, controller, t, speak }: Omit<Writing, 'har' | 'say'>): HarActions {
  const { store, sending, uploads, session, api } = controller
  return createHarFlow({
    store,
    root: bridge.root,
    load: () => fetchAgain(() => import('../har/sanitise.ts')),
    frameUrl: () => new URL(store.get().settings?.frameUrl ?? 'widget/frame', bridge.base).href,
    rule: {
      operators: () => store.get().settings?.sanitising,
      async isSomebody() {
        await session.identify()
        return session.token() !== undefined || bridge.options().identity !== undefined
      },
      theirs: api.sanitising,
    },
    maxCaptureBytes: () => maxCaptureBytes(store.get()),
    async send({ name, content }, removed) {
      if (store.get().current === undefined) await speak(t()('widget.har_message'), { quickReplyId: aRecording })
      else store.update(withoutWhatWasRead)
      const id = newId()
      const isLarge = content.size > maxAttachmentBytes
      if (isLarge) await uploads.add(id, { name, content })
      const of = { id, name, sizeBytes: content.size }
      const capture = isLarge
        ? { kind: 'large_capture' as const, clientMessageId: newId(), upload: of, removed }
        : {
            kind: 'capture' as const,
            clientMessageId: newId(),
            file: { ...of, mediaType: content.type, content },
            removed,
          }
      await here(controller, (current) => sending.add(current, capture))
    },
  })
}

function caseActions(controller: Controller) {
  const { store, sending } = controller
  return {
    ask: (field: CaseField) => store.set({ asking: field }),
    stopAsking: () => store.update(withoutAsking),
    async setFact(fact: SetFact) {
      await here(controller, (current) => sending.add(current, { kind: 'fact', fact }))
      store.update(withoutAsking)
    },
  }
}

function whereFrom(bridge: Bridge) {
  const { articleSlug, tried } = bridge.options()
  // Only where the page is: a query or fragment may carry what is nobody's business.
  const pageUrl = `${location.origin}${location.pathname}`
  return {
    locale: bridge.locale(),
    ...(/^https?:/.test(pageUrl) ? { pageUrl: pageUrl.slice(0, 2000) } : {}),
    ...(articleSlug === undefined ? {} : { articleSlug: articleSlug.slice(0, 120) }),
    ...(tried === undefined ? {} : { tried: tried.slice(0, 20).map((step) => String(step).slice(0, 120)) }),
  }
}

type Writing = Reach & { speak: Speak; har: HarActions; say(text: string): void }

const asAttached = (content: File) => ({
  id: newId(),
  name: content.name || 'file',
  mediaType: content.type,
  sizeBytes: content.size,
  content,
})

function writingActions({ controller, speak, har, say, t }: Writing) {
  const { store, api, session, uploads } = controller
  let saidTypingAt = 0

  const keepDraft = (draft: string) => {
    store.set({ draft })
    // Nothing is stored before the first message.
    if (session.token() !== undefined) keep.write('draft', draft || undefined)
  }

  const attachOne = async (file: File) => {
    const size = formatSize(t(), file.size)
    if (file.size === 0) return say(t()('widget.file_empty', { name: file.name }))
    if (await looksLikeHar(file)) return har.begin(file)
    const most = maxCaptureBytes(store.get())
    if (file.size > most)
      return say(t()('widget.file_too_large', { name: file.name, size, limit: formatSize(t(), most) }))
    if (store.get().attached.length >= maxFiles) return say(t()('widget.files_too_many'))
    const clean = await cleanImage(file)
    store.update((state) => ({ ...state, attached: [...state.attached, clean] }))
  }

  return {
    write(draft: string) {
      keepDraft(draft)
      const shown = currentConversation(store.get())?.conversation
      const at = now().getTime()
      if (shown === undefined || shown.handling === 'assistant' || draft === '' || at - saidTypingAt < 4000) return
      saidTypingAt = at
      api.sayTyping(shown.id).catch(() => undefined)
    },

    /** Answers whether there was nothing to send, or it is on its way. */
    async submit(): Promise<boolean> {
      const { draft, attached } = store.get()
      const body = draft.trim()
      if (body === '' && attached.length === 0) return true
      if (body.length > maxWords) {
        say(t()('widget.words_too_many', { count: body.length, limit: maxWords }))
        return false
      }
      const large = attached.filter(({ size }) => size > maxAttachmentBytes)
      const files = attached.filter((file) => !large.includes(file)).map(asAttached)
      store.set({ attached: [] })
      keepDraft('')
      const isFirst = store.get().current === undefined
      const words = body || (isFirst && files.length === 0 ? t()('widget.file_message') : '')
      if (words !== '' || files.length > 0) await speak(words, { files })
      // Each comes in a message of its own, once all of it is there.
      for (const content of large) {
        const name = content.name || 'file'
        const add = (conversation: string) =>
          uploads.add(newId(), { name, content, plain: { conversation, clientMessageId: newId() } })
        await here(controller, add).catch(() => say(t()('widget.error_network')))
      }
      return true
    },

    async attach(files: readonly File[]) {
      for (const file of files) await attachOne(file).catch(() => say(t()('widget.file_unreadable')))
    },

    openBrush: (file: File) => store.set({ screen: { name: 'brush', file }, isShort: false }),
    replaceAttached: (file: File, by: File) =>
      store.update((state) => ({ ...state, attached: state.attached.map((each) => (each === file ? by : each)) })),
    detach: (file: File) =>
      store.update((state) => ({ ...state, attached: state.attached.filter((other) => other !== file) })),
  }
}

function navigation(controller: Controller) {
  const { store, api } = controller
  const toConversation = () => {
    store.set({ screen: { name: 'conversation' } })
    controller.markRead()
  }

  return {
    async openArticle(slug: string, locale: Locale, anchor?: string) {
      const screen = { name: 'article' as const, slug, locale, ...(anchor === undefined ? {} : { anchor }) }
      store.set({ screen, isShort: false })
      const loaded = await api.article(locale, slug).then(
        (article) => ({ ...screen, article }),
        () => ({ ...screen, failed: true }),
      )
      if (store.get().screen === screen) store.set({ screen: loaded })
    },

    back: toConversation,
    openEarlier: () => store.set({ screen: { name: 'earlier' } }),

    async openConversation(id: string) {
      store.set({ current: id })
      toConversation()
      if (store.get().loaded[id] === undefined) await controller.load(id).catch(() => undefined)
      controller.markRead()
    },

    startNew() {
      store.update((state) => {
        const { current: _left, ...rest } = state
        return { ...rest, hars: [], notices: [] }
      })
      toConversation()
    },
  }
}

const withoutAsking = (state: PanelState): PanelState => {
  const { asking: _over, ...rest } = state
  return rest
}

/** Notices and HARs that went nowhere are gone when the talk goes on. While others are open, each stays in its place. */
const withoutWhatIsOver = (state: PanelState): PanelState => ({
  ...state,
  hars: hasOpenCapture(state) ? state.hars : [],
  notices: [],
})

/** A safe copy takes no word from the person: of those beside it, what failed is still to be read. */
const withoutWhatWasRead = (state: PanelState): PanelState =>
  state.hars.some(({ step }) => step === 'failed') ? { ...state, notices: [] } : withoutWhatIsOver(state)
