import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeSelf } from '../policy.ts'
import { insertMissingContact, lockContact } from '../repository.ts'

/**
 * Makes the contact of `ctx` if they are not there yet, and holds them until the transaction ends. For a form, whose
 * contact follows from the form itself: sent twice, it is the same one, and the second waits for the first.
 */
export async function ensureContact(ctx: Ctx): Promise<void> {
  await ctx.transaction(async (tx) => {
    const id = authorizeSelf(tx.actor)
    await insertMissingContact(tx, { id, locale: tx.locale })
    await lockContact(tx, id)
  })
}
