import { type ComposedStep, composedStep } from '@clew/assistant'
import type { ConversationId, MessageId } from '@clew/contract/primitives'
import type { TxCtx } from '../../../platform/ctx.ts'
import { addFacts } from '../../cases/index.ts'
import { type AssistantMessage, sayAsAssistant } from '../../conversations/index.ts'
import { sourceOf } from '../message-of.ts'
import type { AssistantParts } from '../parts.ts'
import { saveDialogue } from '../repository.ts'
import { sayPending } from '../say-pending.ts'
import { turnOf } from '../turn-of.ts'
import { carryOut } from '../use-cases/carry-out.ts'
import type { Brief } from './brief.ts'
import { type Held, holdPending } from './hold-pending.ts'
import type { Account } from './parts.ts'
import type { WrittenOutcome } from './write-reply.ts'

type Asked = { conversationId: ConversationId; messageId: MessageId }
type Finishing = { parts: AssistantParts; brief: Brief | undefined; outcome: WrittenOutcome }

/** Says what came of it, once: only while the dialogue still waits for this message. */
export async function finish(
  tx: TxCtx,
  asked: Asked,
  { parts, brief, outcome }: Finishing,
): Promise<Omit<Account, 'ms'>> {
  const { draft, reason, faults, usage } = outcome
  const account = { reason, faults, usage }
  const held = await holdPending(tx, asked, parts)
  if (!held) return { ...account, outcome: 'stored', reason: reason ?? 'late' }
  const { about, pending, dialogue, answeredSeq } = held
  if (!brief) {
    await sayPending(tx, about, pending)
    await saveDialogue(tx, about.conversation.id, { dialogue, answeredSeq, pending: undefined })
    return { ...account, outcome: 'stored' }
  }
  await noteFacts(tx, held, brief)
  const { desk } = brief
  const turn = await turnOf(tx, about, dialogue)
  const step = composedStep(turn, { sayings: pending.sayings, dialogue }, { desk, draft })
  const next = await carry(tx, held, { turn, step })
  await saveDialogue(tx, about.conversation.id, { dialogue: next, answeredSeq, pending: undefined })
  return { ...account, outcome: outcomes[step.type] }
}

const outcomes = { say: 'composed', hand_over: 'handed_over', as_stored: 'stored' } as const

async function carry(
  tx: TxCtx,
  { about, pending, dialogue }: Held,
  { turn, step }: { turn: Awaited<ReturnType<typeof turnOf>>; step: ComposedStep },
): Promise<Held['dialogue']> {
  switch (step.type) {
    case 'say':
      await sayAsAssistant(tx, about.conversation.id, composedMessage(step))
      return step.dialogue
    case 'hand_over':
      await carryOut(tx, about, { turn, step: step.step })
      return step.step.dialogue
    case 'as_stored':
      await sayPending(tx, about, pending)
      return dialogue
  }
}

/** Facts that were quoted word for word belong on the case; what is known already is not written again. */
async function noteFacts(tx: TxCtx, { about }: Held, { desk }: Brief): Promise<void> {
  const { facts } = desk.proposals
  if (facts.length > 0) await addFacts(tx, about.conversation.id, { facts })
}

function composedMessage({
  composed: { body, cited, replies },
}: Extract<ComposedStep, { type: 'say' }>): AssistantMessage {
  const sources = cited.flatMap(({ slug, updatedOn, ...passage }) =>
    slug === undefined || updatedOn === undefined ? [] : [sourceOf({ ...passage, slug, updatedOn })],
  )
  return {
    body,
    content: {
      composed: true,
      ...(sources.length > 0 ? { sources } : {}),
      ...(replies.length > 0 ? { quickReplies: [...replies] } : {}),
    },
  }
}
