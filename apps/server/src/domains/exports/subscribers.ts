import { type Subscriber, subscriber } from '../../platform/domain.ts'
import type { ExportParts } from './parts.ts'
import { endExportsOf } from './use-cases/stop-export.ts'

export const exportSubscribers = ({ jobs }: Pick<ExportParts, 'jobs'>): readonly Subscriber[] => [
  subscriber('exports.build', 'export.queued', (tx, { exportId, organisationId }) =>
    jobs.send(tx, { name: 'exports.build', input: { exportId, organisationId } }),
  ),
  subscriber('exports.clean', 'export.ended', (tx, { exportId, organisationId }) =>
    jobs.send(tx, { name: 'exports.clean', input: { exportId, organisationId } }),
  ),
  subscriber('exports.member_removed', 'member.removed', (tx, { memberId }) => endExportsOf(tx, memberId)),
  subscriber('exports.member_deactivated', 'member.deactivated', (tx, { memberId }) => endExportsOf(tx, memberId)),
]
