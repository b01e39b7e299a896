import { withMessage } from '@clew/client/conversation-state'
import { ClewError } from '@clew/client/http'
import type { QueryClient } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { isSessionOver } from '../../app/errors.ts'
import { latestEvent } from '../../app/feed.ts'
import { keep, readKept } from '../../app/preferences.ts'
import { conversationQuery } from '../../app/queries.ts'
import { sessionOver } from '../../app/session-over.ts'
import { createStore } from '../../app/store.ts'
import { changeDraft, draftOf } from './draft-store.ts'
import { type Extras, noExtras, withMacro } from './macro-draft.ts'
import { createOutbox, type OutboxItem, type Shelf } from './outbox.ts'

const prefix = 'clew:outbox:'

// One key for each item: two tabs never overwrite what the other has written.
const shelf: Shelf = {
  load: () =>
    keptKeys()
      .flatMap((key) => parseItem(readKept(key)))
      .sort((a, b) => a.writtenAt.localeCompare(b.writtenAt)),
  put: (item) => void keep(prefix + item.clientMessageId, JSON.stringify(item)),
  drop: (id) => void keep(prefix + id, undefined),
}

/** The latest item that arrived, for what is to happen after it. */
export const lastSent = createStore<OutboxItem | undefined>(undefined)

let queryClient: QueryClient | undefined
let agentId: string | undefined

/** Replies and notes on their way to the server. */
export const outbox = createOutbox({
  shelf,
  send: async (conversationId, input) => {
    try {
      return await api.sendMessage(conversationId, input)
    } catch (error) {
      if (isSessionOver(error)) sessionOver()
      throw error
    }
  },
  onSent(message, item) {
    queryClient?.setQueryData(
      conversationQuery(message.conversationId).queryKey,
      (state) => state && withMessage(state, message),
    )
    lastSent.set(item)
  },
  // Without a session nothing is lost: it goes after signing in again.
  isTemporary: (error) => isSessionOver(error) || (error instanceof ClewError && error.isTemporary),
  retryAfterMs: (error) => (error instanceof ClewError ? error.retryAfterMs : undefined),
  me: () => agentId,
  setTimer: (run, afterMs) => void setTimeout(run, afterMs),
})

/** Begins to send what an earlier visit left. Called once the session is known. */
export function startSending(client: QueryClient, me: string): () => void {
  queryClient = client
  agentId = me
  outbox.flush()
  addEventListener('online', outbox.flush)
  const stopHearing = latestEvent.subscribe(dropErased)
  return () => {
    removeEventListener('online', outbox.flush)
    stopHearing()
  }
}

/** What was being written in a conversation goes with it. */
function dropErased(): void {
  const change = latestEvent.get()?.change
  if (change?.type !== 'erased') return
  outbox.drop(change.conversationId)
  changeDraft(change.conversationId, { message: '', note: '', files: [], extras: undefined })
}

/** Puts an unsent text back into the draft; what is already being written there stays below it. */
export function takeBackIntoDraft(item: OutboxItem, lastSeq: number): void {
  const taken = outbox.takeBack(item.clientMessageId)
  if (taken === undefined) return
  const draft = draftOf(taken.conversationId)
  changeDraft(taken.conversationId, {
    kind: taken.kind,
    [taken.kind]: [taken.body, draft[taken.kind]].filter(Boolean).join('\n\n'),
    files: [...draft.files, ...taken.files],
    ...(taken.thenTag === undefined ? {} : { extras: withMacro(draft.extras ?? noExtras, tagsOnly(taken.thenTag)) }),
    begunAtSeq: lastSeq,
    askedAtSeq: lastSeq,
  })
}

const tagsOnly = (tags: readonly string[]): Extras => ({ tags, resolves: false })

function keptKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  } catch {
    return []
  }
}

function parseItem(text: string | undefined): OutboxItem[] {
  try {
    return text === undefined ? [] : [JSON.parse(text) as OutboxItem]
  } catch {
    return []
  }
}
