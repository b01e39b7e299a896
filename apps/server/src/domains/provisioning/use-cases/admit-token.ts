import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { findMember, isActive } from '../../organisations/index.ts'
import type { Door } from '../model.ts'
import { authorizeSystem } from '../policy.ts'
import { findUsableToken, noteTokenUse } from '../repository.tokens.ts'
import { noteContact } from '../repository.ts'

const noteEveryMs = 60_000

/** Whose token it is; asked every time, so that what was revoked is refused at once on every process. */
export async function admitToken(
  ctx: Ctx,
  { connectionId, token }: { connectionId: string; token: string },
): Promise<Pick<Door, 'connection' | 'token'> | undefined> {
  const found = await ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    const usable = await findUsableToken(tx, { connectionId, tokenHash: hashToken(token) })
    if (usable?.token.memberId === undefined) return usable
    // Whoever it stands for is gone or stopped, and so is it.
    const member = await findMember(tx, usable.token.memberId)
    return member !== undefined && isActive(member, tx.clock.now()) ? usable : undefined
  })
  if (found === undefined) return undefined
  const { usedAt } = found.token
  const { address } = ctx.origin
  if (usedAt === undefined || ctx.clock.now().getTime() - usedAt.getTime() > noteEveryMs) {
    await ctx.transaction(async (tx) => {
      authorizeSystem(tx.actor)
      await noteTokenUse(tx, found.token.id, address)
      await noteContact(tx, connectionId)
    })
  }
  return found
}
