import type { Conversation, Message } from '@clew/contract/conversations'
import type { RealtimeChange } from '@clew/contract/realtime'

/** What an agent is told of who looks elsewhere: a contact wrote, one waits for a person, somebody gave me one. */
export type Notice = {
  readonly type: 'wrote' | 'waits' | 'given'
  readonly conversation: Conversation
  readonly message: Message
}

type Me = { readonly id: string; readonly name: string }

/** News of this age is no news: what a sleeping computer missed is in the list, and not shown piece by piece. */
const newsForMs = 2 * 60_000

/** What of a change concerns me: what waits for me, or for whoever comes first. Nothing of what I did myself. */
export function noticeOf(change: RealtimeChange, { me, now }: { me: Me; now: number }): Notice | undefined {
  if (change.type !== 'message') return undefined
  const { message, conversation } = change
  const { assignee, handling, status } = conversation
  const isMine = assignee === undefined || assignee.id === me.id
  if (status !== 'open' || handling === 'assistant' || !isMine) return undefined
  if (now - Date.parse(message.createdAt) > newsForMs) return undefined
  const type = typeOf(message, assignee && me.name)
  return type && { type, conversation, message }
}

/** Whoever gave it is known by name only. */
function typeOf({ kind, author, activity }: Message, ownName: string | undefined): Notice['type'] | undefined {
  if (kind === 'message' && author.type === 'contact') return 'wrote'
  if (activity?.type === 'handed_over') return 'waits'
  const isGiven = activity?.type === 'assigned' && ownName !== undefined && activity.byName !== ownName
  return isGiven ? 'given' : undefined
}
