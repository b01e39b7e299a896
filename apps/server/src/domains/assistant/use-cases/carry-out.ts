import type { Step, Turn, TurnEffect } from '@clew/assistant'
import { IncidentId } from '@clew/contract/primitives'
import type { Progress } from '@clew/flows'
import { actingAs, type TxCtx } from '../../../platform/ctx.ts'
import { addFacts } from '../../cases/index.ts'
import {
  addTags,
  handOverConversation,
  noteActivity,
  sayAsAssistant,
  settleConversation,
} from '../../conversations/index.ts'
import { listCaptures } from '../../har/index.ts'
import { followIncident } from '../../status/index.ts'
import { briefOf } from '../brief.ts'
import { endOf, factsIn, tagsIn } from '../flow-effects.ts'
import { messageOf } from '../message-of.ts'
import type { About } from '../parts.ts'
import { authorizeAnswer } from '../policy.ts'

/** Says what a turn came to and does what follows from it. */
export async function carryOut(tx: TxCtx, about: About, { turn, step }: { turn: Turn; step: Step }): Promise<void> {
  authorizeAnswer(tx.actor)
  const library = about.parts.library()
  for (const saying of step.sayings)
    await sayAsAssistant(tx, about.conversation.id, messageOf(saying, { library, locale: turn.locale }))
  for (const effect of step.effects) await doEffect(tx, about, { turn, step, effect })
}

type Doing = { turn: Turn; step: Step; effect: TurnEffect }

async function doEffect(tx: TxCtx, about: About, { turn, step, effect }: Doing): Promise<void> {
  const { conversation, parts } = about
  switch (effect.type) {
    case 'hand_over': {
      const { dialogue } = step
      const captures = await listCaptures(tx, conversation.id)
      const brief = briefOf({ ...turn, dialogue, captures, values: turn.knowledge.flowValues, parts })
      return handOverConversation(tx, conversation.id, { reason: effect.reason, brief })
    }
    case 'settle':
      return settleConversation(tx, conversation.id)
    case 'follow_incident': {
      const incidentId = IncidentId.safeParse(effect.incidentId)
      if (incidentId.success)
        await followIncident(actingAs(tx, { type: 'system', job: 'assistant.follow_incident' }), {
          conversationId: conversation.id,
          incidentId: incidentId.data,
        })
      return
    }
    case 'flow': {
      const { run, effects } = effect.progress
      await rememberSlots(tx, about, effect.progress)
      await addTags(tx, conversation.id, tagsIn(effects))
      const ended = endOf(parts.flows(), run, { locale: turn.locale, values: turn.knowledge.flowValues })
      if (ended) await noteActivity(tx, conversation.id, ended)
      return
    }
  }
}

/** What somebody answered with a button belongs on the case like what they write. */
async function rememberSlots(tx: TxCtx, { conversation, message }: About, { effects }: Progress): Promise<void> {
  const facts = factsIn(effects, { source: 'contact', at: message.createdAt.toISOString() })
  if (facts.length > 0) await addFacts(tx, conversation.id, { facts })
}
