import type { ConversationSnapshot } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import { applyEvent, type ConversationState, fromSnapshot, isNews } from './conversation-state.ts'

/** A conversation as the team knows it. */
export type TeamState = ConversationState & { readonly tags: readonly string[] }

export const fromTeamSnapshot = (snapshot: ConversationSnapshot): TeamState => ({
  ...fromSnapshot(snapshot),
  tags: snapshot.tags ?? [],
})

/** As `applyEvent`, with what only the team hears. */
export function applyTeamEvent(state: TeamState | undefined, event: RealtimeEvent): TeamState | undefined {
  const { change, position } = event
  const next = applyEvent(state, event)
  const isOurs = change.type === 'tags' && change.conversation.id === state?.conversation.id
  if (next === undefined || !isOurs || !isNews(next, 'tags', position)) return next
  return { ...next, tags: change.tags, versions: { ...next.versions, tags: position } }
}
