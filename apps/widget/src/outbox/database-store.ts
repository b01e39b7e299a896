import { answer, type Database, outboxStore, type StoreOf, startedStore } from '../platform/database.ts'
import type { NewEntry, OutboxEntry, OutboxStore } from './outbox.ts'

/** The outbox in IndexedDB. `order` is its growing key, so entries keep their order over tabs and restarts. */
export function databaseOutbox(database: Database): OutboxStore {
  const write = <T>(work: (get: StoreOf) => Promise<T> | T) =>
    database.run([outboxStore, startedStore], 'readwrite', work)

  const change = (order: number, edit: (entry: OutboxEntry) => OutboxEntry) =>
    write(async (store) => {
      const entry = (await answer(store(outboxStore).get(order))) as OutboxEntry | undefined
      if (entry !== undefined) store(outboxStore).put(edit(entry))
    })

  return {
    add: (entry: NewEntry) =>
      write(async (store) => ({ ...entry, order: (await answer(store(outboxStore).add(entry))) as number })),

    list: () =>
      database.run([outboxStore], 'readonly', (store) => answer(store(outboxStore).getAll()) as Promise<OutboxEntry[]>),

    settle: (order, startedAs) =>
      write((store) => {
        store(outboxStore).delete(order)
        if (startedAs !== undefined) store(startedStore).put(startedAs.id, startedAs.clientId)
      }),

    fail: (order, failure) => change(order, (entry) => ({ ...entry, failure })),

    retry: (order) =>
      change(order, (entry) => {
        const { failure: _over, ...waiting } = entry
        return waiting
      }),

    remove: (order) => write((store) => void store(outboxStore).delete(order)),

    conversationId: (conversation) =>
      database.run([startedStore], 'readonly', async (store) => {
        const id: unknown = await answer(store(startedStore).get(conversation))
        return typeof id === 'string' ? id : conversation
      }),

    clear: () =>
      write((store) => {
        store(outboxStore).clear()
        store(startedStore).clear()
      }),
  }
}
