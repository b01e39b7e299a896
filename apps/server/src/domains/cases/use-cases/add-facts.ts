import type { Case } from '@clew/contract/cases'
import type { ConversationId } from '@clew/contract/primitives'
import type { Fact, ProblemKind } from '@clew/intake'
import type { TxCtx } from '../../../platform/ctx.ts'
import { lockConversation, setCaseProgress } from '../../conversations/index.ts'
import { withMomentsRead } from '../model.moments.ts'
import { type CaseRow, caseView, newFacts } from '../model.ts'
import { authorizeCase } from '../policy.ts'
import { insertFacts, readCase, saveKind } from '../repository.ts'

/**
 * Adds what was learnt to the case, and the kind of problem once it is known. Only what is new is written, so learning
 * the same thing twice changes nothing. The conversation is held, so that two at once cannot miscount.
 */
export async function addFacts(
  tx: TxCtx,
  conversationId: ConversationId,
  learnt: { facts: readonly Fact[]; kind?: ProblemKind },
): Promise<Case> {
  const conversation = await lockConversation(tx, conversationId)
  authorizeCase(tx.actor, conversation)
  const known = await readCase(tx, conversationId)
  const added = newFacts(known.facts, withMomentsRead(known.facts, learnt.facts, conversation))
  const kind = learnt.kind ?? known.kind
  const isNewKind = kind !== known.kind
  const now: CaseRow = { conversationId, kind, facts: [...known.facts, ...added] }
  const view = caseView(now)
  if (added.length === 0 && !isNewKind) return view

  const about = { conversationId, contactId: conversation.contactId }
  if (isNewKind) await saveKind(tx, about, kind)
  await insertFacts(tx, about, added)
  await setCaseProgress(tx, conversationId, view)
  tx.emit('case.changed', { ...about, fields: [...new Set(added.map(({ field }) => field))] })
  return view
}
