import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { AuditParts } from './parts.ts'
import { kickStreams } from './use-cases/kick-streams.ts'

export const auditSubscribers = (parts: AuditParts): readonly Subscriber[] => [
  subscriber('audit.streams', 'audit.recorded', (tx, { organisationId }) => kickStreams(tx, parts, organisationId)),
]
