import type { ConversationId, IncidentId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { type IncidentRow, isOpen } from '../model.ts'
import { authorizeFollow } from '../policy.ts'
import { insertConversationFollower } from '../repository.followers.ts'
import { lockIncident } from '../repository.ts'

export type FollowIncident = { conversationId: ConversationId; incidentId: IncidentId; everyUpdate?: boolean }

/** `over`: it was resolved before, so there is nothing to wait for. */
export type Followed = { state: 'following' | 'known' | 'over'; incident: IncidentRow }

/**
 * The conversation is told when the incident is resolved: by `incident.follower_due`, once for each update. For a
 * transaction of the system's; whether the conversation may be spoken for, the caller has looked.
 */
export async function followIncident(
  tx: TxCtx,
  { conversationId, incidentId, everyUpdate = false }: FollowIncident,
): Promise<Followed> {
  authorizeFollow(tx.actor)
  // Held still, so that it is not resolved between the question and the answer.
  const incident = await lockIncident(tx, incidentId)
  if (!incident) throw new AppError('incident.not_found')
  if (!isOpen(incident)) return { state: 'over', incident }
  const isNew = await insertConversationFollower(tx, { incidentId, conversationId, everyUpdate })
  return { state: isNew ? 'following' : 'known', incident }
}
