import type { SetFact } from '@clew/contract/cases'
import type { Locale } from '@clew/contract/primitives'

export type OutgoingFile = { id: string; name: string; mediaType: string; sizeBytes: number; content: Blob }

export type UploadedFile = Pick<OutgoingFile, 'id' | 'name' | 'sizeBytes'>

/** What waits to be sent. Each carries the ids by which the server knows it again. */
export type Outgoing =
  | {
      kind: 'start'
      clientMessageId: string
      body: string
      files: readonly OutgoingFile[]
      locale: Locale
      timeZone?: string
      quickReplyId?: string
      pageUrl?: string
      articleSlug?: string
      tried?: readonly string[]
    }
  | {
      kind: 'message'
      clientMessageId: string
      body: string
      files: readonly OutgoingFile[]
      /** Large ones that the server has already. */
      uploaded?: readonly UploadedFile[]
      quickReplyId?: string
    }
  | { kind: 'person' }
  | { kind: 'fact'; fact: SetFact }
  | {
      kind: 'capture'
      clientMessageId: string
      file: OutgoingFile
      removed: readonly { kind: string; count: number }[]
    }
  | {
      /** A capture too large for one request: it is attached at once, and its bytes follow beside the outbox. */
      kind: 'large_capture'
      clientMessageId: string
      upload: UploadedFile
      removed: readonly { kind: string; count: number }[]
    }

export type Failure = { code: string; sentence?: string }

export type NewEntry = {
  /** The server's id, or our own while the conversation has not been started there. */
  conversation: string
  createdAt: string
  outgoing: Outgoing
}

export type OutboxEntry = NewEntry & { order: number; failure?: Failure }

/** Keeps what is to be sent, in the order it was written, until the server has acknowledged it. */
export type OutboxStore = {
  add(entry: NewEntry): Promise<OutboxEntry>
  list(): Promise<OutboxEntry[]>
  /** The server has it. With `startedAs`, it is also known from now on under which id the conversation runs. */
  settle(order: number, startedAs?: { clientId: string; id: string }): Promise<void>
  fail(order: number, failure: Failure): Promise<void>
  /** A failed entry waits again, in its old place. */
  retry(order: number): Promise<void>
  remove(order: number): Promise<void>
  /** The server's id of a conversation, as far as it is known. */
  conversationId(conversation: string): Promise<string>
  clear(): Promise<void>
}

/**
 * The next to send: the oldest that has not failed. What belongs to a conversation whose start has failed waits for
 * that start.
 */
export function nextToSend(entries: readonly OutboxEntry[]): OutboxEntry | undefined {
  const stuck = new Set(
    entries.filter((entry) => entry.failure && entry.outgoing.kind === 'start').map((entry) => entry.conversation),
  )
  return entries.find((entry) => entry.failure === undefined && !stuck.has(entry.conversation))
}
