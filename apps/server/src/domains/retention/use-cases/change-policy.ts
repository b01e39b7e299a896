import type { ChangeRetention, RetentionClass } from '@clew/contract/retention'
import { AppError } from '../../../platform/app-error.ts'
import { actingAs, type Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { isShorter } from '../model.ts'
import type { RetentionParts } from '../parts.ts'
import { authorizeManageRetention } from '../policy.ts'
import { lockHolds } from '../repository.holds.ts'
import { insertChange, listChanges, takeBackPending } from '../repository.policies.ts'
import { previewIn } from './read-retention.ts'

/**
 * Says how long a kind of data is kept. A shorter time comes into force after the grace, a longer one at once, and
 * whatever was still to come is no longer. Somebody who deletes meanwhile is waited for, so that a longer time holds
 * from here on.
 */
export async function changeRetention(
  ctx: Ctx,
  { class: kind, ...input }: ChangeRetention & { class: RetentionClass },
  parts: RetentionParts,
): Promise<void> {
  const { actor } = ctx
  authorizeManageRetention(actor)
  const { organisationId } = actor
  await parts.asSystem(ctx, 'retention.change').transaction(async (tx) => {
    await lockHolds(tx, organisationId)
    const own = await listChanges(tx, [organisationId], kind)
    if ((own.at(-1)?.version ?? 0) !== input.version) throw new AppError('retention.conflict')
    const preview = await previewIn(tx, { actor, class: kind, keepDays: input.keepDays }, parts)
    if (isShorter(preview.to, preview.from) && input.confirm !== preview.confirm)
      throw new AppError('retention.not_confirmed', { count: preview.goes.count })
    await takeBackPending(tx, { organisationId, class: kind, by: actor.id })
    const version = input.version + 1
    const isNext = await insertChange(tx, {
      organisationId,
      class: kind,
      version,
      keepDays: input.keepDays,
      setBy: actor.id,
      effectiveAt: new Date(preview.effectiveAt),
    })
    if (!isNext) throw new AppError('retention.conflict')
    recordAudit(actingAs(tx, actor), {
      action: 'retention.policy_changed',
      organisationId,
      targets: [{ type: 'retention_policy', id: kind, name: kind }],
      changes: [{ field: 'keep_days', old: preview.from, new: preview.to }],
      metadata: { version, effective_at: preview.effectiveAt, goes: preview.goes.count },
    })
  })
}

/** Takes back what has not come into force yet. */
export async function takeBackRetention(ctx: Ctx, kind: RetentionClass, parts: RetentionParts): Promise<void> {
  const { actor } = ctx
  authorizeManageRetention(actor)
  const { organisationId } = actor
  await parts.asSystem(ctx, 'retention.take_back').transaction(async (tx) => {
    if (!(await takeBackPending(tx, { organisationId, class: kind, by: actor.id })))
      throw new AppError('retention.nothing_pending')
    recordAudit(actingAs(tx, actor), {
      action: 'retention.policy_changed',
      organisationId,
      targets: [{ type: 'retention_policy', id: kind, name: kind }],
      metadata: { taken_back: true },
    })
  })
}
