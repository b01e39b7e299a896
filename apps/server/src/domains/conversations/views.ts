import type { Conversation, Message } from '@clew/contract/conversations'
import type { Actor } from '../../platform/actor.ts'
import type { MessageRow } from './model.ts'
import type { ListedConversation } from './repository.inbox.ts'

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }

export function conversationView(row: ListedConversation): Conversation {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    status: row.status,
    handling: row.handling,
    locale: row.locale,
    contact: { id: row.contactId, ...optional('name', row.contactName), ...optional('email', row.contactEmail) },
    ...(row.assigneeId ? { assignee: { id: row.assigneeId, name: row.assigneeName ?? '' } } : {}),
    lastSeq: row.lastSeq,
    lastMessageAt: row.lastMessageAt.toISOString(),
    lastMessagePreview: row.lastMessagePreview,
    ...optional('waitingSince', row.waitingSince?.toISOString()),
    contactReadSeq: row.contactReadSeq,
    caseGiven: row.caseGiven,
    caseWanted: row.caseWanted,
    createdAt: row.createdAt.toISOString(),
  }
}

/** The same as the team sees it; whoever asked sees nothing of when the team looks at it again. */
export function teamConversationView(row: ListedConversation): Conversation {
  const { snoozed } = row
  if (!snoozed) return conversationView(row)
  const { until, by, byName } = snoozed
  return { ...conversationView(row), snoozed: { until: until.toISOString(), by: { id: by, name: byName } } }
}

/** As whoever asks may see it. */
export const conversationViewFor = ({ type }: Actor, row: ListedConversation): Conversation =>
  type === 'agent' ? teamConversationView(row) : conversationView(row)

export function messageView(row: MessageRow): Message {
  const { content } = row
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    kind: row.kind,
    author: { type: row.authorType, ...optional('id', row.authorId), ...optional('name', row.authorName) },
    body: row.body,
    ...optional('clientMessageId', row.clientMessageId),
    attachments: content.attachments ?? [],
    ...optional('sources', content.sources),
    ...optional('quickReplies', content.quickReplies),
    ...optional('steps', content.steps),
    ...optional('flow', content.flow),
    ...optional('composed', content.composed),
    ...optional('masked', content.masked),
    ...optional('activity', content.activity),
    createdAt: row.createdAt.toISOString(),
  }
}
