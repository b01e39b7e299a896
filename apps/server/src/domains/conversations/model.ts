import type {
  Activity,
  Attachment,
  ConversationStatus,
  Handling,
  QuickReply,
  Source,
} from '@clew/contract/conversations'
import type { AgentId, ContactId, ConversationId, FileId, Locale, MessageId } from '@clew/contract/primitives'
import { snoozeLimitsMs } from '@clew/contract/snooze-limits'
import { shorten } from '@clew/text'

export type AuthorType = 'contact' | 'agent' | 'assistant' | 'system'
export type MessageKind = 'message' | 'note' | 'activity'

/** The conversation's own row, as it is locked and changed. */
export type ConversationRow = {
  id: ConversationId
  number: number
  contactId: ContactId
  locale: Locale
  /** Where the contact's clock runs, if their browser said. */
  timeZone: string | undefined
  subject: string
  status: ConversationStatus
  handling: Handling
  assigneeId: AgentId | undefined
  assigneeName: string | undefined
  lastSeq: number
  lastMessageAt: Date
  lastMessagePreview: string
  waitingSince: Date | undefined
  contactReadSeq: number
  /** Until when an agent has put it off. */
  snoozed: Snooze | undefined
}

export type Snooze = { until: Date; by: AgentId; byName: string }

/** A conversation before its first message. The database gives it its number. */
export const emptyConversation = (
  started: Pick<ConversationRow, 'id' | 'contactId' | 'locale' | 'timeZone' | 'subject'> & { at: Date },
): ConversationRow => {
  const { at, ...named } = started
  return {
    ...named,
    number: 0,
    status: 'open',
    handling: 'assistant',
    assigneeId: undefined,
    assigneeName: undefined,
    lastSeq: 0,
    lastMessageAt: at,
    lastMessagePreview: '',
    waitingSince: undefined,
    contactReadSeq: 0,
    snoozed: undefined,
  }
}

/** What a message holds besides its words. */
export type MessageContent = {
  attachments?: Attachment[]
  sources?: Source[]
  quickReplies?: QuickReply[]
  steps?: string[]
  flow?: { flowId: string; stepId: string }
  /** A model put it into words. */
  composed?: true
  masked?: string[]
  activity?: Activity
  quickReplyId?: string
}

/** What the scanner has looked at is there now, or never will be. The same content where nothing changes. */
export function withChecked(
  content: MessageContent,
  { fileId, isClean }: { fileId: FileId; isClean: boolean },
): MessageContent {
  const check = isClean ? undefined : ('refused' as const)
  const { attachments = [] } = content
  if (!attachments.some((each) => each.fileId === fileId && each.check !== check)) return content
  return {
    ...content,
    attachments: attachments.map((each) => {
      const { check: _before, ...rest } = each
      return each.fileId === fileId ? { ...rest, ...(check ? { check } : {}) } : each
    }),
  }
}

export type MessageRow = {
  id: MessageId
  conversationId: ConversationId
  contactId: ContactId
  seq: number
  kind: MessageKind
  /** Only the team sees it. */
  internal: boolean
  authorType: AuthorType
  authorId: string | undefined
  authorName: string | undefined
  clientMessageId: string | undefined
  requestHash: Buffer | undefined
  body: string
  content: MessageContent
  createdAt: Date
}

export type ConversationChange = Partial<
  Pick<
    ConversationRow,
    | 'status'
    | 'handling'
    | 'assigneeId'
    | 'assigneeName'
    | 'lastSeq'
    | 'lastMessageAt'
    | 'lastMessagePreview'
    | 'waitingSince'
    | 'snoozed'
  >
>

const previewLength = 140

/** What a new message changes in its conversation, apart from the sequence. */
export function afterMessage(
  conversation: ConversationRow,
  message: Pick<MessageRow, 'kind' | 'authorType' | 'body' | 'content' | 'createdAt'>,
): ConversationChange {
  if (message.kind !== 'message') return {}
  const seen = { lastMessageAt: message.createdAt, lastMessagePreview: previewOf(message) }
  if (message.authorType === 'agent')
    return { ...seen, handling: 'agent', waitingSince: undefined, ...awake(conversation) }
  if (message.authorType === 'contact') return { ...seen, ...afterContactMessage(conversation, message.createdAt) }
  return seen
}

