import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { type Checkpoint, type Head, type Statement, signedCheckpoint } from '../checkpoint.ts'
import { auditSigner } from '../keys.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { insertCheckpoint, readHead } from '../repository.ts'

export type Signing = { reason: Statement['reason']; head?: Head }

/** Signs where a chain ends now, and has a copy laid down in the second place. */
export async function signCheckpoint(
  tx: TxCtx,
  organisationId: OrganisationId,
  { reason, head: given, parts }: Signing & { parts: Pick<AuditParts, 'seal' | 'jobs'> },
): Promise<Checkpoint> {
  authorizeSystem(tx.actor)
  const head = given ?? (await readHead(tx, organisationId))
  const signer = await auditSigner(tx, parts.seal)
  const checkpoint = signedCheckpoint(head, { id: tx.ids.next(), at: tx.clock.now(), reason }, signer)
  await insertCheckpoint(tx, checkpoint, { organisationId, seq: head.seq, keyId: signer.id, reason })
  await parts.jobs.send(tx, { name: 'audit.copy_checkpoints', input: { organisationId } })
  return checkpoint
}
