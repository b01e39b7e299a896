import { evaluate } from '@clew/assistant'
import type { Playground, TryMessage } from '@clew/contract/assistant-learning'
import { maskSecretsInMessage } from '@clew/redact'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { tryComposing } from '../composing/try-composing.ts'
import { sharedKnowledge } from '../knowledge.ts'
import { playgroundView } from '../learning/playground-view.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeLearning } from '../policy.ts'

/** What the bubble would answer to a message, and how that comes about. Nothing that was said is stored. */
export async function tryMessage(
  ctx: Ctx,
  { message, locale, context, askModel }: z.output<typeof TryMessage>,
  parts: AssistantParts,
): Promise<Playground> {
  await ctx.transaction(async (tx) => authorizeLearning(tx.actor, await findSupportTeam(tx)))
  const question = { message, locale, context: { ...context, now: context.now ?? ctx.clock.now().toISOString() } }
  const evaluated = await evaluate(question, sharedKnowledge(parts, '1042'), openHours(parts))
  const view = playgroundView(evaluated)
  if (!askModel) return view
  const asSystem = parts.composing.actAs(ctx, { type: 'system', job: 'assistant.playground' })
  // What is stored of a conversation holds no secrets either.
  const heard = (context.history ?? []).map(({ from, text }) => ({ by: from, text: maskSecretsInMessage(text).text }))
  const said = [...heard.flatMap(({ by, text }) => (by === 'contact' ? [text] : [])), evaluated.turn.text]
  return { ...view, model: await tryComposing(asSystem, { evaluated, heard, said }, parts) }
}

/** As in the bubble, with somebody of the team at hand. */
export const openHours = (parts: Pick<AssistantParts, 'flowSettings'>) => ({
  brand: parts.flowSettings().brand,
  team: { isOpen: true, opensLine: undefined },
})