/** A contact who writes reopens what was resolved, and waits from now unless the assistant is there to answer. */
function afterContactMessage(conversation: ConversationRow, at: Date): ConversationChange {
  const isWaiting = conversation.handling !== 'assistant'
  return {
    status: 'open',
    ...awake(conversation),
    ...(isWaiting ? { waitingSince: conversation.waitingSince ?? at } : {}),
  }
}

export function previewOf({ body, content }: Pick<MessageRow, 'body' | 'content'>): string {
  const text = body.replaceAll(/\s+/g, ' ').trim() || (content.attachments?.map(({ name }) => name).join(', ') ?? '')
  return shorten(text, previewLength)
}

const subjectLength = 120

/** The first line of the first message names the conversation. */
export function subjectOf(body: string, attachments: readonly { name: string }[]): string {
  const firstLine = body.split('\n').find((line) => line.trim() !== '')
  return shorten(firstLine?.trim() ?? attachments[0]?.name ?? '…', subjectLength)
}

/** The conversation leaves the assistant and waits for a person; one that has left already stays as it is. */
export function handOver(conversation: ConversationRow, at: Date): ConversationChange | undefined {
  if (conversation.handling !== 'assistant') return undefined
  return { handling: 'waiting', waitingSince: at }
}

export function assignTo(
  conversation: ConversationRow,
  agent: { id: AgentId; name: string } | undefined,
  at: Date,
): ConversationChange {
  const nobody = { assigneeId: undefined, assigneeName: undefined }
  if (!agent) return conversation.handling === 'agent' ? { ...nobody, handling: 'waiting' } : nobody
  const taken = conversation.handling === 'assistant' ? { waitingSince: at } : {}
  return { assigneeId: agent.id, assigneeName: agent.name, handling: 'agent', ...taken }
}

/** Back to the assistant; undefined if it has the conversation already. */
export function callBack(conversation: ConversationRow): ConversationChange | undefined {
  if (conversation.handling === 'assistant' || conversation.status !== 'open') return undefined
  return {
    handling: 'assistant',
    assigneeId: undefined,
    assigneeName: undefined,
    waitingSince: undefined,
    ...awake(conversation),
  }
}

export function resolve(conversation: ConversationRow): ConversationChange | undefined {
  return conversation.status === 'resolved'
    ? undefined
    : { status: 'resolved', waitingSince: undefined, ...awake(conversation) }
}

export function reopen(conversation: ConversationRow): ConversationChange | undefined {
  return conversation.status === 'open' ? undefined : { status: 'open' }
}

/** Ends the putting off, where there is one. */
const awake = ({ snoozed }: ConversationRow): ConversationChange => (snoozed ? { snoozed: undefined } : {})

export type SnoozeRefusal = 'conversation.resolved' | 'conversation.with_assistant' | 'conversation.snooze_time'

/** What was a minute ahead where it was asked for is a little less when it comes here. */
export const underwayMs = 10_000

/** Puts it off; undefined where it is put off until then already, and the reason where it cannot be. */
export function snooze(
  conversation: ConversationRow,
  wanted: Snooze,
  now: Date,
): ConversationChange | SnoozeRefusal | undefined {
  if (conversation.status === 'resolved') return 'conversation.resolved'
  if (conversation.handling === 'assistant') return 'conversation.with_assistant'
  if (conversation.snoozed?.until.getTime() === wanted.until.getTime()) return undefined
  const ahead = wanted.until.getTime() - now.getTime()
  if (ahead < snoozeLimitsMs.least - underwayMs || ahead > snoozeLimitsMs.most) return 'conversation.snooze_time'
  return { snoozed: wanted }
}

/** Back among what is to be done; undefined where it is there already, or is not due yet. */
export function wake(conversation: ConversationRow, { at }: { at?: Date } = {}): ConversationChange | undefined {
  const { snoozed } = conversation
  if (!snoozed || (at && snoozed.until > at)) return undefined
  return awake(conversation)
}
