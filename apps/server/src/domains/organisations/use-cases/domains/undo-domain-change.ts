import type { DomainChangeList } from '@clew/contract/domains'
import { AppError } from '../../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { recordAudit } from '../../../audit/index.ts'
import { normalEmail } from '../../model.ts'
import { authorizeChangeAddresses } from '../../policy.domains.ts'
import {
  deleteAlias,
  type KeptMove,
  listDomainChanges,
  lockDomainChange,
  markChangeUndone,
  revokeInvitations,
  setEmail,
} from '../../repository.domain-changes.ts'
import { lockMembership } from '../../repository.membership.ts'
import { findMember, findMemberByEmail } from '../../repository.ts'

/**
 * Gives people their old addresses back, as long as those still find them. Whoever has another address again by now
 * keeps it. Undoing it twice changes nothing.
 */
export async function undoDomainChange(ctx: Ctx, id: string): Promise<DomainChangeList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeChangeAddresses(actor)
    const { organisationId } = actor
    await lockMembership(tx, organisationId)
    const held = await lockDomainChange(tx, { organisationId, id })
    if (!held) throw new AppError('domain.change_not_found')
    if (held.change.undoneAt === undefined) {
      if (tx.clock.now() >= new Date(held.change.endsAt)) throw new AppError('domain.change_over')
      let restored = 0
      for (const move of held.moves) if (await restore(tx, move)) restored += 1
      await revokeInvitations(tx, organisationId, held.invitationIds)
      await markChangeUndone(tx, id)
      recordAudit(tx, {
        action: 'domain.change_undone',
        targets: [{ type: 'domain_change', id }],
        metadata: { from: held.change.from, to: held.change.to, restored, left: held.moves.length - restored },
      })
    }
    return { changes: await listDomainChanges(tx, organisationId) }
  })
}

async function restore(tx: TxCtx, { memberId, before, after }: KeptMove): Promise<boolean> {
  const member = await findMember(tx, memberId)
  if (!member || normalEmail(member.email) !== normalEmail(after)) return false
  const other = await findMemberByEmail(tx, member.organisationId, before)
  if (other) return false
  await setEmail(tx, { id: memberId, name: member.name, email: before })
  await deleteAlias(tx, { memberId, email: before })
  recordAudit(tx, {
    action: 'user.address_changed',
    targets: [{ type: 'user', id: memberId, name: member.name }],
    changes: [{ field: 'email', old: after, new: before, personal: true }],
    metadata: { because: 'domain_change_undone' },
  })
  return true
}
