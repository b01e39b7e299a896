import { toldIn } from '@clew/assistant'
import type { AgentWalkState, AnswerWalk } from '@clew/contract/flow-runs'
import type { ConversationId, Locale } from '@clew/contract/primitives'
import { fillText, isOpen, type Run, type SlotValue, slotsOf } from '@clew/flows'
import { currentValues, extractFacts, type Fact } from '@clew/intake'
import { maskSecretsInMessage } from '@clew/redact'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { readCase } from '../../cases/index.ts'
import { type ConversationRow, findConversation, lockConversation } from '../../conversations/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { answered, begun, type Further, type Ground } from '../agent-walk.ts'
import { agentWalkView } from '../agent-walk-view.ts'
import { carryOutWalk } from '../carry-out-walk.ts'
import { factOf } from '../flow-effects.ts'
import { lookFor } from '../flow-looks.ts'
import { sharedKnowledge } from '../knowledge.ts'
import type { AssistantParts } from '../parts.ts'
import { authorizeLearning } from '../policy.ts'
import { findDialogue } from '../repository.ts'
import { type AgentWalkRow, findWalk, saveWalk } from '../repository.walks.ts'

type Asked = { conversationId: ConversationId; locale: Locale }

/** What an agent can walk in a conversation, and where the walk stands. */
export async function readWalk(ctx: Ctx, asked: Asked, parts: AssistantParts): Promise<AgentWalkState> {
  return ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    const conversation = await findConversation(tx, asked.conversationId)
    if (!conversation) throw new AppError('conversation.not_found')
    const walk = await findWalk(tx, conversation.id)
    return stateOf({ conversation, walk, theirs: await runsOf(tx, conversation) }, asked.locale, parts)
  })
}

/** Begins a flow as an agent; the one before it is left. */
export async function startWalk(
  ctx: Ctx,
  asked: Asked & { flowId: string },
  parts: AssistantParts,
): Promise<AgentWalkState> {
  return change(ctx, { asked, parts }, async (ground) => {
    const flow = parts.flows().find(asked.flowId)
    if (!flow || parts.flows().isStopped(flow.id)) throw new AppError('flow.not_found')
    return { before: undefined, progress: await begun(flow, ground) }
  })
}

/** Takes an answer of the agent; undone, skipped and left as well. */
export async function answerWalk(
  ctx: Ctx,
  asked: Asked & { answer: AnswerWalk },
  parts: AssistantParts,
): Promise<AgentWalkState> {
  return change(ctx, { asked, parts }, async (ground, before) => {
    if (!before) throw new AppError('flow.not_found')
    return { before, progress: await answered(before.run, withoutSecrets(asked.answer), ground) }
  })
}

type Changed = { before: AgentWalkRow | undefined; progress: Further }

async function change(
  ctx: Ctx,
  { asked: { conversationId, locale }, parts }: { asked: Asked; parts: AssistantParts },
  work: (ground: Ground, before: AgentWalkRow | undefined) => Promise<Changed>,
): Promise<AgentWalkState> {
  return ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    const conversation = await lockConversation(tx, conversationId)
    if (conversation.status === 'resolved') throw new AppError('conversation.resolved')
    const theirs = await runsOf(tx, conversation)
    const ground = await groundOf(tx, { conversation, theirs, parts })
    const { before, progress } = await work(ground, await findWalk(tx, conversationId))
    const articles = progress.effects.flatMap((effect) => (effect.type === 'article' ? [effect.slug] : []))
    const walk = { run: progress.run, articles: [...new Set([...(before?.articles ?? []), ...articles])] }
    await saveWalk(tx, conversation, walk)
    const wasOpen = before === undefined || isOpen(before.run)
    await carryOutWalk(tx, { conversation, progress, hasEnded: wasOpen && !isOpen(progress.run), parts })
    return stateOf({ conversation, walk, theirs }, locale, parts)
  })
}

/** The flows that the contact walked. */
async function runsOf(tx: TxCtx, { id }: ConversationRow): Promise<Run[]> {
  const dialogue = await findDialogue(tx, id)
  return [dialogue?.paused, dialogue?.run].filter((run) => run !== undefined)
}

type Place = { conversation: ConversationRow; theirs: readonly Run[] }

async function groundOf(
  tx: TxCtx,
  { conversation, theirs, parts }: Place & { parts: AssistantParts },
): Promise<Ground> {
  const { facts } = await readCase(tx, conversation.id)
  const values = currentValues(facts)
  const symptom = values.problem?.text ?? conversation.subject
  return {
    flows: parts.flows(),
    slots: slotsOf(values),
    told: toldIn(facts),
    theirs,
    look: lookFor(tx, { conversation, symptom, parts }),
    at: tx.clock.now().toISOString(),
    read: (slot, text) => readWords({ slot, text }, { conversation, now: tx.clock.now(), known: facts }),
  }
}

type Reading = { conversation: ConversationRow; now: Date; known: readonly Fact[] }

/** As the contact's answer to the same question would be read; else the words as they stand, if the case takes them. */
function readWords(
  { slot, text }: { slot: string; text: string },
  { conversation: { locale, timeZone }, now, known }: Reading,
): { value: SlotValue; facts: readonly Fact[] } {
  const [field = '', part] = slot.split('.')
  const expecting = [{ field: field as Fact['field'], ...(part === undefined ? {} : { part }) }]
  const zone = timeZone === undefined ? {} : { zone: timeZone }
  const facts = extractFacts(text, { locale, now, ...zone, expecting, known })
    .filter((fact) => fact.field === field)
    .map((fact): Fact => ({ ...fact, source: 'agent' }))
  const value = slotsOf(currentValues(facts))[slot]
  if (value !== undefined) return { value, facts }
  const fact = factOf(slot, text, { source: 'agent', at: now.toISOString() })
  if (!fact) throw new AppError('case.value_invalid')
  return { value: text, facts: [fact] }
}

function stateOf(
  { conversation, walk, theirs }: Place & { walk: AgentWalkRow | undefined },
  locale: Locale,
  parts: AssistantParts,
): AgentWalkState {
  const { flowValues: values } = sharedKnowledge(parts, String(conversation.number))
  const flows = parts
    .flows()
    .all.filter(({ id }) => !parts.flows().isStopped(id))
    .map(({ id, title }) => ({ id, title: fillText(title, locale, values) }))
    .sort((a, b) => a.title.localeCompare(b.title, locale))
  const theirLast = theirs.at(-1)?.flowId
  const view = walk && agentWalkView(walk, { parts, locale, contactLocale: conversation.locale, values, theirs })
  return {
    flows,
    ...(flows.some(({ id }) => id === theirLast) && theirLast !== undefined ? { suggested: theirLast } : {}),
    ...(view ? { walk: view } : {}),
  }
}

/** Passwords and keys are no more welcome in an answer than in a message. */
const withoutSecrets = (answer: AnswerWalk): AnswerWalk =>
  answer.type === 'words' ? { ...answer, text: maskSecretsInMessage(answer.text).text } : answer
