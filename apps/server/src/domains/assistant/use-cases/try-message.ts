import { evaluate } from '@clew/assistant'
import type { EvaluateMessage } from '@clew/contract/assistant'
import type { Playground } from '@clew/contract/assistant-learning'
import type { Ctx } from '../../../platform/ctx.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { sharedKnowledge } from '../knowledge.ts'
import { playgroundView } from '../learning/playground-view.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeLearning } from '../policy.ts'

/** What the bubble would answer to a message, and how that comes about. Nothing is stored. */
export async function tryMessage(
  ctx: Ctx,
  { message, locale, context }: EvaluateMessage,
  parts: AssistantParts,
): Promise<Playground> {
  await ctx.transaction(async (tx) => authorizeLearning(tx.actor, await findSupportTeam(tx)))
  const question = { message, locale, context: { ...context, now: context.now ?? ctx.clock.now().toISOString() } }
  const evaluated = await evaluate(question, sharedKnowledge(parts, '1042'), openHours(parts))
  return playgroundView(evaluated)
}

/** As in the bubble, with somebody of the team at hand. */
export const openHours = (parts: Pick<AssistantParts, 'flowSettings'>) => ({
  brand: parts.flowSettings().brand,
  team: { isOpen: true, opensLine: undefined },
})
