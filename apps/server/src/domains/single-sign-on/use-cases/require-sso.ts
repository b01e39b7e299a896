import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { findMember, lockMembership } from '../../organisations/index.ts'
import { endSessionsWithoutSso } from '../../sign-in/index.ts'
import { confirmation, isReady } from '../model.gate.ts'
import { graceMinutes } from '../model.ts'
import type { SsoParts } from '../parts.ts'
import { authorizeProtocol, authorizeRequireSso } from '../policy.ts'
import {
  deleteBreakGlass,
  deleteRequirement,
  findRequirement,
  insertBreakGlass,
  insertRequirement,
  listBreakGlass,
  listDueRequirements,
} from '../repository.requirement.ts'
import { readGate } from './read-requirement.ts'

/** The same request in the scope of the system; the audit log still says who it was. */
const asSystem = <T>(
  ctx: Ctx,
  parts: SsoParts,
  work: (tx: TxCtx, organisationId: OrganisationId, actor: MemberActor) => Promise<T>,
): Promise<T> => {
  const { actor } = ctx
  authorizeRequireSso(actor)
  return parts.asSystem(ctx, 'single-sign-on.require').transaction((tx) => work(tx, actor.organisationId, actor))
}

const actorOf = ({ id, name }: MemberActor) => ({ type: 'member', id, name })

/**
 * From now on people of this organisation come in by SSO. Refused until somebody has proved that it works and that
 * somebody gets in when it does not, and unless the number of those whom it keeps out was typed.
 */
export async function requireSso(ctx: Ctx, { confirm }: { confirm: string }, parts: SsoParts): Promise<void> {
  await asSystem(ctx, parts, async (tx, organisationId, actor) => {
    await lockMembership(tx, organisationId)
    const { view } = await readGate(tx, organisationId, parts)
    if (view.isRequired) return
    if (!view.isOpen) throw new AppError('sso.gate_closed')
    const count = view.lockedOut.length
    if (confirm.trim().toLowerCase() !== confirmation(count)) throw new AppError('sso.confirmation_wrong', { count })
    const now = tx.clock.now()
    await insertRequirement(tx, {
      organisationId,
      requiredAt: now,
      requiredBy: actor.id,
      graceEndsAt: new Date(now.getTime() + graceMinutes * 60_000),
    })
    recordAudit(tx, {
      action: 'sso.enforced',
      organisationId,
      actor: actorOf(actor),
      targets: view.lockedOut.slice(0, 200).map(({ memberId, name }) => ({ type: 'member', id: memberId, name })),
      metadata: { locked_out: count, unmet: view.rules.filter(({ isMet }) => !isMet).map(({ rule }) => rule) },
    })
  })
}

/** People may come in every other way again that the organisation lets them. */
export async function relaxSso(ctx: Ctx, parts: SsoParts): Promise<void> {
  await asSystem(ctx, parts, async (tx, organisationId, actor) => {
    if (!(await deleteRequirement(tx, organisationId))) return
    recordAudit(tx, { action: 'sso.relaxed', organisationId, actor: actorOf(actor) })
  })
}

/** Chooses an owner who may come in with their password although SSO is required. */
export async function addBreakGlass(ctx: Ctx, memberId: MemberId, parts: SsoParts): Promise<void> {
  await asSystem(ctx, parts, async (tx, organisationId, actor) => {
    const member = await findMember(tx, memberId)
    if (member?.organisationId !== organisationId || member.role !== 'owner') throw new AppError('member.not_found')
    await insertBreakGlass(tx, { organisationId, memberId, addedBy: actor.id })
    recordAudit(tx, {
      action: 'policy.changed',
      organisationId,
      actor: actorOf(actor),
      targets: [{ type: 'member', id: memberId, name: member.name }],
      changes: [{ field: 'sso.break_glass', old: false, new: true }],
    })
  })
}

export async function removeBreakGlass(ctx: Ctx, memberId: MemberId, parts: SsoParts): Promise<void> {
  await asSystem(ctx, parts, async (tx, organisationId, actor) => {
    await lockMembership(tx, organisationId)
    const { view } = await readGate(tx, organisationId, parts)
    const others = view.breakGlass.filter((each) => each.memberId !== memberId && isReady(each))
    if (view.isRequired && others.length === 0) throw new AppError('sso.last_break_glass')
    if (!(await deleteBreakGlass(tx, { organisationId, memberId }))) return
    recordAudit(tx, {
      action: 'policy.changed',
      organisationId,
      actor: actorOf(actor),
      targets: [{ type: 'member', id: memberId }],
      changes: [{ field: 'sso.break_glass', old: true, new: false }],
    })
  })
}

/** Ends what was opened without SSO once the time for it is over. Run now and then; finds nothing most of the time. */
export async function endOldSessions(ctx: Ctx): Promise<void> {
  const due = await ctx.transaction(async (tx) => {
    authorizeProtocol(tx.actor)
    return listDueRequirements(tx)
  })
  for (const { organisationId } of due)
    await ctx.transaction(async (tx) => {
      authorizeProtocol(tx.actor)
      if (!(await findRequirement(tx, organisationId))) return
      await endSessionsWithoutSso(tx, { organisationId, except: await listBreakGlass(tx, organisationId) })
    })
}
