import type { Locale } from '@clew/contract/primitives'
import type { Catalogue } from '@clew/i18n'

/** What the host page may say when it boots or updates the bubble. */
export type BootOptions = {
  locale?: Locale
  theme?: 'light' | 'dark' | 'auto'
  /** `left`: the button sits at the bottom left. */
  side?: string | undefined
  /** The colour of the button until the panel knows those of the brand. */
  accent?: string | undefined
  /** The article the page shows; it goes with the first message. */
  articleSlug?: string
  /** Titles of what the person has tried already. */
  tried?: readonly string[]
  /** Who is there, signed by the host page's server (JWT). Opens their conversations, whatever the device. */
  identity?: string
  /** Unverified labels; they open no history. */
  name?: string
  email?: string
}

/** What the host page knows about the problem, given by `attachContext`. */
export type HostContext = { requestIds: string[]; completionIds: string[] }

export type HostEvent = 'ready' | 'unread' | 'case' | 'show' | 'hide' | 'event' | 'identity-expired'

export type Messages = Catalogue<'widget'>

/** What the loader gives to the panel. */
export type Bridge = {
  /** Where Clew is, with a closing slash. */
  readonly base: string
  readonly root: ShadowRoot
  readonly launcher: HTMLButtonElement
  /** What `attachContext` was given so far, unread. */
  context(): readonly unknown[]
  options(): BootOptions
  locale(): Locale
  emit(event: HostEvent, detail?: unknown): void
  /** The panel has opened or closed: the launcher says so. */
  onToggle(isOpen: boolean): void
  /** The number on the launcher, and its whole accessible name. */
  onUnread(count: number, name: string): void
  loadMessages(locale: Locale): Promise<Messages>
}

/** Verbs that only the panel can carry out. */
export type PanelVerb = 'showNewMessage' | 'showArticle' | 'startFlow' | 'attachFile' | 'attachContext'

export type PanelHandle = {
  show(): void
  hide(): void
  toggle(): void
  call(verb: PanelVerb, argument: unknown): void
  update(): void
  /** Ends everything; with `forget`, also what is stored on this device. */
  destroy(forget: boolean): Promise<void>
}

export type PanelModule = { mount(bridge: Bridge, messages: Messages): PanelHandle }

/** The names under which the bubble stores things. The loader looks at the first two without loading anything. */
export const storageKeys = { token: 'clew:token', pending: 'clew:pending', prefix: 'clew:', database: 'clew' } as const
