import type { IdentifyContact } from '@clew/contract/sessions'
import { maskSecretsInMessage } from '@clew/redact'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { updateContact } from '../../contacts/index.ts'
import { authorizeStart } from '../policy.ts'
import { listOwn } from '../repository.inbox.ts'

/** The contact says who they are. A label only: an address that nobody proved opens nothing. */
export async function identifyContact(ctx: Ctx, input: z.output<typeof IdentifyContact>): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeStart(actor)
    await updateContact(tx, actor.id, {
      ...(input.name === undefined ? {} : { name: maskSecretsInMessage(input.name).text }),
      ...(input.email === undefined ? {} : { email: input.email }),
    })
    for (const { id } of await listOwn(tx, 50))
      tx.emit('contact.identified', { conversationId: id, contactId: actor.id })
  })
}
