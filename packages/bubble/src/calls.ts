/** Calls, options and events of the bubble, as `docs/embedding.md` lists them. */

/** What can be changed at any time. */
export type UpdateOptions = {
  locale?: 'en' | 'el'
  theme?: 'light' | 'dark' | 'auto'
  /** The article that the page shows; it goes with the first message. */
  articleSlug?: string
  /** Titles of what the person has tried already. */
  tried?: readonly string[]
  /** Who is there, signed by your server (a JWT). */
  identity?: string
  /** Unverified labels for the agent; they open no history. */
  name?: string
  email?: string
}

export type BootOptions = UpdateOptions & {
  side?: 'left'
  /** The colour of the button; white has to be readable on it. */
  accent?: string
}

/** What listeners are told. */
export type ClewEvents = {
  ready: undefined
  show: undefined
  hide: undefined
  /** How many messages have not been read. */
  unread: number
  /** The case as it is now. */
  case: { conversationId: string; given: number; wanted: number; score: number } & Readonly<Record<string, unknown>>
  event: { name: unknown; detail: unknown }
  /** Sign anew, and `update`. */
  'identity-expired': { code: string }
}

export type ClewCalls = {
  boot: [options?: BootOptions]
  update: [options: UpdateOptions]
  shutdown: []
  show: []
  hide: []
  showNewMessage: [text?: string]
  showArticle: [slug: string]
  startFlow: [id: string]
  attachFile: [file: File]
  attachContext: [context: { requestIds?: readonly string[]; completionIds?: readonly string[] }]
  trackEvent: [name: string, detail?: unknown]
}

/** `Clew('show')`, `Clew('on', 'unread', listener)`: works from the first moment on, whether the script is there or not. */
export type Clew = {
  /** Answers with a function that stops. */
  <E extends keyof ClewEvents>(verb: 'on', event: E, listener: (detail: ClewEvents[E]) => void): () => void
  <V extends keyof ClewCalls>(verb: V, ...args: ClewCalls[V]): void
}
