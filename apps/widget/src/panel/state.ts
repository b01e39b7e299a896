import type { ConversationState } from '@clew/client/conversation-state'
import type { FeedState } from '@clew/client/feed'
import type { Article } from '@clew/contract/articles'
import type { CaseField } from '@clew/contract/cases'
import type { Conversation } from '@clew/contract/conversations'
import type { Locale, Position } from '@clew/contract/primitives'
import type { WidgetSettings } from '@clew/contract/sessions'
import type { SanitiseProgress, SanitiseResult } from '../har/protocol.ts'
import type { OutboxEntry } from '../outbox/outbox.ts'
import type { UploadProgress } from '../uploads/uploader.ts'

export type Screen =
  | { name: 'conversation' }
  | { name: 'article'; slug: string; locale: Locale; anchor?: string; article?: Article; failed?: boolean }
  | { name: 'earlier' }
  | { name: 'brush'; file: File }

export type HarStep =
  | { step: 'waiting' }
  | { step: 'working'; progress: SanitiseProgress }
  | { step: 'decide'; result: SanitiseResult }
  | { step: 'failed'; code: string }
  | { step: 'declined' }
  /** Sent, or its failure was read: it only keeps its number among the others. */
  | { step: 'over' }
export type HarFlow = { id: string; file: File; startedAt: string } & HarStep

export type Notice = { text: string; id: number }

export type PanelState = {
  isOpen: boolean
  screen: Screen
  settings?: WidgetSettings
  /** `idle` until there is something to listen for: nothing is opened before the first message. */
  connection: FeedState | 'idle'
  /** The shown conversation: the server's id, or ours while it waits to be started; undefined for a new one. */
  current?: string
  conversations: readonly Conversation[]
  /** What is loaded, by the server's id. */
  loaded: Readonly<Record<string, ConversationState>>
  /**
   * Deleted or left behind, by the server's id, and at which place in the log, where that is known: what comes late of them
   * is nothing to show. What comes of a later place is there again, as for somebody who returned to an organisation.
   */
  gone: Readonly<Record<string, Position | undefined>>
  /** Seen on this device, before the server says so. */
  readSeq: Readonly<Record<string, number>>
  outbox: readonly OutboxEntry[]
  isWaiting: boolean
  /** Something that is to be shown could not be fetched. */
  isShort: boolean
  /** Bytes sent of each file under way. */
  sentBytes: Readonly<Record<string, number>>
  /** Large files on their way from this device, by the file's id. */
  uploads: Readonly<Record<string, UploadProgress>>
  /** The assistant's `text` is what it will say, as far as it has come. */
  doing?: { by: 'assistant'; text: string | undefined } | { by: 'agent'; name: string }
  attached: readonly File[]
  /** Chosen together, or while others were still open, in their order. */
  hars: readonly HarFlow[]
  notices: readonly Notice[]
  draft: string
  asking?: CaseField
}

export const emptyState: PanelState = {
  isOpen: false,
  screen: { name: 'conversation' },
  connection: 'idle',
  conversations: [],
  loaded: {},
  gone: {},
  readSeq: {},
  outbox: [],
  isWaiting: false,
  isShort: false,
  sentBytes: {},
  uploads: {},
  attached: [],
  hars: [],
  notices: [],
  draft: '',
}

export const currentConversation = (state: PanelState): ConversationState | undefined =>
  state.current === undefined ? undefined : state.loaded[state.current]

/** What others have said and the person has not seen, over all conversations. */
export function unreadCount(state: PanelState): number {
  return Object.values(state.loaded).reduce((sum, { conversation, messages }) => {
    const seen = Math.max(conversation.contactReadSeq, state.readSeq[conversation.id] ?? 0)
    return (
      sum +
      messages.filter(({ seq, kind, author }) => seq > seen && kind === 'message' && author.type !== 'contact').length
    )
  }, 0)
}

/** Entries of the shown conversation that the server has not told us of yet. */
export function waitingHere(state: PanelState): readonly OutboxEntry[] {
  const told = new Set(currentConversation(state)?.messages.map(({ clientMessageId }) => clientMessageId))
  return state.outbox.filter(
    ({ conversation, outgoing }) =>
      conversation === state.current && !('clientMessageId' in outgoing && told.has(outgoing.clientMessageId as never)),
  )
}

/** A capture waits to be made safe, is being made safe, or waits for the person to decide. */
export const hasOpenCapture = ({ hars }: PanelState): boolean =>
  hars.some(({ step }) => step === 'waiting' || step === 'working' || step === 'decide')

// Where the server does not say, it refuses what is too large.
export const maxCaptureBytes = ({ settings }: PanelState): number => settings?.maxCaptureBytes ?? 1_000_000_000
