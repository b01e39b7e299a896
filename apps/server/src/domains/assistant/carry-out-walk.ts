import { newDialogue, reasonOf } from '@clew/assistant'
import type { PlaceholderValues } from '@clew/flows'
import { actingAs, type TxCtx } from '../../platform/ctx.ts'
import { addFacts, readCase } from '../cases/index.ts'
import { addTags, type ConversationRow, handOverConversation, noteActivity } from '../conversations/index.ts'
import { listCaptures } from '../har/index.ts'
import type { Further } from './agent-walk.ts'
import { briefOf } from './brief.ts'
import { endOf, factsIn, tagsIn } from './flow-effects.ts'
import { sharedKnowledge } from './knowledge.ts'
import type { AssistantParts } from './parts.ts'
import { findDialogue } from './repository.ts'

type Carried = { conversation: ConversationRow; progress: Further; hasEnded: boolean; parts: AssistantParts }

/** Does what a step of an agent's walk causes: facts, tags, and a person where the assistant still has it. */
export async function carryOutWalk(tx: TxCtx, { conversation, progress, hasEnded, parts }: Carried): Promise<void> {
  const { run, effects, learnt } = progress
  const { id, locale } = conversation
  const at = tx.clock.now().toISOString()
  const facts = [...learnt, ...factsIn(effects, { source: 'agent', at })]
  if (facts.length > 0) await addFacts(tx, id, { facts })
  await addTags(tx, id, tagsIn(effects))
  const ended = hasEnded ? endOf(parts.flows(), run, { locale, values: valuesFor(conversation, parts) }) : undefined
  // The contact did not walk it: what came of it is for the team.
  if (ended)
    await noteActivity(actingAs(tx, { type: 'system', job: 'assistant.note_walk' }), id, { ...ended, internal: true })
  if (effects.some(({ type }) => type === 'handover') && conversation.handling === 'assistant')
    await handOverConversation(tx, id, { reason: reasonOf(run), brief: await briefFor(tx, { conversation, parts }) })
}

async function briefFor(tx: TxCtx, { conversation, parts }: Pick<Carried, 'conversation' | 'parts'>) {
  const { id, locale } = conversation
  const { facts, kind } = await readCase(tx, id)
  const dialogue = (await findDialogue(tx, id)) ?? newDialogue
  const values = valuesFor(conversation, parts)
  return briefOf({ dialogue, facts, kind, captures: await listCaptures(tx, id), locale, values, parts })
}

const valuesFor = ({ number }: ConversationRow, parts: AssistantParts): PlaceholderValues =>
  sharedKnowledge(parts, String(number)).flowValues
