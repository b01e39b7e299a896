import type { PolicyName, PolicyPreview, PolicyValue } from '@clew/contract/security-policies'
import type { MemberActor } from '../../../../platform/actor.ts'
import { AppError } from '../../../../platform/app-error.ts'
import { actingAs, type Ctx, type TxCtx } from '../../../../platform/ctx.ts'
import type { AuditChange } from '../../../audit/index.ts'
import { recordAudit } from '../../../audit/index.ts'
import { policyOf } from '../../model.policies.ts'
import { effectsOf, type Outcome } from '../../model.policy-effects.ts'
import { authorizeManagePolicies, authorizeSavePolicy } from '../../policy.policies.ts'
import type { PolicyParts } from '../../policy-facts.ts'
import { findPolicyValue, insertPolicyChange, lockPolicy, setRegion, updatePolicy } from '../../repository.policies.ts'
import { situationOf } from './situation-of.ts'

/** What saving a rule would do. Nothing is written. */
export async function previewPolicy<N extends PolicyName>(
  ctx: Ctx,
  { name, value }: { name: N; value: PolicyValue<N> },
  parts: PolicyParts,
): Promise<PolicyPreview> {
  // Sessions, keys and links are not for an organisation's own scope to see, so the system counts them.
  return parts.asSystem(ctx, 'policies.preview').transaction(async (system) => {
    const tx = actingAs(system, ctx.actor)
    const { actor } = tx
    authorizeManagePolicies(actor)
    const before = policyOf(name, await findPolicyValue(tx, { organisationId: actor.organisationId, name }))
    return effectsOf(name, { before, after: value, of: situationOf(system, actor, parts) })
  })
}

type Saving<N extends PolicyName> = { name: N; value: PolicyValue<N>; version: number; confirmed: boolean }

/**
 * Saves a rule. Who saves over a change that they have not seen is told of it; what has consequences is confirmed; what
 * would shut out whoever saves it is refused, confirmed or not. The same once more changes nothing.
 */
export async function savePolicy<N extends PolicyName>(ctx: Ctx, input: Saving<N>, parts: PolicyParts): Promise<void> {
  await parts.asSystem(ctx, 'policies.save').transaction(async (system) => {
    const tx = actingAs(system, ctx.actor)
    const { actor } = tx
    authorizeSavePolicy(actor)
    const { name, value } = input
    const place = { organisationId: actor.organisationId, name }
    const row = await lockPolicy(tx, place)
    const before = policyOf(name, row.value)
    if (JSON.stringify(before) === JSON.stringify(value)) return
    if (row.version !== input.version)
      throw new AppError('policy.conflict', { name: row.updatedByName ?? '–', version: row.version })
    const outcome = await effectsOf(name, { before, after: value, of: situationOf(system, actor, parts) })
    refuseUnread(outcome, { confirmed: input.confirmed, address: tx.origin.address })
    await write(tx, { actor, name, before, value, version: row.version + 1, effects: outcome.effects })
  })
}

function refuseUnread(
  outcome: Outcome,
  { confirmed, address }: { confirmed: boolean; address: string | undefined },
): void {
  if (outcome.isRefused) throw new AppError('policy.locks_you_out', { address: address ?? '–' })
  if (outcome.isDangerous && !confirmed) throw new AppError('policy.not_confirmed')
}

type Written = {
  actor: MemberActor
  name: PolicyName
  before: object
  value: object
  version: number
  effects: Outcome['effects']
}

async function write(tx: TxCtx, { actor, name, before, value, version, effects }: Written): Promise<void> {
  const place = { organisationId: actor.organisationId, name }
  await updatePolicy(tx, place, { value, version, changedBy: actor.id })
  await insertPolicyChange(tx, place, { version, before, after: value, effects, changedBy: actor.id })
  if (name === 'region') await setRegion(tx, actor.organisationId, (value as PolicyValue<'region'>).label)
  recordAudit(tx, {
    action: 'policy.changed',
    organisationId: actor.organisationId,
    targets: [{ type: 'policy', id: name }],
    changes: changesOf(before, value),
    metadata: { version, effects: effects.map(({ code, count }) => (count === undefined ? code : `${code}:${count}`)) },
  })
}

function changesOf(before: object, after: object): AuditChange[] {
  const [old, now] = [before, after] as [Record<string, AuditChange['old']>, Record<string, AuditChange['new']>]
  return Object.keys(now)
    .filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]))
    .map((field) => ({
      field,
      ...(old[field] === undefined ? {} : { old: old[field] }),
      ...(now[field] === undefined ? {} : { new: now[field] }),
    }))
}
