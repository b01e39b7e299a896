import type { MemberId } from '@clew/contract/primitives'
import type { MemberActor } from '../../../platform/actor.ts'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { findMember } from '../../organisations/index.ts'
import { authorizeResetFactors, authorizeSessions } from '../policy.ts'
import { deleteApp, deletePasskey, listPasskeys, replaceRecoveryCodes } from '../repository.factors.ts'
import { endSessions } from './own-sessions.ts'

/**
 * For somebody who has lost every second factor: an administrator takes them away, and all sessions with them. The
 * password, or a mailed link, is what is left. `ctx` is the system's; `by` is who does it.
 */
export async function resetFactors(ctx: Ctx, { by, memberId }: { by: MemberActor; memberId: MemberId }): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const member = await findMember(tx, memberId)
    if (member?.organisationId !== by.organisationId) throw new AppError('member.not_found')
    authorizeResetFactors(by, member)
    for (const { id } of await listPasskeys(tx, memberId)) await deletePasskey(tx, { id, memberId })
    await deleteApp(tx, memberId, ['active', 'waiting'])
    await replaceRecoveryCodes(tx, memberId, [])
    await endSessions(tx, member, { reason: 'factors_reset' })
    recordAudit(tx, {
      action: 'mfa.removed',
      actor: { type: 'member', id: by.id, name: by.name },
      targets: [{ type: 'member', id: member.id, name: member.name }],
      organisationId: by.organisationId,
      metadata: { factor: 'all' },
    })
  })
}
