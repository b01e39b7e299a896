import type { CaptureSummary } from '@clew/contract/captures'
import type { Case } from '@clew/contract/cases'
import type { Conversation, ConversationSnapshot, Message } from '@clew/contract/conversations'

/** Complete values for tests, each with only what matters said. */
const instant = (second: number) => `2026-11-24T10:00:${String(second).padStart(2, '0')}.000Z`
const uuid = (kind: number, n: number) =>
  `${String(kind).padStart(8, '0')}-0000-7000-8000-${String(n).padStart(12, '0')}`

export const conversationId = uuid(1, 1) as Conversation['id']

export const conversation = (over: Partial<Conversation>): Conversation => ({
  id: conversationId,
  number: 1042,
  subject: 'Upload fails',
  status: 'open',
  handling: 'assistant',
  locale: 'en',
  contact: { id: uuid(2, 1) as Conversation['contact']['id'] },
  lastSeq: 1,
  lastMessageAt: instant(1),
  lastMessagePreview: 'it fails',
  contactReadSeq: 0,
  caseGiven: 0,
  caseWanted: 3,
  createdAt: instant(0),
  ...over,
})

export const otherConversationId = (n: number): Conversation['id'] => uuid(1, n) as Conversation['id']

export const message = (seq: number, over: Partial<Message> = {}): Message => ({
  id: uuid(3, seq) as Message['id'],
  conversationId,
  seq,
  kind: 'message',
  author: { type: 'contact' },
  body: `message ${seq}`,
  attachments: [],
  createdAt: instant(seq % 60),
  ...over,
})

export const caseOf = (given: number): Case => ({
  conversationId,
  kind: 'upload',
  facts: [],
  earlier: [],
  missing: [],
  notNeeded: [],
  given,
  wanted: 8,
  score: Math.round((100 * given) / 8),
})

export const capture = (n: number, over: Partial<CaptureSummary> = {}): CaptureSummary => ({
  id: uuid(4, n) as CaptureSummary['id'],
  conversationId,
  fileId: uuid(5, n) as CaptureSummary['fileId'],
  name: 'app.har',
  sizeBytes: 10,
  state: 'received',
  removedInBrowser: [],
  removedOnServer: [],
  entries: 0,
  spanMs: 0,
  failing: 0,
  findings: [],
  undecidable: [],
  createdAt: instant(n),
  ...over,
})

export const snapshot = (over: Partial<ConversationSnapshot> = {}): ConversationSnapshot => ({
  conversation: conversation({}),
  messages: [message(1)],
  case: caseOf(0),
  captures: [],
  position: '1-100-1',
  ...over,
})
