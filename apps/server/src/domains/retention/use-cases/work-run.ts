import { type Ctx, refuseOther, type TxCtx } from '../../../platform/ctx.ts'
import type { Purged } from '../../../platform/keeping.ts'
import { recordAudit } from '../../audit/index.ts'
import { isQuietSince } from '../../contacts/index.ts'
import { listConversationsOf } from '../../conversations/index.ts'
import { idHash } from '../certificate.ts'
import { certify } from '../certify.ts'
import { forgetContact, forgetConversation, type GoneConversation, tellErased } from '../forget-conversation.ts'
import { holdingOf, ownerOf } from '../hold-terms.ts'
import { cutoff } from '../model.ts'
import type { RetentionParts } from '../parts.ts'
import { policiesOf } from '../policies-now.ts'
import { authorizeForget } from '../policy.ts'
import { insertTombstones } from '../repository.certificates.ts'
import {
  addToStep,
  endRun,
  endStep,
  findRun,
  listSteps,
  lockRun,
  type RunRow,
  type StepRow,
} from '../repository.runs.ts'
import { keepingOf } from './read-retention.ts'

const batch = 100

/**
 * Deletes what is due, in batches. Each batch is one transaction: it holds the lock of the holds, looks what is held,
 * deletes the rest in every room and counts it. So a run that is killed goes on where it was, and counts nothing twice.
 */
export async function workRun(ctx: Ctx, runId: string, parts: RetentionParts): Promise<void> {
  const steps = await ctx.transaction(async (tx) => {
    authorizeForget(tx.actor)
    const run = await findRun(tx, runId)
    refuseOther(tx, run?.organisationId)
    return run?.state === 'running' ? listSteps(tx, [runId]) : undefined
  })
  if (!steps) return
  for (const step of steps) if (!step.doneAt) while (await takeBatch(ctx, step, parts));
  await ctx.transaction((tx) => finish(tx, runId, parts))
}

/** Answers whether there may be more. */
async function takeBatch(ctx: Ctx, step: StepRow, parts: RetentionParts): Promise<boolean> {
  const count = await ctx.transaction(async (tx) => {
    const run = await lockRun(tx, step.runId)
    const now = (await listSteps(tx, [step.runId])).find((each) => each.class === step.class)
    if (run?.state !== 'running' || !now || now.doneAt) return undefined
    return purgeIn(tx, { run, step: now }, parts)
  })
  return count !== undefined && count >= batch
}

/** Answers how much that was. */
async function purgeIn(
  tx: TxCtx,
  { run, step }: { run: RunRow; step: StepRow },
  parts: RetentionParts,
): Promise<number> {
  const keeping = keepingOf(parts, step.class)
  const owner = await ownerOf(tx, run.organisationId)
  const of = await holdingOf(tx, owner, { forDeleting: true })
  const before = await beforeNow(tx, { run, step }, parts)
  if (before === undefined) {
    await endStep(tx, step, { count: 0, bytes: 0 })
    return 0
  }
  const rooms = parts.people()
  const gone: GoneConversation[] = []
  const purged = await keeping.purge(tx, {
    ...of,
    before,
    limit: batch,
    forgetConversation: (id) => forgetConversation(tx, id, { rooms, gone }),
  })
  const stones = purged.ids.map((id) => ({ class: step.class, idHash: idHash(step.class, id) }))
  await insertTombstones(tx, { ofId: run.id, organisationId: run.organisationId }, stones)
  await addToStep(tx, step, purged)
  const keys = [...purged.keys, ...(await forgetEmptied(tx, purged, { before, holds: of.holds, parts }))]
  if (keys.length > 0)
    await parts.jobs.send(tx, { name: 'retention.remove_bytes', input: { keys, organisationId: run.organisationId } })
  if (purged.count < batch)
    await endStep(tx, step, (await keeping.survey(tx, { ...of, before, bucketDays: 365 })).dueHeld)
  await tellErased(tx, gone)
  return purged.count
}

/** As the run began, or less where somebody has said since that it is kept for longer. */
async function beforeNow(
  tx: TxCtx,
  { run, step }: { run: RunRow; step: StepRow },
  parts: RetentionParts,
): Promise<Date | undefined> {
  const policies = await policiesOf(tx, await ownerOf(tx, run.organisationId), parts)
  const now = cutoff(policies.of(step.class).keepDays, run.startedAt)
  return now === undefined || now > step.before ? now && step.before : now
}

/** Somebody whose last conversation went, and who has not been here since, is forgotten altogether. */
async function forgetEmptied(
  tx: TxCtx,
  { contactIds = [] }: Purged,
  {
    before,
    holds,
    parts,
  }: { before: Date; holds: readonly { contactIds: readonly string[] }[]; parts: RetentionParts },
): Promise<string[]> {
  const keys: string[] = []
  for (const contactId of contactIds) {
    if (holds.some((hold) => hold.contactIds.includes(contactId))) continue
    if ((await listConversationsOf(tx, contactId)).length > 0 || !(await isQuietSince(tx, contactId, before))) continue
    keys.push(...(await forgetContact(tx, contactId, parts.people())))
  }
  return keys
}

async function finish(tx: TxCtx, runId: string, parts: RetentionParts): Promise<void> {
  const run = await lockRun(tx, runId)
  if (run?.state !== 'running') return
  const steps = await listSteps(tx, [runId])
  if (steps.some(({ doneAt }) => !doneAt)) throw new Error('a step of the run has not ended')
  await endRun(tx, runId)
  const certificateId = await certify(
    tx,
    {
      kind: 'retention_run',
      ofId: runId,
      organisationId: run.organisationId,
      facts: {
        run: { reason: run.reason, started_at: run.startedAt.toISOString(), finished_at: tx.clock.now().toISOString() },
        classes: steps.map((step) => ({
          class: step.class,
          policy: { of: step.policyOf, version: step.policyVersion, keep_days: step.keepDays },
          before: step.before.toISOString(),
          deleted: step.deleted.count,
          bytes: step.deleted.bytes,
          held: step.held.count,
          held_bytes: step.held.bytes,
          ...(step.note === undefined ? {} : { note: step.note }),
        })),
      },
    },
    parts,
  )
  recordAudit(tx, {
    action: 'retention.run_completed',
    organisationId: run.organisationId,
    targets: [{ type: 'retention_run', id: runId }],
    metadata: {
      certificate: certificateId,
      deleted: steps.reduce((sum, each) => sum + each.deleted.count, 0),
      held: steps.reduce((sum, each) => sum + each.held.count, 0),
    },
  })
}
