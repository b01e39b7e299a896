import type { NameMeter, SetUsageThreshold, UsageThresholdList } from '@clew/contract/usage'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { periodOf } from '../model.ts'
import { authorizeManageUsage, authorizeReadUsage } from '../policy.ts'
import { deleteThreshold, listThresholds, upsertThreshold } from '../repository.thresholds.ts'
import { listMeters, nameMeter } from '../repository.ts'
import { reachedOf } from './tell-of-thresholds.ts'

/** What a meter is called, and in what it is counted. */
export async function renameMeter(ctx: Ctx, meter: string, input: z.output<typeof NameMeter>): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeManageUsage(tx.actor)
    const { organisationId } = tx.actor
    if (!(await nameMeter(tx, { organisationId, meter }, input))) throw new AppError('usage.meter_not_found')
  })
}

export async function readThresholds(ctx: Ctx): Promise<UsageThresholdList> {
  return ctx.transaction(async (tx) => {
    authorizeReadUsage(tx.actor)
    const { organisationId } = tx.actor
    const rows = await listThresholds(tx, organisationId)
    const thresholds = []
    for (const { id, meter, period, quantity, createdBy } of rows) {
      const reached = await reachedOf(tx, organisationId, { meter, from: periodOf(period, tx.clock.now()) })
      thresholds.push({ id, meter, period, quantity, reached, ...(createdBy === undefined ? {} : { createdBy }) })
    }
    return { thresholds }
  })
}

/** Whoever looks after usage is told when so much was used in a day or a month. Setting it again moves it. */
export async function setThreshold(ctx: Ctx, input: z.output<typeof SetUsageThreshold>): Promise<{ id: string }> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeManageUsage(actor)
    const { organisationId } = actor
    if (!(await listMeters(tx, organisationId)).some(({ meter }) => meter === input.meter))
      throw new AppError('usage.meter_not_found')
    const before = (await listThresholds(tx, organisationId, [input.meter])).find(
      ({ period }) => period === input.period,
    )
    const id = await upsertThreshold(tx, { ...input, organisationId, createdBy: actor.id })
    recordAudit(tx, {
      action: before ? 'usage.threshold_updated' : 'usage.threshold_created',
      targets: [{ type: 'usage_threshold', id, name: `${input.meter}, ${input.period}` }],
      changes: [{ field: 'quantity', ...(before ? { old: before.quantity } : {}), new: input.quantity }],
    })
    tx.emit('usage.counted', { organisationId, meters: [input.meter] })
    return { id }
  })
}

export async function removeThreshold(ctx: Ctx, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeManageUsage(tx.actor)
    const removed = await deleteThreshold(tx, tx.actor.organisationId, id)
    if (!removed) throw new AppError('usage.threshold_not_found')
    recordAudit(tx, {
      action: 'usage.threshold_deleted',
      targets: [{ type: 'usage_threshold', id, name: `${removed.meter}, ${removed.period}` }],
      changes: [{ field: 'quantity', old: removed.quantity }],
    })
  })
}
