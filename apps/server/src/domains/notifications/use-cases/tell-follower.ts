import type { EventPayload } from '@clew/contract/events'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import { findConversation, informContact } from '../../conversations/index.ts'
import { findIncident } from '../../status/index.ts'
import { updateWords } from '../follow-words.ts'
import { authorizeNotify } from '../policy.ts'
import { mailLater } from './mail-later.ts'

/** A conversation that follows an incident hears of an update; by mail as well, when nobody reads it there. */
export async function tellFollower(
  tx: TxCtx,
  { conversationId, incidentId, updateId }: EventPayload<'incident.follower_due'>,
  jobs: Jobs,
): Promise<void> {
  authorizeNotify(tx.actor)
  const [conversation, incident] = await Promise.all([
    findConversation(tx, conversationId),
    findIncident(tx, incidentId),
  ])
  const update = incident?.updates.find(({ id }) => id === updateId)
  // What was erased meanwhile hears of nothing.
  if (!conversation || !incident || !update) return
  const messageId = await informContact(tx, conversationId, updateWords(conversation.locale, incident, update))
  await mailLater(tx, jobs, { conversationId, messageId })
}
