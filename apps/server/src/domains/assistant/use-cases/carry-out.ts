import type { Step, Turn, TurnEffect } from '@clew/assistant'
import { Fact as FactSchema } from '@clew/contract/cases'
import { IncidentId } from '@clew/contract/primitives'
import { caseValueOf, type Progress, triedSteps } from '@clew/flows'
import type { Fact } from '@clew/intake'
import { actingAs, type TxCtx } from '../../../platform/ctx.ts'
import { addFacts } from '../../cases/index.ts'
import { handOverConversation, noteActivity, sayAsAssistant, settleConversation } from '../../conversations/index.ts'
import { listCaptures } from '../../har/index.ts'
import { followIncident } from '../../status/index.ts'
import { briefOf } from '../brief.ts'
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
      const brief = briefOf({ ...turn, dialogue, captures, parts })
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
    case 'flow':
      await rememberSlots(tx, about, effect.progress)
      return noteEnd(tx, about, { turn, progress: effect.progress })
  }
}

/** What somebody answered with a button belongs on the case like what they write. */
async function rememberSlots(tx: TxCtx, { conversation, message }: About, { effects }: Progress): Promise<void> {
  const facts = effects.flatMap((effect): Fact[] => {
    const known = effect.type === 'slot' ? caseValueOf(effect.slot, effect.value) : undefined
    if (!known) return []
    return [asKnownFact(FactSchema.parse({ ...known, source: 'contact', at: message.createdAt.toISOString() }))]
  })
  if (facts.length > 0) await addFacts(tx, conversation.id, { facts })
}

/** The contract and the intake name the same shapes; they differ only in how they write what is absent. */
const asKnownFact = (fact: FactSchema): Fact => fact as Fact

/** What was tried goes into the timeline, so that nobody has it tried again. */
async function noteEnd(
  tx: TxCtx,
  { conversation, parts }: About,
  { turn, progress }: { turn: Turn; progress: Progress },
): Promise<void> {
  const { run } = progress
  const flow = parts.flows().find(run.flowId, run.flowVersion)
  if (!flow || run.state === 'running' || run.state === 'checking') return
  const steps = triedSteps(flow, run, { locale: turn.locale }).map(({ id, title, outcome }) => ({ id, title, outcome }))
  const outcome = run.state === 'done' ? 'fixed' : run.state === 'handover' ? 'exhausted' : 'left'
  if (steps.length === 0 && outcome !== 'fixed') return
  await noteActivity(tx, conversation.id, { type: 'flow_ended', flowId: flow.id, outcome, steps })
}
