import type { Conversation } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'

/** The conversation, if it woke because its time came and this agent is to know. */
export function wokenFor(change: RealtimeEvent['change'] | undefined, me: string): Conversation | undefined {
  if (change?.type !== 'message') return undefined
  const { activity } = change.message
  if (activity?.type !== 'woken' || activity.byName !== undefined) return undefined
  const { assignee } = change.conversation
  return (assignee?.id ?? activity.snoozed.by.id) === me ? change.conversation : undefined
}
