/** The part of a conversation that "my cases" shows; the API's `OwnConversations` holds more. */
export interface OwnConversation {
  readonly id: string
  readonly number: number
  readonly subject: string
  readonly status: 'open' | 'resolved'
  readonly handling: 'assistant' | 'waiting' | 'agent'
  readonly lastMessagePreview: string
  readonly lastMessageAt: string
  readonly unread: number
}

/** Reads the answer without a schema library: what is not as promised is left out. */
export function readOwnConversations(answer: unknown): OwnConversation[] {
  const list = isRecord(answer) ? answer['conversations'] : undefined
  const unread = isRecord(answer) && isRecord(answer['unread']) ? answer['unread'] : {}
  return Array.isArray(list) ? list.flatMap((item) => readConversation(item, unread) ?? []) : []
}

function readConversation(item: unknown, unread: Readonly<Record<string, unknown>>): OwnConversation | undefined {
  if (!isRecord(item)) return undefined
  const { id, number, subject, status, handling, lastMessagePreview, lastMessageAt } = item
  if (typeof id !== 'string' || typeof number !== 'number' || typeof lastMessageAt !== 'string') return undefined
  if (Number.isNaN(Date.parse(lastMessageAt))) return undefined
  return {
    id,
    number,
    subject: textOf(subject) || textOf(lastMessagePreview),
    status: status === 'resolved' ? 'resolved' : 'open',
    handling: handling === 'agent' || handling === 'waiting' ? handling : 'assistant',
    lastMessagePreview: textOf(lastMessagePreview),
    lastMessageAt,
    unread: countOf(unread[id]),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const countOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
