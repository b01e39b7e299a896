import type { Ctx } from '../../../platform/ctx.ts'
import { stopMember } from '../members.ts'
import { confirmHours } from '../model.ts'
import { authorizeSystem } from '../policy.members.ts'
import { deleteUnconfirmedRequests } from '../repository.joining.ts'
import { listExpiredMembers } from '../repository.membership.ts'
import { findMember } from '../repository.ts'

const atOnce = 200

/** Stops guests whose time is over. They could not sign in any more; now their seats and keys go too. */
export async function expireMembers(ctx: Ctx): Promise<void> {
  const due = await ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    return listExpiredMembers(tx, atOnce)
  })
  for (const id of due)
    await ctx.transaction(async (tx) => {
      const member = await findMember(tx, id)
      if (member?.expiresAt && member.expiresAt <= tx.clock.now()) await stopMember(tx, member, 'expiry')
    })
}

export async function forgetUnconfirmed(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    await deleteUnconfirmedRequests(tx, new Date(tx.clock.now().getTime() - confirmHours * 3_600_000))
  })
}
