import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { listDueStreams } from '../repository.streams.ts'

/** Has the streams send that have something to send; of one organisation, or of all. */
export async function kickStreams(
  tx: TxCtx,
  { jobs }: Pick<AuditParts, 'jobs'>,
  organisationId?: OrganisationId,
): Promise<void> {
  authorizeSystem(tx.actor)
  for (const { id: streamId, organisationId: of } of await listDueStreams(tx, organisationId))
    await jobs.send(tx, { name: 'audit.deliver', input: { streamId, organisationId: of } })
}
