import { ClewError } from '@clew/client/http'
import type { Lock } from '../platform/lock.ts'
import type { Delivered } from './deliver.ts'
import { nextToSend, type OutboxEntry, type OutboxStore } from './outbox.ts'

export type FlushOptions = {
  store: OutboxStore
  lock: Lock
  /** Sends one entry to its conversation; fails with a `ClewError`. */
  deliver(entry: OutboxEntry, conversationId: string): Promise<Delivered>
  /** The session is no longer valid. Answers whether a new one was begun, so that it is worth trying again. */
  renewSession(): Promise<boolean>
  onDelivered(entry: OutboxEntry, delivered: Delivered): void
  /** An entry was refused or taken back; what became of it is in the store. */
  onRefused(entry: OutboxEntry): void
  /** The conversation is not there, so nothing can be said in it. */
  onGone(conversation: string): void
  /** True between tries, false when there is nothing to wait for. */
  onWaiting(isWaiting: boolean): void
  setTimer(run: () => void, afterMs: number): () => void
  random(): number
}

export type Flusher = { wake(): void; close(): void }

const firstBackoffMs = 1000
const longestBackoffMs = 60_000

/**
 * Sends what is in the outbox, one after the other, in one tab at a time. A temporary failure is tried again, later
 * and later; a refusal is written on the entry for the person to see, and the next goes on.
 */
export function createFlusher(options: FlushOptions): Flusher {
  let closed = false
  let running = false
  let wokenMeanwhile = false
  let failures = 0
  let cancelTimer = () => {}

  const round = async (): Promise<void> => {
    const waitMs = await options.lock(() => sendAll(options, () => closed))
    if (closed) return
    failures = waitMs === undefined ? 0 : failures + 1
    options.onWaiting(waitMs !== undefined)
    if (waitMs === undefined) return
    const ceiling = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(failures - 1, 8))
    cancelTimer = options.setTimer(wake, Math.max(waitMs, ceiling / 2 + (options.random() * ceiling) / 2))
  }

  function wake(): void {
    if (closed) return
    if (running) {
      wokenMeanwhile = true
      return
    }
    running = true
    cancelTimer()
    void round()
      .catch(() => undefined)
      .finally(() => {
        running = false
        if (wokenMeanwhile) {
          wokenMeanwhile = false
          wake()
        }
      })
  }

  return {
    wake,
    close() {
      closed = true
      cancelTimer()
    },
  }
}

/** Sends until nothing is left. Answers how long to wait when it had to stop before. */
async function sendAll(options: FlushOptions, isClosed: () => boolean): Promise<number | undefined> {
  for (;;) {
    const entry = nextToSend(await options.store.list())
    if (entry === undefined || isClosed()) return undefined
    const outcome = await sendOne(options, entry)
    if (outcome !== 'done') return outcome.waitMs
  }
}

async function sendOne(options: FlushOptions, entry: OutboxEntry): Promise<'done' | { waitMs: number }> {
  const { store } = options
  try {
    const conversation = await store.conversationId(entry.conversation)
    const delivered = await options.deliver(entry, conversation)
    const started = entry.outgoing.kind === 'start' ? delivered.conversation : undefined
    await store.settle(entry.order, started && { clientId: entry.conversation, id: started.id })
    options.onDelivered(entry, delivered)
  } catch (error) {
    const failure = error instanceof ClewError ? error : new ClewError({ code: 'network', status: 0, cause: error })
    if (failure.isTemporary) return { waitMs: failure.retryAfterMs ?? 0 }
    if (failure.status === 401 && entry.outgoing.kind === 'start' && (await options.renewSession())) return 'done'
    await putAside(options, entry, failure)
    options.onRefused(entry)
  }
  return 'done'
}

/** What was taken back, or cannot be said anywhere, goes; of the rest the person is told. */
async function putAside({ store, onGone }: FlushOptions, entry: OutboxEntry, failure: ClewError): Promise<void> {
  const { code, problem, message } = failure
  const isGone = code === 'conversation.not_found'
  if (isGone || code === 'aborted') await store.remove(entry.order)
  else await store.fail(entry.order, { code, ...(problem ? { sentence: message } : {}) })
  if (isGone) onGone(await store.conversationId(entry.conversation))
}
