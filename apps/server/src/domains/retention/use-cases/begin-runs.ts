import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { listEveryOrganisation } from '../../organisations/index.ts'
import { holdingOf, ownerOf } from '../hold-terms.ts'
import { cutoff } from '../model.ts'
import type { RetentionParts } from '../parts.ts'
import { policiesOf } from '../policies-now.ts'
import { authorizeForget, authorizeManageRetention } from '../policy.ts'
import { insertRun, insertSteps, listRunning } from '../repository.runs.ts'

/** Every night: begins a run for each organisation of which something is due, and goes on with those that were cut off. */
export async function beginRuns(ctx: Ctx, parts: RetentionParts): Promise<void> {
  const ids = await ctx.transaction(async (tx) => {
    authorizeForget(tx.actor)
    for (const run of await listRunning(tx)) await queue(tx, run, parts)
    return listEveryOrganisation(tx)
  })
  for (const organisationId of ids)
    await ctx.transaction(async (tx) => {
      if (await isAnythingDue(tx, organisationId, parts)) await begin(tx, { organisationId, reason: 'schedule' }, parts)
    })
}

/** Begins a run now, by the wish of somebody. */
export async function runNow(ctx: Ctx, parts: RetentionParts): Promise<{ id: string }> {
  const { actor } = ctx
  authorizeManageRetention(actor)
  return parts.asSystem(ctx, 'retention.run_now').transaction(async (tx) => {
    const id = await begin(tx, { organisationId: actor.organisationId, reason: 'asked', askedBy: actor.id }, parts)
    if (id === undefined) throw new AppError('retention.running')
    return { id }
  })
}

async function isAnythingDue(tx: TxCtx, organisationId: OrganisationId, parts: RetentionParts): Promise<boolean> {
  const owner = await ownerOf(tx, organisationId)
  const of = await holdingOf(tx, owner)
  const policies = await policiesOf(tx, owner, parts)
  for (const keeping of parts.keeping()) {
    const before = cutoff(policies.of(keeping.class).keepDays, tx.clock.now())
    if (before === undefined) continue
    if ((await keeping.survey(tx, { ...of, before, bucketDays: 365 })).due.count > 0) return true
  }
  return false
}

type Beginning = { organisationId: OrganisationId; reason: 'schedule' | 'asked'; askedBy?: MemberId }

/** Answers the run, or nothing while another of the organisation goes on. */
async function begin(tx: TxCtx, { askedBy, ...run }: Beginning, parts: RetentionParts): Promise<string | undefined> {
  const id = tx.ids.next()
  if (!(await insertRun(tx, { id, ...run, askedBy }))) return undefined
  const policies = await policiesOf(tx, await ownerOf(tx, run.organisationId), parts)
  const steps = parts.keeping().flatMap(({ class: kind }) => {
    const { of, version, keepDays } = policies.of(kind)
    const before = cutoff(keepDays, tx.clock.now())
    if (keepDays === null || before === undefined) return []
    return [{ class: kind, policyOf: of, policyVersion: version, keepDays, before }]
  })
  await insertSteps(tx, { id, organisationId: run.organisationId }, steps)
  await queue(tx, { id, organisationId: run.organisationId }, parts)
  return id
}

type Queued = { id: string; organisationId: OrganisationId }

const queue = (tx: TxCtx, { id: runId, organisationId }: Queued, { jobs }: RetentionParts): Promise<void> =>
  jobs.send(tx, { name: 'retention.run', input: { runId, organisationId } })
