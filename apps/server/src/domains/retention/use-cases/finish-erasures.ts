import type { Ctx } from '../../../platform/ctx.ts'
import { listContacts } from '../../contacts/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { forgetContacts } from '../forget-contacts.ts'
import type { ForgetParts } from '../parts.ts'
import { authorizeForget } from '../policy.ts'
import { listWaiting, lockWaiting, updateWaiting } from '../repository.ts'
import { certifyErasure, eraseFromLogs, removeForgotten } from './forget-person.ts'

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
      const emails = [...(await listContacts(tx, erasure.waiting)).values()].flatMap(({ email }) => email ?? [])
      const done = await forgetContacts(tx, erasure.waiting, parts.people())
      await updateWaiting(tx, id, done)
      const contactIds = erasure.waiting.filter((each) => !done.waiting.includes(each))
      const addresses = done.waiting.length > 0 ? [] : emails.map((each) => each.toLowerCase())
      const pieces = contactIds.length === 0 ? 0 : await eraseFromLogs(tx, { contactIds, addresses })
      const organisationId = erasure.organisationId ?? (await findSupportTeam(tx))
      const isAny = done.stones.length > 0
      if (isAny && organisationId)
        await certifyErasure(
          tx,
          {
            ofId: tx.ids.next(),
            organisationId,
            askedBy: erasure.askedBy,
            forgotten: done,
            facts: { goes_on: id, audit_pieces: pieces },
          },
          parts,
        )
      return done
    })
    if (forgotten) await removeForgotten(forgotten, parts)
  }
}
