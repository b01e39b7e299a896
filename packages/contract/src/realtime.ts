import { z } from 'zod'
import { CaptureSummary } from './captures.ts'
import { Case } from './cases.ts'
import { Conversation, Message } from './conversations.ts'
import { ConversationId, Position } from './primitives.ts'

/**
 * What a client receives. Each carries the whole of what changed as it is now, never a difference, so applying one
 * twice or late leads to the same state. Seen by the team, or by the one contact it belongs to (never a note or a tag).
 */
export const RealtimeChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('conversation'), conversation: Conversation }),
  z.object({ type: z.literal('message'), message: Message, conversation: Conversation }),
  z.object({ type: z.literal('case'), case: Case, conversation: Conversation }),
  z.object({ type: z.literal('tags'), tags: z.array(z.string()), conversation: Conversation }),
  z.object({ type: z.literal('capture'), capture: CaptureSummary, conversation: Conversation }),
  z
    .object({ type: z.literal('erased'), conversationId: ConversationId })
    .meta({ description: 'It was deleted: keep nothing of it. Nothing follows about it.' }),
])
export type RealtimeChange = z.infer<typeof RealtimeChange>

export const RealtimeEvent = z.object({ position: Position, change: RealtimeChange }).meta({ id: 'RealtimeEvent' })
export type RealtimeEvent = z.infer<typeof RealtimeEvent>

/** Passing news with no place in the log: who is looking, who is typing. Lost ones are not missed. */
export const RealtimeSignal = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('presence'),
    conversationId: ConversationId,
    agents: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(['viewing', 'typing', 'idle']) })),
  }),
  z.object({ type: z.literal('contact_typing'), conversationId: ConversationId }),
  z.object({ type: z.literal('agent_typing'), conversationId: ConversationId, name: z.string() }),
  z.object({
    type: z.literal('assistant_working'),
    conversationId: ConversationId,
    text: z
      .string()
      .optional()
      .meta({ description: 'What will be said, as far as it is written and checked; for the contact.' }),
  }),
  z.object({ type: z.literal('status_changed') }).meta({ description: 'The service is not as it was; for the team.' }),
])
export type RealtimeSignal = z.infer<typeof RealtimeSignal>

export const EventsAfter = z.object({
  after: Position,
  limit: z.coerce.number().int().min(1).max(500).default(200),
})

/**
 * The same events by polling. `resync`: the position is from before a restore or older than the log keeps, so read
 * the snapshot again.
 */
export const EventList = z
  .object({ events: z.array(RealtimeEvent), position: Position, hasMore: z.boolean(), resync: z.boolean() })
  .meta({ id: 'EventList' })
export type EventList = z.infer<typeof EventList>
