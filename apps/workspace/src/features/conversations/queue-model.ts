import type { Conversation } from '@clew/contract/conversations'

/** What I would do next with a conversation, the most pressing first. */
export const nextActions = ['waiting', 'reply', 'contact', 'colleagues', 'assistant', 'snoozed', 'resolved'] as const
export type NextAction = (typeof nextActions)[number]

export type QueueGroup = { readonly action: NextAction; readonly conversations: readonly Conversation[] }

export function groupByNextAction(conversations: readonly Conversation[], me: string): QueueGroup[] {
  const byAction = new Map<NextAction, Conversation[]>()
  for (const conversation of conversations) {
    const action = nextActionOf(conversation, me)
    byAction.set(action, [...(byAction.get(action) ?? []), conversation])
  }
  return nextActions.flatMap((action) => {
    const found = byAction.get(action)
    return found === undefined ? [] : [{ action, conversations: found.sort(orderOf(action)) }]
  })
}

export function nextActionOf(conversation: Conversation, me: string): NextAction {
  if (conversation.status === 'resolved') return 'resolved'
  if (conversation.snoozed !== undefined) return 'snoozed'
  if (conversation.handling === 'assistant') return 'assistant'
  if (conversation.assignee === undefined) return 'waiting'
  if (conversation.assignee.id !== me) return 'colleagues'
  return conversation.waitingSince === undefined ? 'contact' : 'reply'
}

/** Who has waited longest comes first; where nobody waits, what is newest; of what sleeps, what wakes first. */
function orderOf(action: NextAction): (a: Conversation, b: Conversation) => number {
  const longestWait = (a: Conversation, b: Conversation) =>
    (a.waitingSince ?? a.lastMessageAt).localeCompare(b.waitingSince ?? b.lastMessageAt)
  const newest = (a: Conversation, b: Conversation) => b.lastMessageAt.localeCompare(a.lastMessageAt)
  if (action === 'snoozed') return (a, b) => (a.snoozed?.until ?? '').localeCompare(b.snoozed?.until ?? '')
  return action === 'waiting' || action === 'reply' ? longestWait : newest
}

/** The conversation one step down (or up) from the open one; the first when none is open. */
export function stepFrom(order: readonly string[], current: string | undefined, step: 1 | -1): string | undefined {
  const at = current === undefined ? -1 : order.indexOf(current)
  if (at === -1) return order[0]
  return order[at + step] ?? order[at]
}

/** Where to go after this one leaves the queue: the one below it, or the one above the end. */
export function nextAfter(order: readonly string[], leaving: string): string | undefined {
  const at = order.indexOf(leaving)
  if (at === -1) return order[0]
  return order[at + 1] ?? order[at - 1]
}
