import type { Case, SetFact } from '@clew/contract/cases'
import type { ConversationId } from '@clew/contract/primitives'
import type { Fact, FactSource } from '@clew/intake'
import { maskSecretsInMessage } from '@clew/redact'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { identifyContact, lockConversation } from '../../conversations/index.ts'
import { authorizeCase } from '../policy.ts'
import { addFacts } from './add-facts.ts'

/** The contact or an agent fills in or corrects one category. */
export async function setFact(
  ctx: Ctx,
  conversationId: ConversationId,
  input: z.output<typeof SetFact>,
): Promise<Case> {
  return ctx.transaction(async (tx) => {
    authorizeCase(tx.actor, await lockConversation(tx, conversationId))
    const source: FactSource = tx.actor.type === 'agent' ? 'agent' : input.source === 'agent' ? 'contact' : input.source
    const fact = {
      field: input.field,
      value: withoutSecrets(input.value),
      source,
      at: tx.clock.now().toISOString(),
    } as Fact
    // An address that the contact gives for the case is theirs to be called by as well.
    if (tx.actor.type === 'contact' && fact.field === 'account' && fact.value.email) {
      await identifyContact(tx, { email: fact.value.email })
    }
    return addFacts(tx, conversationId, { facts: [fact] })
  })
}

/** Passwords and keys are no more welcome in a field than in a message. */
function withoutSecrets<T>(value: T): T {
  if (typeof value === 'string') return maskSecretsInMessage(value).text as T
  if (Array.isArray(value)) return value.map(withoutSecrets) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutSecrets(part)])) as T
}
