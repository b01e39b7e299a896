import type { AgentId, ContactId, ConversationId } from '@clew/contract/primitives'
import type { RealtimeSignal } from '@clew/contract/realtime'
import type { Clock } from '../../platform/clock.ts'
import type { Signal } from '../../platform/realtime.ts'

export type PresenceState = 'viewing' | 'typing' | 'idle' | 'left'
type Seen = { name: string; state: Exclude<PresenceState, 'left'>; at: number }

const forgetMs = 45_000

/** Who of the team looks at which conversation. Kept in memory: what is lost is said again within seconds. */
export class PresenceBoard {
  readonly #clock: Clock
  readonly #seen = new Map<ConversationId, Map<AgentId, Seen>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Notes what an agent does and answers with what the team should see now. */
  note(conversationId: ConversationId, agent: { id: AgentId; name: string }, state: PresenceState): Signal {
    const here = this.#seen.get(conversationId) ?? new Map<AgentId, Seen>()
    if (state === 'left') here.delete(agent.id)
    else here.set(agent.id, { name: agent.name, state, at: this.#clock.now().getTime() })
    for (const [id, { at }] of here) if (this.#clock.now().getTime() - at > forgetMs) here.delete(id)
    if (here.size === 0) this.#seen.delete(conversationId)
    else this.#seen.set(conversationId, here)
    const agents = [...here].map(([id, seen]) => ({ id, name: seen.name, state: seen.state }))
    return { signal: { type: 'presence', conversationId, agents }, team: true }
  }
}

export const agentTyping = (conversationId: ConversationId, contactId: ContactId, name: string): Signal => ({
  signal: { type: 'agent_typing', conversationId, name } satisfies RealtimeSignal,
  team: false,
  contactId,
})

export const contactTyping = (conversationId: ConversationId): Signal => ({
  signal: { type: 'contact_typing', conversationId },
  team: true,
})
