import type { Conversation } from '@clew/contract/conversations'
import { followOtherTabs, keep, readKept } from '../../app/preferences.ts'
import { createStore, usePart } from '../../app/store.ts'

const key = 'clew:seen'
const remembered = 500

/** Up to which message this browser has shown each conversation. */
const seen = createStore<Readonly<Record<string, number>>>(read())

/** What another tab has shown is seen here too. */
export const followSeen = (): (() => void) => followOtherTabs(key, () => seen.set(read()))

export function markSeen(conversationId: string, lastSeq: number): void {
  if ((seen.get()[conversationId] ?? 0) >= lastSeq) return
  seen.update(({ [conversationId]: _before, ...others }) => {
    const newest = Object.entries(others).slice(-remembered)
    return { ...Object.fromEntries(newest), [conversationId]: lastSeq }
  })
  keep(key, JSON.stringify(seen.get()))
}

/** Someone waits, and something came that was not shown here. */
export const useIsUnread = (conversation: Conversation): boolean => usePart(seen, (all) => isUnread(all, conversation))

/** How many of them are unread. */
export const useUnread = (conversations: readonly Conversation[]): number =>
  usePart(seen, (all) => conversations.filter((conversation) => isUnread(all, conversation)).length)

const isUnread = (all: Readonly<Record<string, number>>, { id, waitingSince, lastSeq }: Conversation): boolean =>
  waitingSince !== undefined && lastSeq > (all[id] ?? 0)

function read(): Record<string, number> {
  try {
    return JSON.parse(readKept(key) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}
