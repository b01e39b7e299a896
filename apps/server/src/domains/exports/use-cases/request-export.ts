import { isDeepStrictEqual } from 'node:util'
import type { ConsoleExport, RequestExport } from '@clew/contract/exports'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { tellApprovers, tellRequester } from '../letters.ts'
import { aloneHours, decideDays, type ExportRow, maxOpen, targetOf } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeRequest } from '../policy.ts'
import { lockRequests } from '../repository.policies.ts'
import { countOpenOf, findExport, insertExport, type NewExport } from '../repository.ts'
import { newSecret, sealSecret } from '../secret.ts'
import { seenBy } from './list-exports.ts'
import { type Plan, planExport } from './plan-export.ts'

type Asked = z.output<typeof RequestExport>

/** Asks for data of the organisation. What needs a second person waits for one; the rest begins at once. */
export async function requestExport(
  ctx: Ctx,
  asked: Asked,
  parts: ExportParts,
): Promise<{ repeated: boolean; body: ConsoleExport }> {
  const plan = await planExport(ctx, asked.content, parts)
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeRequest(actor, asked.content)
    await lockRequests(tx, actor.id)
    const before = await findExport(tx, asked.id)
    if (before) {
      if (before.requestedBy !== actor.id || !isDeepStrictEqual(before.content, plan.content))
        throw new AppError('export.id_reused')
      return { repeated: true, body: await seenBy(tx, actor, before) }
    }
    if ((await countOpenOf(tx, actor.id)) >= maxOpen) throw new AppError('export.too_many')
    const row = await begin(
      tx,
      { ...draftOf(tx, asked, plan), requestedBy: actor.id, organisationId: actor.organisationId },
      parts,
    )
    return { repeated: false, body: await seenBy(tx, actor, row) }
  })
}

const hourMs = 3_600_000

function draftOf(tx: TxCtx, asked: Asked, plan: Plan): Omit<NewExport, 'requestedBy' | 'organisationId' | 'secret'> {
  const now = tx.clock.now().getTime()
  const { value, version } = plan.policy
  return {
    id: asked.id,
    state: plan.approval === 'none' ? 'queued' : 'waiting',
    content: plan.content,
    reason: asked.reason,
    policyVersion: version,
    controls: {
      masks: plan.masks,
      keepHours: value.keepHours,
      maxFetches: value.maxFetches,
      approvalAboveRows: value.approvalAboveRows,
    },
    expectedRows: plan.rows,
    personal: plan.personal,
    approval: plan.approval,
    startsAt: plan.approval === 'alone' ? new Date(now + aloneHours * hourMs) : undefined,
    decideBy: plan.approval === 'needed' ? new Date(now + decideDays * 24 * hourMs) : undefined,
  }
}

async function begin(tx: TxCtx, draft: Omit<NewExport, 'secret'>, parts: ExportParts): Promise<ExportRow> {
  const isNew = await insertExport(tx, { ...draft, secret: sealSecret(parts.seal, draft.id, newSecret()) })
  const row = isNew ? await findExport(tx, draft.id) : undefined
  if (!row) throw new AppError('export.id_reused')
  const { organisationId, approval } = row
  recordAudit(tx, {
    action: 'export.requested',
    targets: [targetOf(row)],
    metadata: {
      content: row.content.of === 'person' ? { of: 'person' } : row.content,
      rows: row.expectedRows,
      personal: row.personal,
      masks: row.controls.masks,
      approval,
      policy_version: row.policyVersion,
    },
    personal: { reason: row.reason, ...(row.content.of === 'person' ? { email: row.content.email } : {}) },
  })
  if (row.state === 'queued') tx.emit('export.queued', { organisationId, exportId: row.id })
  if (approval === 'needed') await tellApprovers(tx, row, parts)
  if (approval === 'alone') await tellRequester(tx, { letter: 'alone', row, until: row.startsAt }, parts)
  return row
}
