import type { FindHoldCandidates, HoldCandidates } from '@clew/contract/hold-candidates'
import type { Ctx } from '../../../platform/ctx.ts'
import { findContactsLike } from '../../contacts/index.ts'
import { findConversationsLike } from '../../conversations/index.ts'
import { findEverMembersLike } from '../../organisations/index.ts'
import { ownerOf } from '../hold-terms.ts'
import type { RetentionParts } from '../parts.ts'
import { authorizeHolds } from '../policy.ts'

const most = 6

/** Whom and what a hold may be about, of the organisation's own, by what was typed. */
export async function findHoldCandidates(
  ctx: Ctx,
  { q }: FindHoldCandidates,
  parts: Pick<RetentionParts, 'asSystem'>,
): Promise<HoldCandidates> {
  const { actor } = ctx
  authorizeHolds(actor)
  if (q === '') return { members: [], contacts: [], conversations: [] }
  return parts.asSystem(ctx, 'retention.find_hold_candidates').transaction(async (tx) => {
    const { team: _team, ...owner } = await ownerOf(tx, actor.organisationId)
    const search = { q, limit: most }
    return {
      members: await findEverMembersLike(tx, actor.organisationId, search),
      contacts: await findContactsLike(tx, owner, search),
      conversations: await findConversationsLike(tx, owner, search),
    }
  })
}
