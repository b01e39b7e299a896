import type { ContactApi } from '@clew/client/contact-api'
import { browserEnvironment } from '@clew/client/feed-environment'
import { type Delivered, deliver } from '../outbox/deliver.ts'
import { createFlusher, type Flusher } from '../outbox/flush.ts'
import type { OutboxEntry, Outgoing } from '../outbox/outbox.ts'
import { now } from '../platform/clock.ts'
import { keep } from '../platform/memory.ts'
import { type OutboxDoor, openOutbox } from './outbox-door.ts'
import type { Session } from './session.ts'
import type { PanelState } from './state.ts'
import type { Store } from './store.ts'

export type SendingOptions = {
  api: ContactApi
  session: Session
  store: Store<PanelState>
  onDelivered(entry: OutboxEntry, delivered: Delivered): void
  /** The shown conversation has begun on the server: another tab has sent its first words. */
  onStarted(conversation: string): void
  /** The server has no such conversation any more. */
  onGone(conversation: string): void
  /** Other tabs want to know that the outbox has changed. */
  tellTabs(): void
}

/** The outbox of this device at work. It is opened when there is something in it or to be put in it, not before. */
export class Sending {
  private readonly options: SendingOptions
  private readonly underway = new Map<number, AbortController>()
  private readonly stopListening: () => void
  private opening: Promise<OutboxDoor & { flusher: Flusher }> | undefined

  constructor(options: SendingOptions) {
    this.options = options
    this.stopListening = browserEnvironment.onWake(() => void this.opening?.then(({ flusher }) => flusher.wake()))
  }

  /** Keeps it on this device, then sends it. Settles once it is kept. */
  add(conversation: string, outgoing: Outgoing): Promise<void> {
    return this.edit((outbox) => outbox.add({ conversation, createdAt: now().toISOString(), outgoing }))
  }

  retry(order: number): Promise<void> {
    return this.edit((outbox) => outbox.retry(order))
  }

  /** Takes back what has not been sent, and stops its upload. */
  async discard(order: number): Promise<void> {
    this.underway.get(order)?.abort()
    await this.edit((outbox) => outbox.remove(order))
  }

  /** What large files are kept in and guarded by, beside the outbox. */
  async uploadDoor(): Promise<Pick<OutboxDoor, 'uploads' | 'lockFor'>> {
    return this.open()
  }

  /** Reads the outbox and sends what is in it. */
  async wake(): Promise<void> {
    await this.refresh()
    const { flusher } = await this.open()
    flusher.wake()
  }

  async close(forget: boolean): Promise<void> {
    this.stopListening()
    for (const controller of this.underway.values()) controller.abort()
    const door = await this.opening
    door?.flusher.close()
    if (forget) await door?.store.clear()
    door?.close()
  }

  private open(): Promise<OutboxDoor & { flusher: Flusher }> {
    this.opening ??= openOutbox().then((door) => ({ ...door, flusher: this.flush(door) }))
    return this.opening
  }

  private flush(door: OutboxDoor): Flusher {
    const { session, onDelivered, onGone, store } = this.options
    return createFlusher({
      store: door.store,
      lock: door.lock,
      deliver: (entry, conversation) => this.deliver(entry, conversation),
      async renewSession() {
        session.drop()
        return true
      },
      onDelivered: (entry, delivered) => {
        onDelivered(entry, delivered)
        void this.changed()
      },
      onRefused: () => void this.changed(),
      onGone,
      // Told to nobody else: two idle tabs would wake each other for ever.
      onWaiting: (isWaiting) => store.set({ isWaiting }),
      setTimer: browserEnvironment.setTimer,
      random: browserEnvironment.random,
    })
  }

  private async deliver(entry: OutboxEntry, conversation: string): Promise<Delivered> {
    const { api, session, store } = this.options
    const controller = new AbortController()
    this.underway.set(entry.order, controller)
    const onProgress = (fileId: string, sent: number) =>
      store.update((state) => ({ ...state, sentBytes: { ...state.sentBytes, [fileId]: sent } }))
    try {
      await session.ensure()
      return await deliver(entry.outgoing, { api, conversation, onProgress, signal: controller.signal })
    } finally {
      this.underway.delete(entry.order)
    }
  }

  private async edit(change: (outbox: OutboxDoor['store']) => Promise<unknown>): Promise<void> {
    const { store: outbox, flusher } = await this.open()
    await change(outbox)
    await this.changed()
    flusher.wake()
  }

  private async changed(): Promise<void> {
    await this.refresh()
    this.options.tellTabs()
  }

  private async refresh(): Promise<void> {
    const { store, onStarted } = this.options
    const { store: outbox } = await this.open()
    const entries = await outbox.list()
    const { current } = store.get()
    const shown = current === undefined ? undefined : await outbox.conversationId(current)
    const known = await Promise.all(entries.map(({ conversation }) => outbox.conversationId(conversation)))
    const hasBegun = shown !== undefined && shown !== current && store.get().current === current
    store.set({
      outbox: entries.map((entry, index) => ({ ...entry, conversation: known[index] ?? entry.conversation })),
      ...(hasBegun ? { current: shown } : {}),
    })
    keep.write('pending', entries.length > 0 ? '1' : undefined)
    if (hasBegun) onStarted(shown)
  }
}
