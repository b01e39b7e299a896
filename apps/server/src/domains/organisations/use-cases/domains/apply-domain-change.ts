import type { ApplyDomainChange, DomainChangeList, DomainMovePreview } from '@clew/contract/domains'
import type { z } from 'zod'
import { AppError } from '../../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { recordAudit } from '../../../audit/index.ts'
import { type InviteSettings, issueInvitations } from '../../invitation-letters.ts'
import { dayMs } from '../../model.domains.ts'
import { aliasDays, type MemberRow, normalEmail } from '../../model.ts'
import { authorizeChangeAddresses } from '../../policy.domains.ts'
import { insertDomainChange, type KeptMove, listDomainChanges, setEmail } from '../../repository.domain-changes.ts'
import { listGroupsOf } from '../../repository.groups.ts'
import { lockMembership, putAlias } from '../../repository.membership.ts'
import { namesIn, planChange } from './preview-domain-change.ts'

/**
 * Moves people to their addresses at the new domain, all of them or none. For a month the old addresses still find them;
 * who could not be matched is invited instead.
 */
export async function applyDomainChange(
  ctx: Ctx,
  input: z.output<typeof ApplyDomainChange>,
  settings: InviteSettings,
): Promise<DomainChangeList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeAddresses(actor)
    const { organisationId } = actor
    const names = namesIn(input)
    await lockMembership(tx, organisationId)
    const { members, rows, isVerified } = await planChange(tx, actor, { ...names, moves: input.moves })
    if (!isVerified) throw new AppError('domain.not_verified', { domain: names.to })
    const memberOf = new Map(members.map((member) => [member.id, member]))
    const chosen = chosenOf(rows, input.moves).flatMap((row) => {
      const member = memberOf.get(row.memberId)
      return member ? [{ member, row }] : []
    })
    const endsAt = new Date(tx.clock.now().getTime() + aliasDays * dayMs)

    const moves: KeptMove[] = []
    for (const one of chosen) if (one.row.action === 'move') moves.push(await moveOne(tx, { ...one, endsAt }))
    const invited = chosen.filter(({ row }) => row.action === 'invite')
    const invitationIds = await inviteAll(tx, invited, settings)
    const change = { ...names, organisationId, moves, invitationIds, appliedBy: actor.id, endsAt }
    const id = await insertDomainChange(tx, change)
    recordAudit(tx, {
      action: 'domain.change_completed',
      targets: [{ type: 'domain_change', id }],
      metadata: { ...names, moved: moves.length, invited: invitationIds.length },
    })
    return { changes: await listDomainChanges(tx, organisationId) }
  })
}

/** The rows that were asked for, as the table shows them now. What changed since it was looked at stops everything. */
function chosenOf(
  rows: readonly DomainMovePreview[],
  moves: z.output<typeof ApplyDomainChange>['moves'],
): DomainMovePreview[] {
  const rowOf = new Map(rows.map((row) => [row.memberId, row]))
  return moves.flatMap((move) => {
    const row = rowOf.get(move.memberId)
    if (move.action === 'leave') return []
    if (!row) throw new AppError('domain.change_outdated', { name: move.email })
    if (row.action !== move.action || row.after !== normalEmail(move.email))
      throw new AppError('domain.change_outdated', { name: row.name })
    if (row.problem !== undefined) throw new AppError('domain.change_conflict', { name: row.name, email: row.after })
    return [row]
  })
}

type One = { member: MemberRow; row: DomainMovePreview }

async function moveOne(tx: TxCtx, { member, row, endsAt }: One & { endsAt: Date }): Promise<KeptMove> {
  const { id, name, email: before, organisationId } = member
  const { after } = row
  await setEmail(tx, { id, name, email: after })
  await putAlias(tx, { organisationId, memberId: id, email: before, expiresAt: endsAt })
  recordAudit(tx, {
    action: 'user.address_changed',
    targets: [{ type: 'user', id, name }],
    changes: [{ field: 'email', old: before, new: after, personal: true }],
    metadata: { because: 'domain_change' },
  })
  return { memberId: id, before, after }
}

/** With the same role and groups; the member at the old address stays as they are until somebody removes them. */
async function inviteAll(tx: TxCtx, ones: readonly One[], settings: InviteSettings): Promise<string[]> {
  const { actor } = tx
  authorizeChangeAddresses(actor)
  const organisation = ones[0]?.member.organisation
  if (organisation === undefined) return []
  const groups = await listGroupsOf(
    tx,
    ones.map(({ member }) => member.id),
  )
  const issued = await issueInvitations(
    tx,
    {
      sender: { organisation: { id: actor.organisationId, ...organisation }, by: actor },
      invitations: ones.map(({ member, row }) => ({
        email: row.after,
        name: member.name,
        role: member.role,
        customRoleId: member.customRoleId,
        seatTypeId: undefined,
        groupIds: (groups.get(member.id) ?? []).map(({ id }) => id),
        locale: member.locale,
        memberExpiresAt: member.expiresAt,
        source: 'invited',
        waitsFor: undefined,
      })),
    },
    settings,
  )
  return issued.map(({ id }) => id)
}
