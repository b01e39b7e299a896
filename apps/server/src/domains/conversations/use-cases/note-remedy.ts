import type { EventPayload } from '@clew/contract/events'
import type { TxCtx } from '../../../platform/ctx.ts'
import { authorizeAssistant } from '../policy.ts'
import { isOpenTo } from '../repository.people.ts'
import { lockConversation } from '../repository.ts'
import { appendActivity } from './append-message.ts'

/**
 * What mends a sign-in was proposed, done or declined: the team reads it where it was asked about. What one organisation
 * says stays out of the conversations of another.
 */
export async function noteRemedy(tx: TxCtx, said: EventPayload<'sso.remedy_changed'>): Promise<void> {
  authorizeAssistant(tx.actor)
  const { conversationId, organisationId, ...remedy } = said
  if (!(await isOpenTo(tx, conversationId, organisationId))) return
  const conversation = await lockConversation(tx, conversationId)
  await appendActivity(tx, conversation, { activity: { type: 'sign_in_remedy', ...remedy }, internal: true })
}
