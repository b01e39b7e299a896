import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { From } from '../chain-source.ts'
import { type Head, statementOf } from '../checkpoint.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { type Check, findCheck } from '../repository.checks.ts'
import { findLastCheckpoint, findLink, listHeads } from '../repository.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { verifyOrganisation } from './verify-organisation.ts'

/** Looks at what every chain has gained since its last checkpoint, and signs those that are whole. */
export async function checkAndSignAll(ctx: Ctx, parts: AuditParts): Promise<void> {
  authorizeSystem(ctx.actor)
  const failures: unknown[] = []
  // One that cannot be looked at does not keep the others waiting.
  for (const head of await ctx.transaction(listHeads))
    await checkAndSign(ctx, head, parts).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'some chains could not be checked')
}

async function checkAndSign(ctx: Ctx, head: Head, parts: AuditParts): Promise<void> {
  const organisationId = head.organisationId as OrganisationId
  const { from, isSigned } = await ctx.transaction((tx) => whereToBegin(tx, organisationId, head))
  if (isSigned) return
  const verdict = await verifyOrganisation(ctx, organisationId, { parts, ...(from ? { from } : {}) })
  if (verdict.fault !== undefined || verdict.count === 0) return
  // What was added meanwhile is looked at the next time.
  const seen: Head = { ...head, seq: verdict.lastSeq, hash: verdict.lastHash }
  await ctx.transaction((tx) => signCheckpoint(tx, organisationId, { reason: 'hourly', head: seen, parts }))
}

type Beginning = { from: From | undefined; isSigned: boolean }

/** Behind the last checkpoint, if the check then found the chain whole; else at its beginning. */
async function whereToBegin(tx: TxCtx, organisationId: OrganisationId, head: Head): Promise<Beginning> {
  const last = await findLastCheckpoint(tx, organisationId)
  const link = last && (await findLink(tx, organisationId, last.seq))
  const check = await findCheck(tx, organisationId)
  const isTrue = link && statementOf(last?.statement ?? '')?.hash === link.hash.toString('hex')
  if (!isTrue || !wasWhole(check, link.seq)) return { from: undefined, isSigned: false }
  return { from: { seq: link.seq + 1, prevHash: link.hash }, isSigned: link.seq === head.seq }
}

const wasWhole = (check: Check | undefined, seq: number): boolean =>
  check !== undefined && check.fault === undefined && check.seq >= seq
