import type { ConversationId, MessageId } from '@clew/contract/primitives'
import { monotonicMs } from '../../../platform/clock.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { type Brief, briefFor } from '../composing/brief.ts'
import { finish } from '../composing/finish.ts'
import { type Held, holdPending } from '../composing/hold-pending.ts'
import { modelFor } from '../composing/model-rule.ts'
import type { Account, FallbackReason, ModelInUse } from '../composing/parts.ts'
import { type WrittenOutcome, writeReply } from '../composing/write-reply.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeAnswer } from '../policy.ts'
import { dayOf, type Reservation, reserveTokens, settleTokens } from '../repository.usage.ts'
import { turnOf } from '../turn-of.ts'

export type Asked = { conversationId: ConversationId; messageId: MessageId }

/**
 * Lets a model put an answer into words. It is asked outside every transaction; what it wrote is said if it holds and
 * the dialogue still waits for it, and else what the rules said. Run again it does nothing.
 */
export async function composeReply(ctx: Ctx, asked: Asked, parts: AssistantParts): Promise<void> {
  authorizeAnswer(ctx.actor)
  const began = monotonicMs()
  const prepared = await ctx.transaction((tx) => prepare(tx, asked, parts))
  if (!prepared) return
  const outcome = await write(prepared, asked, parts)
  const account = await ctx.transaction(async (tx) => {
    const { reserved } = prepared
    if (reserved) await settleTokens(tx, reserved, outcome.usage)
    return finish(tx, asked, { parts, brief: prepared.brief, outcome })
  })
  tell(parts, asked, { ...account, ms: Math.round(monotonicMs() - began) })
}

type Prepared = {
  brief: Brief | undefined
  contactId: Held['conversation']['contactId']
  model: ModelInUse | undefined
  reserved: Reservation | undefined
  /** Why no model is asked after all. */
  reason: FallbackReason | undefined
  /** How long a model may take. */
  patienceMs: number
}

/** For the two transactions around the call. */
const overheadMs = 300
const leastPatienceMs = 300
const charactersOfToken = 3

async function prepare(tx: TxCtx, asked: Asked, parts: AssistantParts): Promise<Prepared | undefined> {
  const held = await holdPending(tx, asked, parts)
  if (!held) return undefined
  const { about, pending, dialogue } = held
  const model = await modelFor(tx, about.conversation.contactId, parts.composing)
  const waited = tx.clock.now().getTime() - about.message.createdAt.getTime()
  const patienceMs = (model?.timeBudgetMs ?? 0) - waited - overheadMs
  const base = { brief: undefined, contactId: about.conversation.contactId, model, reserved: undefined, patienceMs }
  if (!model) return { ...base, reason: 'off' }
  if (patienceMs < leastPatienceMs) return { ...base, reason: 'late' }
  const turn = await turnOf(tx, about, dialogue)
  const brief = await briefFor(tx, about, { turn, stored: pending })
  const sent = Math.ceil((brief.system.length + brief.prompt.length) / charactersOfToken)
  const reserved = { day: dayOf(tx.clock.now()), tokens: sent + model.maxTokensPerAnswer }
  const isGranted = await reserveTokens(tx, reserved, model.maxTokensPerDay)
  return isGranted ? { ...base, brief, reserved, reason: undefined } : { ...base, brief, reason: 'day_budget' }
}

const nothingUsed = { inputTokens: 0, outputTokens: 0, calls: 0 }

async function write(prepared: Prepared, asked: Asked, parts: AssistantParts): Promise<WrittenOutcome> {
  const { brief, model, reason, contactId, patienceMs } = prepared
  const none = { draft: undefined, faults: [], usage: nothingUsed }
  if (reason !== undefined || !brief || !model) return { ...none, reason: reason ?? 'off' }
  const { signal, ask, log } = parts.composing
  const { conversationId } = asked
  signal({ signal: { type: 'assistant_working', conversationId }, team: true, contactId })
  try {
    return await writeReply(brief, {
      model,
      ask,
      signal: AbortSignal.timeout(patienceMs),
      onText: (text) => signal({ signal: { type: 'assistant_working', conversationId, text }, team: false, contactId }),
    })
  } catch (error) {
    log.error({ err: error, ...asked }, 'a reply could not be composed')
    return { ...none, reason: 'broken' }
  }
}

/** Ids, names and numbers; never a word of what was said. */
function tell({ composing }: AssistantParts, asked: Asked, account: Account): void {
  const { outcome, reason, faults, usage, ms } = account
  composing.metrics.observeModel({ outcome, reason, ms, ...usage })
  composing.log.info({ ...asked, outcome, reason, faults, ...usage, ms }, 'a model was asked for a reply')
}
