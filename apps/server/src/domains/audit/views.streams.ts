import type { AuditEvent } from '@clew/contract/audit'
import type { AuditStream } from '@clew/contract/audit-streams'
import type { StreamRow } from './repository.streams.ts'

type Lag = { behind: number; since: Date | undefined; now: Date }

/** `since`: when the oldest event was recorded that has not arrived. */
export function streamView(row: StreamRow, { behind, since, now }: Lag): AuditStream {
  return {
    id: row.id,
    name: row.name,
    target: row.target,
    hasSecret: row.sealedSecret !== undefined,
    version: row.version,
    state: row.state,
    behind,
    lagSeconds: since === undefined ? 0 : Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000)),
    ...(row.deliveredAt === undefined ? {} : { deliveredAt: row.deliveredAt.toISOString() }),
    ...(row.failure === undefined || row.failedAt === undefined
      ? {}
      : {
          failure: {
            why: row.failure,
            at: row.failedAt.toISOString(),
            attempts: row.attempts,
            nextTryAt: row.nextTryAt.toISOString(),
          },
        }),
    createdAt: row.createdAt.toISOString(),
  }
}

/** What a test sends: like an event, but in no chain. */
export function testEvent(stream: StreamRow, { id, now }: { id: string; now: Date }): AuditEvent {
  const at = now.toISOString()
  return {
    id,
    seq: 0,
    organisationId: stream.organisationId,
    occurredAt: at,
    recordedAt: at,
    action: 'audit.stream_tested',
    version: 1,
    actor: { type: 'system', id: 'audit', via: 'job' },
    targets: [{ type: 'audit_stream', id: stream.id, name: stream.name }],
    context: {},
    outcome: 'success',
    changes: [],
    metadata: { test: true },
    isErased: false,
    prevHash: '',
    hash: '',
  }
}
