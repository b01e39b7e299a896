import type { Domain } from '../../platform/domain.ts'
import { auditJobs } from './jobs.ts'
import { auditKeeping } from './keeping.ts'
import type { AuditParts } from './parts.ts'
import { auditStreamRoutes } from './routes.streams.ts'
import { auditRoutes } from './routes.ts'
import { auditSubscribers } from './subscribers.ts'

export { auditSigner } from './keys.ts'
export { listChains } from './list-chains.ts'
export type { AuditChange, AuditEntry, AuditTarget, AuditValue } from './model.entry.ts'
export type { AuditParts } from './parts.ts'
export { findPage as findAuditPage, getEvent as getAuditEvent, listWhoActedIn } from './reading.ts'
export { recordAudit, recordAuditNow } from './record.ts'
export { countEvents as countAuditEvents } from './repository.search.ts'
export { eraseAuditPerson } from './use-cases/erase-person.ts'
export { exportLog as exportAudit } from './use-cases/export-log.ts'
export { recordRead } from './use-cases/record-read.ts'
export { verifyOrganisation } from './use-cases/verify-organisation.ts'
export type { Verdict } from './verify-chain.ts'
export { verifyExport } from './verify-export.ts'

export const audit = (parts: AuditParts): Domain => ({
  name: 'audit',
  routes: [...auditRoutes(parts), ...auditStreamRoutes(parts)],
  jobs: auditJobs(parts),
  keeping: auditKeeping(parts),
  subscribers: auditSubscribers(parts),
})
