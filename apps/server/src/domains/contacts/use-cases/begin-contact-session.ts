import type { ContactId } from '@clew/contract/primitives'
import type { ContactSession } from '@clew/contract/sessions'
import type { Ctx } from '../../../platform/ctx.ts'
import { hashToken, newToken } from '../../../platform/ids.ts'
import { authorizeSelf } from '../policy.ts'
import { insertContact, insertContactSession } from '../repository.ts'

/** Makes a contact and the token that proves to be them. The browser asks for it with the first message, not before. */
export async function beginContactSession(ctx: Ctx): Promise<ContactSession> {
  return ctx.transaction(async (tx) => {
    const contactId: ContactId = authorizeSelf(tx.actor)
    const token = newToken()
    await insertContact(tx, { id: contactId, locale: tx.locale })
    await insertContactSession(tx, { tokenHash: hashToken(token), contactId })
    return { token, contactId }
  })
}
