import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { Head } from '../checkpoint.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { recordAudit } from '../record.ts'
import { findCheck, saveCheck } from '../repository.checks.ts'
import { lastSeqBefore, purgePrefix } from '../repository.ending.ts'
import { hasBacklog } from '../repository.streams.ts'
import { findLink, readHead } from '../repository.ts'
import { eventView } from '../views.ts'
import { signCheckpoint } from './sign-checkpoint.ts'

/** What a stream has not sent yet is kept for so long. */
const backlogMs = 7 * 86_400_000

/** `nothing_due`, or what was tampered with is kept as it is: it is evidence. */
export type Purged = { purged: number; firstSeq: number; why?: 'nothing_due' | 'tampered' }

/**
 * Deletes the events of an organisation that are older than an instant: always a whole beginning of the chain, behind a
 * signed checkpoint that says where it begins from then on, so that it can still be checked.
 */
export async function purgeAuditBefore(
  tx: TxCtx,
  organisationId: OrganisationId,
  { before, parts }: { before: Date; parts: Pick<AuditParts, 'seal' | 'jobs'> },
): Promise<Purged> {
  authorizeSystem(tx.actor)
  const head = await readHead(tx, organisationId)
  const check = await findCheck(tx, organisationId)
  if (check?.fault) return { purged: 0, firstSeq: head.firstSeq, why: 'tampered' }
  const lastSeq = await lastSeqBefore(tx, organisationId, await limitOf(tx, organisationId, before))
  const last = lastSeq === undefined ? undefined : await findLink(tx, organisationId, lastSeq)
  if (last === undefined || last.seq < head.firstSeq) return { purged: 0, firstSeq: head.firstSeq, why: 'nothing_due' }
  const firstSeq = last.seq + 1
  const moved: Head = { ...head, firstSeq, firstPrevHash: last.hash }
  const checkpoint = await signCheckpoint(tx, organisationId, { reason: 'retention', head: moved, parts })
  const purged = await purgePrefix(tx, organisationId, { lastSeq: last.seq, checkpointId: checkpoint.id })
  if (check) {
    const first = await findLink(tx, organisationId, firstSeq)
    await saveCheck(tx, organisationId, {
      ...check,
      fromSeq: firstSeq,
      since: first && new Date(eventView(first).recordedAt),
    })
  }
  recordAudit(tx, { action: 'audit.prefix_purged', metadata: { through: last.seq, count: purged }, organisationId })
  return { purged, firstSeq }
}

async function limitOf(tx: TxCtx, organisationId: OrganisationId, before: Date): Promise<Date> {
  const keptFrom = new Date(tx.clock.now().getTime() - backlogMs)
  return before > keptFrom && (await hasBacklog(tx, organisationId)) ? keptFrom : before
}
