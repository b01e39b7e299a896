import { evaluate } from '@clew/assistant'
import type { AssistantEvaluation, EvaluateMessage } from '@clew/contract/assistant'
import type { Ctx } from '../../../platform/ctx.ts'
import { evaluationView } from '../evaluation-view.ts'
import { sharedKnowledge } from '../knowledge.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeEvaluate } from '../policy.ts'

/** What the assistant would do about a message. The same pipeline as the bubble's; nothing is read or stored. */
export async function evaluateMessage(
  ctx: Ctx,
  { message, locale, context }: EvaluateMessage,
  { parts, hasKey }: { parts: AssistantParts; hasKey: boolean },
): Promise<AssistantEvaluation> {
  authorizeEvaluate(ctx.actor, hasKey)
  const question = { message, locale, context: { ...context, now: context.now ?? ctx.clock.now().toISOString() } }
  const settings = { brand: parts.flowSettings().brand, team: { isOpen: true, opensLine: undefined } }
  const knowledge = sharedKnowledge(parts, '1042')
  return evaluationView(await evaluate(question, knowledge, settings), parts.library())
}
