import { z } from 'zod'
import { CaptureSummary } from './captures.ts'
import { Case, CaseField, ProblemKind } from './cases.ts'
import {
  AgentId,
  ContactId,
  ConversationId,
  FileId,
  Instant,
  Locale,
  MessageId,
  Position,
  TimeZone,
  typedText,
} from './primitives.ts'
import { SsoRemedyName } from './single-sign-on.ts'

export const ConversationStatus = z.enum(['open', 'resolved'])
export type ConversationStatus = z.infer<typeof ConversationStatus>

/** Who answers now: the assistant, nobody yet (handed over, waiting), or an agent. */
export const Handling = z.enum(['assistant', 'waiting', 'agent'])
export type Handling = z.infer<typeof Handling>

export const Author = z
  .object({
    type: z.enum(['contact', 'agent', 'assistant', 'system']),
    id: z.uuid().optional(),
    name: z.string().optional(),
  })
  .meta({ id: 'Author' })
export type Author = z.infer<typeof Author>

export const Attachment = z
  .object({
    fileId: FileId,
    name: z.string(),
    mediaType: z.string(),
    sizeBytes: z.int(),
    check: z.enum(['waiting', 'refused']).optional().meta({
      description: 'Nobody can open it: the virus scanner has not looked at it yet, or has refused it.',
    }),
  })
  .meta({ id: 'Attachment' })
export type Attachment = z.infer<typeof Attachment>

/** Why the assistant called a person. */
export const HandOverReason = z.enum([
  'asked',
  'danger',
  'legal',
  'recovery',
  'dispute',
  'appeal',
  'anger',
  'low_confidence',
  'no_article',
  'flow_exhausted',
])
export type HandOverReason = z.infer<typeof HandOverReason>

const TriedStep = z.object({
  id: z.string(),
  title: z.string(),
  outcome: z.enum(['fixed', 'not_fixed', 'skipped', 'not_possible']),
})

/**
 * What the person who takes over knows at once, besides the facts of the case. The contact sees it as well: nobody is
 * asked again for what stands in it.
 */
export const HandOverBrief = z
  .object({
    problem: z.string().optional().meta({ description: 'In one sentence, in the words of the contact.' }),
    kind: ProblemKind,
    language: Locale,
    given: z.array(CaseField),
    missing: z.array(CaseField),
    tried: z.array(TriedStep),
    articles: z.array(z.object({ slug: z.string(), title: z.string() })),
    findings: z.array(z.string()).meta({ description: 'What the recordings show, worst first.' }),
    incident: z.object({ id: z.string(), title: z.string() }).optional(),
  })
  .meta({ id: 'HandOverBrief' })
export type HandOverBrief = z.infer<typeof HandOverBrief>

const SnoozedBy = z.object({ id: AgentId, name: z.string() })

/** Something that happened in the conversation besides words. Clients put it in the reader's language. */
export const Activity = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('handed_over'),
      reason: HandOverReason,
      brief: HandOverBrief.optional(),
    }),
    z.object({ type: z.literal('assigned'), agentName: z.string().optional(), byName: z.string().optional() }),
    z.object({ type: z.literal('took_over'), agentName: z.string() }),
    z.object({ type: z.literal('called_back'), byName: z.string() }),
    z
      .object({
        type: z.literal('sign_in_remedy'),
        remedy: SsoRemedyName,
        state: z.enum(['proposed', 'done', 'declined', 'overtaken']),
        byName: z.string(),
        byTeam: z.boolean(),
      })
      .meta({ description: 'What mends a sign-in, proposed or done. For the team alone.' }),
    z.object({ type: z.literal('resolved'), byName: z.string().optional() }),
    z.object({ type: z.literal('reopened'), byName: z.string().optional() }),
    z
      .object({ type: z.literal('snoozed'), until: Instant, byName: z.string() })
      .meta({ description: 'An agent put it off. For the team alone.' }),
    z
      .object({
        type: z.literal('woken'),
        byName: z.string().optional(),
        snoozed: z.object({ until: Instant, by: SnoozedBy }),
      })
      .meta({ description: 'Its time came, or an agent woke it by hand: then `byName`. For the team alone.' }),
    z.object({
      type: z.literal('capture_attached'),
      captureId: z.uuid(),
      name: z.string(),
      sizeBytes: z.int(),
      removedTotal: z.int(),
    }),
    z
      .object({
        type: z.literal('shared_file'),
        provider: z.enum(['google_drive', 'dropbox', 'onedrive']),
        host: z.string(),
        url: z.string(),
        isFolder: z.boolean(),
        access: z.enum(['view', 'edit', 'unknown']),
      })
      .meta({ description: 'A capture that lies with somebody else. The server never fetches it.' }),
    z.object({
      type: z.literal('flow_ended'),
      flowId: z.string(),
      outcome: z.enum(['fixed', 'exhausted', 'left']),
      steps: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          outcome: z.enum(['fixed', 'not_fixed', 'skipped', 'not_possible']),
        }),
      ),
    }),
  ])
  .meta({ id: 'Activity' })
