import type { WalkedFlow, WalkedFlowList } from '@clew/contract/flow-runs'
import type { ConversationId, Locale } from '@clew/contract/primitives'
import { describeRun, notesOf, type PlaceholderValues, type Run } from '@clew/flows'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation } from '../../conversations/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { sharedKnowledge } from '../knowledge.ts'
import type { SharedParts } from '../parts.ts'
import { authorizeLearning } from '../policy.ts'
import { findDialogue } from '../repository.ts'

/**
 * What the flows of a conversation say to the agent, and for an administrator of the contact's organisation. It stands in
 * no message, since what an organisation knows of an address is nothing for the contact.
 */
export async function readWalkedFlows(
  ctx: Ctx,
  { conversationId, locale }: { conversationId: ConversationId; locale: Locale },
  parts: SharedParts,
): Promise<WalkedFlowList> {
  return ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    const conversation = await findConversation(tx, conversationId)
    if (!conversation) throw new AppError('conversation.not_found')
    const { flowValues } = sharedKnowledge(parts, String(conversation.number))
    const dialogue = await findDialogue(tx, conversationId)
    const runs = [dialogue?.paused, dialogue?.run].filter((run) => run !== undefined)
    return { flows: runs.flatMap((run) => walked(run, { locale, values: flowValues, parts })) }
  })
}

type About = { locale: Locale; values: PlaceholderValues; parts: SharedParts }

function walked(run: Run, { locale, values, parts }: About): WalkedFlow[] {
  const flow = parts.flows().find(run.flowId, run.flowVersion) ?? parts.flows().find(run.flowId)
  if (!flow) return []
  const reader = { locale, values, audience: 'agent' } as const
  const { title, current, steps } = describeRun(flow, run, reader)
  return [
    {
      flowId: flow.id,
      title,
      isOpen: current !== undefined,
      ...(current ? { current: current.title } : {}),
      answers: steps.flatMap((step) =>
        step.outcome === 'answered' && step.answer !== undefined ? [{ title: step.title, answer: step.answer }] : [],
      ),
      notes: notesOf(flow, run, reader),
    },
  ]
}
