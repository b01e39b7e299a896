import type { Attachment, Message, SendAgentMessage } from '@clew/contract/conversations'
import { createStore, type Store } from '../../app/store.ts'

export type OutboxItem = {
  readonly clientMessageId: string
  readonly conversationId: string
  /** Who wrote it: on a shared machine nobody sends what another has left. */
  readonly agentId: string
  readonly kind: 'message' | 'note'
  readonly body: string
  readonly files: readonly Attachment[]
  readonly writtenAt: string
  /** Resolve the conversation once this has arrived, and not before. */
  readonly thenResolve?: boolean
  /** Put on the conversation once this has arrived. */
  readonly thenTag?: readonly string[]
  /** Waiting: the network is away. Failed: the server refused it, and only its author can decide. */
  readonly state: 'sending' | 'waiting' | 'failed'
  readonly failure?: unknown
}

/** Where unsent items survive a reload. */
export type Shelf = { load(): OutboxItem[]; put(item: OutboxItem): void; drop(clientMessageId: string): void }

export type OutboxOptions = {
  shelf: Shelf
  send(conversationId: string, input: SendAgentMessage): Promise<Message>
  onSent(message: Message, item: OutboxItem): void
  isTemporary(error: unknown): boolean
  /** How long the server asks to be left alone. */
  retryAfterMs(error: unknown): number | undefined
  me(): string | undefined
  setTimer(run: () => void, afterMs: number): void
}

export type Outbox = {
  readonly items: Store<readonly OutboxItem[]>
  add(item: Omit<OutboxItem, 'state'>): void
  retry(clientMessageId: string): void
  /** Answers the item, so that its text can go back into the draft. */
  takeBack(clientMessageId: string): OutboxItem | undefined
  /** The conversation is no more: nothing goes to it. */
  drop(conversationId: string): void
  /** The network is back: try at once what waits. */
  flush(): void
}

const firstRetryMs = 2000
const longestRetryMs = 30_000

/** Sends in order, one at a time in each conversation, until the server has each exactly once (the id sees to that). */
export function createOutbox(options: OutboxOptions): Outbox {
  const { shelf } = options
  const items = createStore<readonly OutboxItem[]>(shelf.load().map((item) => ({ ...item, state: 'waiting' })))
  const change = (id: string, to: Partial<OutboxItem>) =>
    items.update((all) => all.map((item) => (item.clientMessageId === id ? { ...item, ...to } : item)))
  const remove = (id: string) => {
    items.update((all) => all.filter((item) => item.clientMessageId !== id))
    shelf.drop(id)
  }
  const pump = createPump(options, { items, change, remove })

  return {
    items,
    add(item) {
      const added: OutboxItem = { ...item, state: 'sending' }
      shelf.put(added)
      items.update((all) => [...all, added])
      pump.run()
    },
    retry(id) {
      change(id, { state: 'waiting', failure: undefined })
      pump.run()
    },
    takeBack(id) {
      const taken = items.get().find((item) => item.clientMessageId === id && item.state !== 'sending')
      if (taken !== undefined) remove(id)
      return taken
    },
    drop(conversationId) {
      for (const item of items.get()) if (item.conversationId === conversationId) remove(item.clientMessageId)
    },
    flush: pump.runNow,
  }
}

type Box = {
  readonly items: Store<readonly OutboxItem[]>
  change(id: string, to: Partial<OutboxItem>): void
  remove(id: string): void
}

function createPump(options: OutboxOptions, { items, change, remove }: Box) {
  const busy = new Set<string>()
  let retryMs = firstRetryMs
  let retryPlanned = false

  const run = () => {
    const firsts = new Map<string, OutboxItem>()
    const mine = items.get().filter(({ agentId, state }) => agentId === options.me() && state !== 'failed')
    for (const item of mine) if (!firsts.has(item.conversationId)) firsts.set(item.conversationId, item)
    for (const item of firsts.values()) if (!busy.has(item.conversationId)) void deliver(item)
  }
  const runNow = () => {
    retryMs = firstRetryMs
    run()
  }
  const deliver = async (item: OutboxItem): Promise<void> => {
    const id = item.clientMessageId
    busy.add(item.conversationId)
    change(id, { state: 'sending' })
    try {
      options.onSent(await options.send(item.conversationId, inputOf(item)), item)
      retryMs = firstRetryMs
      remove(id)
    } catch (failure) {
      const temporary = options.isTemporary(failure)
      change(id, { state: temporary ? 'waiting' : 'failed', failure })
      if (temporary) return planRetry(options.retryAfterMs(failure) ?? 0)
    } finally {
      busy.delete(item.conversationId)
    }
    run()
  }
  const planRetry = (atLeastMs: number) => {
    if (retryPlanned) return
    retryPlanned = true
    const tryAgain = () => {
      retryPlanned = false
      retryMs = Math.min(retryMs * 2, longestRetryMs)
      run()
    }
    options.setTimer(tryAgain, Math.max(retryMs, atLeastMs))
  }
  return { run, runNow }
}

const inputOf = ({ clientMessageId, kind, body, files }: OutboxItem): SendAgentMessage => ({
  clientMessageId,
  kind,
  body,
  fileIds: files.map(({ fileId }) => fileId),
})
