import type { OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { Fault, FaultKind } from './chain.ts'

/** How the last check went. `since`: when the first event that is there was recorded. */
export type Check = { at: Date; fromSeq: number; seq: number; since: Date | undefined; fault: Fault | undefined }

export async function findCheck(tx: TxCtx, organisationId: OrganisationId): Promise<Check | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('audit_checks')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    at: row.at,
    fromSeq: Number(row.from_seq),
    seq: Number(row.seq),
    since: row.since ?? undefined,
    fault: row.is_whole ? undefined : { kind: row.fault as FaultKind, seq: Number(row.bad_seq) },
  }
}

export async function saveCheck(tx: TxCtx, organisationId: OrganisationId, check: Check): Promise<void> {
  const row = {
    at: check.at,
    from_seq: check.fromSeq,
    seq: check.seq,
    since: check.since ?? null,
    is_whole: check.fault === undefined,
    fault: check.fault?.kind ?? null,
    bad_seq: check.fault?.seq ?? null,
  }
  await sqlOf(tx)
    .insertInto('audit_checks')
    .values({ organisation_id: organisationId, ...row })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(row))
    .execute()
}
