import type { AuditEvent } from '@clew/contract/audit'
import type { Json } from '@clew/contract/primitives'

export type Envelope = Readonly<Record<string, Json>>

/** The event as it leaves the house: one shape for every receiver. What is absent is left out. */
export function envelopeOf(event: AuditEvent): Envelope {
  return present({
    id: event.id,
    seq: event.seq,
    organisation: event.organisationId,
    occurred_at: event.occurredAt,
    recorded_at: event.recordedAt,
    action: event.action,
    version: event.version,
    actor: present({ ...event.actor }),
    targets: event.targets.map((target) => present({ ...target })),
    context: present({
      ip: event.context.ip,
      user_agent: event.context.userAgent,
      request_id: event.context.requestId,
      session_id: event.context.sessionId,
    }),
    outcome: event.outcome,
    reason: event.reason,
    changes: event.changes.map((change) => present({ ...change } as Record<string, Json>)),
    metadata: event.metadata as Json,
    prev_hash: event.prevHash,
    hash: event.hash,
  })
}

/** JSON knows no undefined. */
export const present = (of: Record<string, Json | undefined>): Record<string, Json> =>
  Object.fromEntries(Object.entries(of).filter((entry): entry is [string, Json] => entry[1] !== undefined))
