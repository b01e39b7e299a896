import type { ConversationId } from '@clew/contract/primitives'
import type { Fact } from '@clew/intake'
import type { Ctx } from '../../../platform/ctx.ts'
import { type HostClaims, listContacts } from '../../contacts/index.ts'
import { findConversation } from '../../conversations/index.ts'
import { authorizeLearn } from '../policy.ts'
import { addFacts } from './add-facts.ts'

/** What the host page has signed about the contact is on the case, so that nobody asks for it. */
export async function learnFromHost(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeLearn(tx.actor)
    const conversation = await findConversation(tx, conversationId)
    if (!conversation) return
    const contact = (await listContacts(tx, [conversation.contactId])).get(conversation.contactId)
    if (!contact?.isVerified) return
    const facts = factsOf(contact.claims, tx.clock.now())
    if (facts.length > 0) await addFacts(tx, conversationId, { facts })
  })
}

function factsOf({ email, plan, workspace }: HostClaims, now: Date): Fact[] {
  const told = { source: 'host_page', at: now.toISOString() } as const
  const account = { ...(email ? { email } : {}), ...(plan ? { plan } : {}) }
  const place = {
    ...(workspace?.id ? { workspaceId: workspace.id } : {}),
    ...(workspace?.name ? { name: workspace.name } : {}),
  }
  return [
    ...(Object.keys(account).length > 0 ? [{ field: 'account' as const, value: account, ...told }] : []),
    ...(Object.keys(place).length > 0 ? [{ field: 'workspace' as const, value: place, ...told }] : []),
  ]
}
