import type { EventName, EventPayload } from '@clew/contract/events'
import type { TxCtx } from '../../platform/ctx.ts'
import { type Heard, type Push, push } from '../../platform/domain.ts'
import { captureView, listCapturesById } from '../har/index.ts'
import { type ListedConversation, listListed } from './repository.inbox.ts'
import { listMessagesById } from './repository.messages.ts'
import { listTagsOf } from './repository.tags.ts'
import { conversationView, messageView, teamConversationView } from './views.ts'

type About = Pick<EventPayload<'conversation.resolved'>, 'conversationId'>

/** Changes of the conversation itself: everyone who sees it sees it as it is now. */
const conversationChanges: readonly Push[] = (
  [
    'conversation.started',
    'conversation.handed_over',
    'conversation.taken_over',
    'conversation.called_back',
    'conversation.assigned',
    'conversation.resolved',
    'conversation.reopened',
    'conversation.read',
    'contact.identified',
  ] as const satisfies readonly EventName[]
).map((name) => push(name, (tx, payloads) => loadConversations(tx, payloads)))

async function loadConversations(tx: TxCtx, payloads: readonly About[]): Promise<(Heard | undefined)[]> {
  const listed = await listListed(
    tx,
    payloads.map(({ conversationId }) => conversationId),
  )
  return payloads.map(({ conversationId }) => {
    const row = listed.get(conversationId)
    return row && shown({ type: 'conversation' }, row)
  })
}

/** For the team alone: where a contact reads, their role may not even ask. */
async function loadTags(
  tx: TxCtx,
  payloads: readonly EventPayload<'conversation.tagged'>[],
): Promise<(Heard | undefined)[]> {
  if (tx.actor.type === 'contact') return payloads.map(() => undefined)
  const about = payloads.map(({ conversationId }) => conversationId)
  const [listed, tags] = await Promise.all([listListed(tx, about), listTagsOf(tx, about)])
  return payloads.map(({ conversationId }) => {
    const row = listed.get(conversationId)
    const change = { type: 'tags', tags: tags.get(conversationId) ?? [] } as const
    return row && { change: { ...change, conversation: teamConversationView(row) }, contact: false }
  })
}

/** For the team alone. */
async function loadSnoozes(tx: TxCtx, payloads: readonly About[]): Promise<(Heard | undefined)[]> {
  const loaded = await loadConversations(tx, payloads)
  return loaded.map((each) => each && { change: each.change, contact: false })
}

async function loadMessages(
  tx: TxCtx,
  payloads: readonly Pick<EventPayload<'message.created'>, 'messageId' | 'conversationId'>[],
): Promise<(Heard | undefined)[]> {
  const ids = payloads.map(({ messageId }) => messageId)
  const about = payloads.map(({ conversationId }) => conversationId)
  const [messages, listed] = await Promise.all([listMessagesById(tx, ids), listListed(tx, about)])
  return payloads.map(({ messageId, conversationId }) => {
    const message = messages.get(messageId)
    const row = listed.get(conversationId)
    if (!message || !row) return undefined
    const heard = shown({ type: 'message', message: messageView(message) }, row)
    return message.internal ? { change: heard.change, contact: false } : heard
  })
}

async function loadCaptures(
  tx: TxCtx,
  payloads: readonly EventPayload<'capture.analysed'>[],
): Promise<(Heard | undefined)[]> {
  const ids = payloads.map(({ captureId }) => captureId)
  const about = payloads.map(({ conversationId }) => conversationId)
  const [captures, listed] = await Promise.all([listCapturesById(tx, ids), listListed(tx, about)])
  return payloads.map(({ captureId, conversationId }) => {
    const capture = captures.get(captureId)
    const row = listed.get(conversationId)
    return capture && row && shown({ type: 'capture', capture: captureView(capture) }, row)
  })
}

type Without<C> = C extends { conversation: unknown } ? Omit<C, 'conversation'> : never

/** What both hear of a conversation. Where the team has put it off, whoever asked hears nothing of that. */
function shown(change: Without<Heard['change']>, row: ListedConversation): Heard {
  const team = { ...change, conversation: teamConversationView(row) } as Heard['change']
  if (!row.snoozed) return { change: team, contact: true }
  return {
    change: team,
    contact: true,
    toContact: { ...change, conversation: conversationView(row) } as Heard['change'],
  }
}

/** Nothing is left to be read: what the event says is all there is. */
const erased = async (
  _tx: TxCtx,
  payloads: readonly EventPayload<'conversation.erased'>[],
): Promise<readonly Heard[]> =>
  payloads.map(({ conversationId }) => ({ change: { type: 'erased', conversationId }, contact: true }))

/** For whoever asked it the conversation is gone, as if it had been erased; the team sees no change at all. */
const left = async (_tx: TxCtx, payloads: readonly EventPayload<'conversation.left'>[]): Promise<readonly Heard[]> =>
  payloads.map(({ conversationId }) => ({ change: { type: 'erased', conversationId }, contact: true, team: false }))

export const conversationRealtime: readonly Push[] = [
  ...conversationChanges,
  push('conversation.erased', erased),
  push('conversation.left', left),
  push('conversation.tagged', loadTags),
  push('conversation.snoozed', loadSnoozes),
  push('conversation.woken', loadSnoozes),
  push('message.created', loadMessages),
  push('message.file_checked', loadMessages),
  push('capture.attached', loadCaptures),
  push('capture.received', loadCaptures),
  push('capture.progressed', loadCaptures),
  push('capture.analysed', loadCaptures),
  push('capture.expired', loadCaptures),
]
