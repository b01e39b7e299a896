import type { ContactId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken } from '../../../platform/ids.ts'
import { authorizeContactSessions } from '../policy.ts'
import { findContactIdByToken } from '../repository.ts'

/** Whose token this is, or undefined. */
export async function findContactByToken(ctx: Ctx, token: string): Promise<ContactId | undefined> {
  return ctx.transaction(async (tx) => {
    authorizeContactSessions(tx.actor)
    return tx.conclude(findContactIdByToken(tx, hashToken(token)))
  })
}
