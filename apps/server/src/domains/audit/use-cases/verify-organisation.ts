import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { type From, storedChain } from '../chain-source.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { recordAudit } from '../record.ts'
import { type Check, findCheck, saveCheck } from '../repository.checks.ts'
import { readHead } from '../repository.ts'
import { type Verdict, verifyChain } from '../verify-chain.ts'

type Parts = Pick<AuditParts, 'seal' | 'copies'>

/**
 * Walks an organisation's chain and keeps how that went. Tampering is itself an event, once. `from`: where an earlier
 * check that found the chain whole has ended.
 */
export async function verifyOrganisation(
  ctx: Ctx,
  organisationId: OrganisationId,
  { parts, from }: { parts: Parts; from?: From },
): Promise<Verdict> {
  authorizeSystem(ctx.actor)
  const verdict = await verdictOf(ctx, organisationId, { parts, from })
  await ctx.transaction(async (tx) => {
    const before = await findCheck(tx, organisationId)
    await saveCheck(tx, organisationId, checkOf(verdict, { before, from, at: tx.clock.now() }))
    const { fault } = verdict
    const isKnown = fault !== undefined && before?.fault?.kind === fault.kind && before.fault.seq === fault.seq
    if (fault !== undefined && !isKnown)
      recordAudit(tx, {
        action: 'audit.tampering_found',
        outcome: 'failure',
        reason: fault.kind,
        metadata: { seq: fault.seq },
        organisationId,
      })
  })
  return verdict
}

/** A purge in the meantime moves the beginning; then it is walked again. */
async function verdictOf(
  ctx: Ctx,
  organisationId: OrganisationId,
  { parts, from }: { parts: Parts; from: From | undefined },
): Promise<Verdict> {
  for (;;) {
    const source = await storedChain(ctx, organisationId, { parts, from })
    const verdict = await verifyChain(source, { isPart: from !== undefined })
    if (from !== undefined) return verdict
    const { firstSeq } = await ctx.transaction((tx) => readHead(tx, organisationId))
    if (firstSeq === source.head.firstSeq) return verdict
  }
}

type Said = { before: Check | undefined; from: From | undefined; at: Date }

function checkOf(verdict: Verdict, { before, from, at }: Said): Check {
  const since = verdict.since === undefined ? undefined : new Date(verdict.since)
  const whole =
    from === undefined
      ? { fromSeq: verdict.firstSeq, since }
      : { fromSeq: before?.fromSeq ?? from.seq, since: before?.since ?? since }
  return { at, seq: verdict.lastSeq, fault: verdict.fault, ...whole }
}
