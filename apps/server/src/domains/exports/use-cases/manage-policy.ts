import type { ExportPolicy, ExportPolicyChanges, ExportPolicyNow, SetExportPolicy } from '@clew/contract/exports'
import type { z } from 'zod'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { type AuditChange, recordAudit } from '../../audit/index.ts'
import { listMemberNames, listMembersWith } from '../../organisations/index.ts'
import { type SaidKeeping, saidKeeping } from '../../retention/index.ts'
import { hoursSaid } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeReadPolicy, authorizeSetPolicy } from '../policy.ts'
import { findPolicy, insertPolicy, listPolicies } from '../repository.policies.ts'

const mostChanges = 100

export async function readPolicy(ctx: Ctx, parts: Pick<ExportParts, 'asSystem'>): Promise<ExportPolicyNow> {
  const { actor } = ctx
  authorizeReadPolicy(actor)
  const said = await saidOf(ctx, actor, parts)
  return ctx.transaction((tx) => policyNow(tx, actor, said))
}

/** The support team's word is not for an organisation's own scope to see. */
const saidOf = (
  ctx: Ctx,
  { organisationId }: MemberActor,
  { asSystem }: Pick<ExportParts, 'asSystem'>,
): Promise<SaidKeeping | undefined> =>
  asSystem(ctx, 'exports.read_retention').transaction((tx) => saidKeeping(tx, organisationId, 'export'))

async function policyNow(
  tx: TxCtx,
  { organisationId, permissions }: MemberActor,
  said: SaidKeeping | undefined,
): Promise<ExportPolicyNow> {
  const { version, value } = await findPolicy(tx, organisationId)
  const named = async (permission: 'exports.request' | 'exports.approve') =>
    (await listMembersWith(tx, organisationId, permission)).map(({ id, name }) => ({ id, name }))
  return {
    version,
    value,
    ...(said === undefined ? {} : { retention: { keepHours: hoursSaid(said), of: said.of } }),
    requesters: await named('exports.request'),
    approvers: await named('exports.approve'),
    canManage: permissions.has('policies.manage'),
  }
}

/** Every change stays. It holds for what is asked for from then on. */
export async function setPolicy(
  ctx: Ctx,
  { basedOn, value }: z.output<typeof SetExportPolicy>,
  parts: Pick<ExportParts, 'asSystem'>,
): Promise<ExportPolicyNow> {
  const { actor } = ctx
  authorizeSetPolicy(actor)
  const said = await saidOf(ctx, actor, parts)
  return ctx.transaction(async (tx) => {
    const { organisationId } = actor
    const before = await findPolicy(tx, organisationId)
    const changes = changesOf(before.value, value)
    if (basedOn !== before.version) throw new AppError('export.policy_conflict')
    if (changes.length > 0) {
      const version = before.version + 1
      if (!(await insertPolicy(tx, { organisationId, version, value, setBy: actor.id })))
        throw new AppError('export.policy_conflict')
      recordAudit(tx, {
        action: 'policy.changed',
        targets: [{ type: 'policy', id: 'exports', name: 'exports' }],
        changes,
        metadata: { version },
      })
    }
    return policyNow(tx, actor, said)
  })
}

function changesOf(before: ExportPolicy, after: ExportPolicy): AuditChange[] {
  const { masks: masksBefore, ...restBefore } = before
  const { masks: masksAfter, ...restAfter } = after
  const flatBefore: Record<string, string | number | boolean> = { ...restBefore, ...masksBefore }
  const flatAfter: Record<string, string | number | boolean> = { ...restAfter, ...masksAfter }
  return Object.keys(flatAfter)
    .filter((field) => flatBefore[field] !== flatAfter[field])
    .map((field) => ({ field, old: flatBefore[field], new: flatAfter[field] }))
}

export async function readPolicyChanges(ctx: Ctx): Promise<ExportPolicyChanges> {
  return ctx.transaction(async (tx) => {
    authorizeReadPolicy(tx.actor)
    const rows = await listPolicies(tx, tx.actor.organisationId, mostChanges)
    const names = await listMemberNames(
      tx,
      rows.flatMap(({ setBy }) => setBy ?? []),
    )
    return {
      changes: rows.map(({ version, value, setBy, setAt }) => ({
        version,
        value,
        at: (setAt ?? tx.clock.now()).toISOString(),
        ...(setBy === undefined ? {} : { by: { id: setBy, name: names.get(setBy) ?? '–' } }),
      })),
    }
  })
}
