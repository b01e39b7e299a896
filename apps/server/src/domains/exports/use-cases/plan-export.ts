import type { ExportContent, ExportPreview } from '@clew/contract/exports'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { listMembersWith } from '../../organisations/index.ts'
import { saidKeeping } from '../../retention/index.ts'
import { type Approval, hoursKept, masksFor, personalIn, type Why, whyApproval } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeRequest } from '../policy.ts'
import { findPolicy, type PolicyRow } from '../repository.policies.ts'
import { countAll } from '../sections/index.ts'

export type Plan = Omit<ExportPreview, 'approvers'> & {
  content: ExportContent
  policy: PolicyRow
  approvers: { id: string; name: string }[]
}

/** What an export would hold, what would be masked in it, and who has to look at it. */
export async function previewExport(ctx: Ctx, content: ExportContent, parts: ExportParts): Promise<ExportPreview> {
  const { content: _content, policy: _policy, approvers, ...preview } = await planExport(ctx, content, parts)
  return { ...preview, approvers: approvers.map(({ name }) => name) }
}

export async function planExport(ctx: Ctx, asked: ExportContent, parts: ExportParts): Promise<Plan> {
  const { actor } = ctx
  authorizeRequest(actor, asked)
  const content = upToToday(asked, ctx.clock.now())
  const { organisationId, isSupport } = actor
  const system = parts.asSystem(ctx, 'exports.count')
  const said = await system.transaction((tx) => saidKeeping(tx, organisationId, 'export'))
  const files = await countAll(content, { ctx: system, organisationId, owner: { organisationId, isSupport } })
  const rows = files.reduce((sum, each) => sum + each.rows, 0)
  if (content.of === 'person' && rows === 0) throw new AppError('export.person_unknown')
  return ctx.transaction(async (tx) => {
    const policy = await findPolicy(tx, organisationId)
    const others = await listMembersWith(tx, organisationId, 'exports.approve')
    const approvers = others.filter(({ id }) => id !== actor.id).map(({ id, name }) => ({ id, name }))
    const masks = masksFor(content, policy.value)
    const personal = personalIn(content, masks)
    const why = whyApproval({ content, rows, personal }, policy.value)
    const isAlone = approvers.length === 0 && actor.permissions.has('exports.approve')
    return {
      content,
      policy,
      rows,
      files,
      personal,
      masks,
      why,
      approval: approvalOf(why, isAlone),
      approvers,
      keepHours: hoursKept(policy.value, said),
      maxFetches: policy.value.maxFetches,
    }
  })
}

function approvalOf(why: readonly Why[], isAlone: boolean): Approval {
  if (why.length === 0) return 'none'
  return isAlone ? 'alone' : 'needed'
}

/** What comes later is not what was looked at. */
function upToToday(content: ExportContent, now: Date): ExportContent {
  if (content.of === 'person') return content
  const today = now.toISOString().slice(0, 10)
  return { ...content, to: content.to === undefined || content.to > today ? today : content.to }
}
