import type { AuditCheck } from '@clew/contract/audit'
import type { Check } from './repository.checks.ts'

export const checkView = ({ at, since, fromSeq, seq, fault }: Check): AuditCheck => ({
  at: at.toISOString(),
  ...(since === undefined ? {} : { since: since.toISOString() }),
  fromSeq,
  seq,
  ...(fault === undefined ? {} : { fault }),
})
