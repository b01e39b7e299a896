import type { Conversation } from '@clew/contract/conversations'
import { keep, readKept } from '../../app/preferences.ts'
import { createStore, usePart } from '../../app/store.ts'

const key = 'clew:seen'
const remembered = 500

/** Up to which message this browser has shown each conversation. */
const seen = createStore<Readonly<Record<string, number>>>(read())

export function markSeen(conversationId: string, lastSeq: number): void {
  if ((seen.get()[conversationId] ?? 0) >= lastSeq) return
  seen.update(({ [conversationId]: _before, ...others }) => {
    const newest = Object.entries(others).slice(-remembered)
    return { ...Object.fromEntries(newest), [conversationId]: lastSeq }
  })
  keep(key, JSON.stringify(seen.get()))
}

/** Someone waits, and something came that was not shown here. */
export const useIsUnread = (conversation: Conversation): boolean =>
  usePart(seen, (all) => conversation.waitingSince !== undefined && conversation.lastSeq > (all[conversation.id] ?? 0))

function read(): Record<string, number> {
  try {
    return JSON.parse(readKept(key) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}
