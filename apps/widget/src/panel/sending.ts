import type { ContactApi } from '@clew/client/contact-api'
import { browserEnvironment } from '@clew/client/feed-environment'
import { type Delivered, deliver } from '../outbox/deliver.ts'
import { createFlusher, type Flusher } from '../outbox/flush.ts'
import type { OutboxEntry, Outgoing } from '../outbox/outbox.ts'
import { now } from '../platform/clock.ts'
import { keep } from '../platform/memory.ts'
import { openOutbox, type OutboxDoor } from './outbox-door.ts'
import type { Session } from './session.ts'
import type { PanelState } from './state.ts'
import type { Store } from './store.ts'

export type SendingOptions = {
  api: ContactApi
  session: Session
  store: Store<PanelState>
  onDelivered(entry: OutboxEntry, delivered: Delivered): void
  /** Other tabs want to know that the outbox has changed. */
  tellTabs(): void
}

export type Sending = {
  /** Keeps it on this device, then sends it. Settles once it is kept. */
  add(conversation: string, outgoing: Outgoing): Promise<void>
  retry(order: number): Promise<void>
  /** Takes back what has not been sent, and stops its upload. */
  discard(order: number): Promise<void>
  /** Reads the outbox and sends what is in it. */
  wake(): Promise<void>
  close(forget: boolean): Promise<void>
}

export function createSending(options: SendingOptions): Sending {
  const { store } = options
  let opening: Promise<OutboxDoor & { flusher: Flusher }> | undefined
  const underway = new Map<number, AbortController>()
  const stopListening = browserEnvironment.onWake(() => void opening?.then(({ flusher }) => flusher.wake()))

  const open = () => {
    opening ??= openOutbox().then((door) => ({ ...door, flusher: flush(door) }))
    return opening
  }

  const refresh = async () => {
    const { store: outbox } = await open()
    const entries = await outbox.list()
    const known = await Promise.all(entries.map(({ conversation }) => outbox.conversationId(conversation)))
    store.set({ outbox: entries.map((entry, index) => ({ ...entry, conversation: known[index] ?? entry.conversation })) })
    keep.write('pending', entries.length > 0 ? '1' : undefined)
  }

  const flush = (door: OutboxDoor): Flusher =>
    createFlusher({
      store: door.store,
      lock: door.lock,
      async deliver(entry, conversation) {
        const controller = new AbortController()
        underway.set(entry.order, controller)
        try {
          await options.session.ensure()
          const { signal } = controller
          return await deliver(entry.outgoing, { api: options.api, conversation, onProgress: setSent, signal })
        } finally {
          underway.delete(entry.order)
        }
      },
      async renewSession() {
        options.session.drop()
        return true
      },
      onDelivered(entry, delivered) {
        options.onDelivered(entry, delivered)
        void changed()
      },
      onChange({ waiting }) {
        store.set({ isWaiting: waiting })
        void changed()
      },
      setTimer: browserEnvironment.setTimer,
      random: browserEnvironment.random,
    })

  const setSent = (fileId: string, sent: number) =>
    store.update((state) => ({ ...state, sentBytes: { ...state.sentBytes, [fileId]: sent } }))

  const changed = async () => {
    await refresh()
    options.tellTabs()
  }

  const edit = async (change: (outbox: OutboxDoor['store']) => Promise<unknown>) => {
    const { store: outbox, flusher } = await open()
    await change(outbox)
    await changed()
    flusher.wake()
  }

  return {
    add: (conversation, outgoing) => edit((outbox) => outbox.add({ conversation, createdAt: now().toISOString(), outgoing })),
    retry: (order) => edit((outbox) => outbox.retry(order)),
    async discard(order) {
      underway.get(order)?.abort()
      await edit((outbox) => outbox.remove(order))
    },
    async wake() {
      await refresh()
      ;(await open()).flusher.wake()
    },
    async close(forget) {
      stopListening()
      for (const controller of underway.values()) controller.abort()
      const door = await opening
      door?.flusher.close()
      if (forget) await door?.store.clear()
      door?.close()
    },
  }
}