export type Activity = z.infer<typeof Activity>

/** What the assistant used; shown under its answer. */
export const Source = z
  .object({
    slug: z.string(),
    title: z.string(),
    locale: Locale,
    section: z.string().optional().meta({ description: 'Heading of the quoted part, if it is not the whole article.' }),
    anchor: z.string().optional(),
    updatedOn: z.string(),
  })
  .meta({ id: 'Source' })
export type Source = z.infer<typeof Source>

export const QuickReply = z.object({ id: z.string().max(80), label: z.string().max(200) }).meta({ id: 'QuickReply' })
export type QuickReply = z.infer<typeof QuickReply>

export const Message = z
  .object({
    id: MessageId,
    conversationId: ConversationId,
    seq: z.int().meta({ description: 'Place in the conversation: 1, 2, 3 … without a gap.' }),
    kind: z.enum(['message', 'note', 'activity']),
    author: Author,
    body: z.string(),
    clientMessageId: z.uuid().optional(),
    attachments: z.array(Attachment),
    sources: z.array(Source).optional(),
    quickReplies: z.array(QuickReply).optional(),
    steps: z.array(z.string()).optional().meta({ description: 'Instructions quoted from an article, in order.' }),
    flow: z.object({ flowId: z.string(), stepId: z.string() }).optional(),
    composed: z.literal(true).optional().meta({
      description: 'A model wrote the words, from the passages in `sources`, and they were checked against them.',
    }),
    masked: z.array(z.string()).optional().meta({ description: 'Kinds of secret taken out before storing.' }),
    activity: Activity.optional(),
    createdAt: Instant,
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>

export const Conversation = z
  .object({
    id: ConversationId,
    number: z.int().meta({ description: 'Short number people say aloud: C-1042.' }),
    subject: z.string(),
    status: ConversationStatus,
    handling: Handling,
    locale: Locale,
    contact: z.object({ id: ContactId, name: z.string().optional(), email: z.string().optional() }),
    assignee: z.object({ id: AgentId, name: z.string() }).optional(),
    snoozed: z
      .object({ until: Instant, by: SnoozedBy })
      .optional()
      .meta({ description: 'An agent has put it off until then. For the team only.' }),
    lastSeq: z.int(),
    lastMessageAt: Instant,
    lastMessagePreview: z.string(),
    waitingSince: Instant.optional().meta({ description: 'Since when the contact waits for an agent.' }),
    contactReadSeq: z.int(),
    caseGiven: z.int(),
    caseWanted: z.int(),
    createdAt: Instant,
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof Conversation>

/** What the team sorts conversations by. Letters of any language, digits and hyphens; capitals make no difference. */
export const Tag = typedText(40)
  .transform((text) => text.normalize('NFC').toLowerCase())
  .refine(
    (text) => /^[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*$/u.test(text),
    'must be one word of letters, digits and hyphens',
  )
export const maxTags = 20

export const ConversationTags = z.object({ tags: z.array(z.string()) }).meta({ id: 'ConversationTags' })
export type ConversationTags = z.infer<typeof ConversationTags>

/** Every tag in use and how many open conversations have it, the most used first. */
export const TagList = z.object({ tags: z.array(z.object({ tag: z.string(), open: z.int() })) }).meta({ id: 'TagList' })
export type TagList = z.infer<typeof TagList>

/** A conversation with all that belongs to it, and the place in the event log from which changes follow. */
export const ConversationSnapshot = z
  .object({
    conversation: Conversation,
    messages: z.array(Message),
    case: Case,
    captures: z.array(CaptureSummary),
    tags: z.array(z.string()).optional().meta({ description: 'For the team only.' }),
    position: Position,
  })
  .meta({ id: 'ConversationSnapshot' })
export type ConversationSnapshot = z.infer<typeof ConversationSnapshot>

const sending = {
  clientMessageId: z.uuid(),
  body: typedText(20_000),
  fileIds: z.array(FileId).max(10).default([]),
}

/** Starts a conversation with its first message. Sending it again (same `clientConversationId`) answers 200 with the first result. */
export const StartConversation = z.strictObject({
  clientConversationId: z.uuid(),
  ...sending,
  locale: Locale,
  quickReplyId: z.string().max(80).optional(),
  timeZone: TimeZone.optional().meta({ description: 'IANA name; tells which moment "today at ten" is.' }),
  pageUrl: z.url().max(2000).optional(),
  articleSlug: z.string().max(120).optional(),
  tried: z.array(z.string().max(120)).max(20).optional(),
})
export type StartConversation = z.infer<typeof StartConversation>

export const StartedConversation = z
  .object({ conversation: Conversation, message: Message })
  .meta({ id: 'StartedConversation' })
export type StartedConversation = z.infer<typeof StartedConversation>

/** A message from the contact. `quickReplyId` names the button that was pressed. */
export const SendContactMessage = z.strictObject({ ...sending, quickReplyId: z.string().max(80).optional() })
export type SendContactMessage = z.infer<typeof SendContactMessage>

export const SendAgentMessage = z.strictObject({ ...sending, kind: z.enum(['message', 'note']) })
export type SendAgentMessage = z.infer<typeof SendAgentMessage>

export const MessagesAfter = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export const MessageList = z.object({ messages: z.array(Message), hasMore: z.boolean() }).meta({ id: 'MessageList' })
export type MessageList = z.infer<typeof MessageList>

export const InboxView = z.enum(['mine', 'unassigned', 'open', 'with_assistant', 'snoozed', 'resolved'])
export type InboxView = z.infer<typeof InboxView>
export const ListConversations = z.object({
  view: InboxView.default('open'),
  tag: Tag.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const ConversationList = z
  .object({
    conversations: z.array(Conversation),
    nextCursor: z.string().optional(),
    tags: z.record(z.string(), z.array(z.string())).meta({ description: 'By conversation, where it has some.' }),
    counts: z.record(InboxView, z.int()),
    position: Position,
  })
  .meta({ id: 'ConversationList' })
export type ConversationList = z.infer<typeof ConversationList>

export const FindConversations = z.object({
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ description: 'A number, an email address, or words of a subject or a name.' }),
})
export const FoundConversations = z.object({ conversations: z.array(Conversation) }).meta({ id: 'FoundConversations' })
export type FoundConversations = z.infer<typeof FoundConversations>

export const OwnConversations = z
  .object({
    conversations: z.array(Conversation),
    /** Messages that others wrote and the contact has not seen, by conversation; those without any are left out. */
    unread: z.record(z.string(), z.int().min(1)),
    position: Position,
  })
  .meta({ id: 'OwnConversations' })
export type OwnConversations = z.infer<typeof OwnConversations>

export const AssignConversation = z.strictObject({ agentId: AgentId.nullable() })
export type AssignConversation = z.infer<typeof AssignConversation>
export const SnoozeConversation = z.strictObject({
  until: Instant.meta({ description: 'When it comes back: between one minute and a year from now.' }),
})
export type SnoozeConversation = z.infer<typeof SnoozeConversation>
export const MarkRead = z.strictObject({ seq: z.int().min(0) })
export const Presence = z.strictObject({ state: z.enum(['viewing', 'typing', 'idle', 'left']) })
export type Presence = z.infer<typeof Presence>
