import type { Ctx } from '../../../platform/ctx.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { forgetContacts } from '../forget-contacts.ts'
import type { ForgetParts } from '../parts.ts'
import { authorizeForget } from '../policy.ts'
import { listWaiting, lockWaiting, updateWaiting } from '../repository.ts'
import { certifyErasure, removeForgotten } from './forget-person.ts'

/** Deletes what people asked to have erased and a hold kept, where nothing holds it any more. */
export async function finishErasures(ctx: Ctx, parts: ForgetParts): Promise<void> {
  const ids = await ctx.transaction((tx) => {
    authorizeForget(tx.actor)
    return listWaiting(tx)
  })
  for (const id of ids) {
    const forgotten = await ctx.transaction(async (tx) => {
      const erasure = await lockWaiting(tx, id)
      if (!erasure) return undefined
      const done = await forgetContacts(tx, erasure.waiting, parts.people())
      await updateWaiting(tx, id, done)
      const organisationId = erasure.organisationId ?? (await findSupportTeam(tx))
      const isAny = done.stones.length > 0
      if (isAny && organisationId)
        await certifyErasure(
          tx,
          { ofId: tx.ids.next(), organisationId, askedBy: erasure.askedBy, forgotten: done, facts: { goes_on: id } },
          parts,
        )
      return done
    })
    if (forgotten) await removeForgotten(forgotten, parts)
  }
}
