import type { OutboxEntry, OutboxStore } from './outbox.ts'

/** The outbox of a page that may not store anything: it lasts as long as the page. */
export function memoryOutbox(): OutboxStore {
  let entries: OutboxEntry[] = []
  let last = 0
  const started = new Map<string, string>()
  const drop = (order: number) => {
    entries = entries.filter((entry) => entry.order !== order)
  }
  const change = (order: number, edit: (entry: OutboxEntry) => OutboxEntry) => {
    entries = entries.map((entry) => (entry.order === order ? edit(entry) : entry))
  }

  return {
    add: async (entry) => {
      last += 1
      const added = { ...entry, order: last }
      entries = [...entries, added]
      return added
    },
    list: async () => entries,
    settle: async (order, startedAs) => {
      drop(order)
      if (startedAs !== undefined) started.set(startedAs.clientId, startedAs.id)
    },
    fail: async (order, failure) => change(order, (entry) => ({ ...entry, failure })),
    retry: async (order) =>
      change(order, (entry) => {
        const { failure: _over, ...waiting } = entry
        return waiting
      }),
    remove: async (order) => drop(order),
    conversationId: async (conversation) => started.get(conversation) ?? conversation,
    clear: async () => {
      entries = []
      started.clear()
    },
  }
}
