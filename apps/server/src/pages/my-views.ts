import type { Conversation, ConversationSnapshot, Message } from '@clew/contract/conversations'
import type { MyCapture, MyCaseLine, MyCaseView, MyEvent, MyMessage, SitePaths } from '@clew/site'
import type { OwnCase } from './my-desk.ts'

export const lineOf = ({ conversation, unread }: OwnCase, hours: string | undefined): MyCaseLine => ({
  number: conversation.number,
  title: conversation.subject,
  status: conversation.status,
  handling: conversation.handling,
  ...(conversation.assignee ? { ownerName: conversation.assignee.name } : {}),
  lastActivityAt: new Date(conversation.lastMessageAt),
  unread,
  ...nextIn(conversation, hours),
})

/** The assistant answers at once, and nobody has to wait for that. */
function nextIn({ status, handling, waitingSince }: Conversation, hours: string | undefined): Pick<MyCaseLine, 'next'> {
  if (status !== 'open' || handling === 'assistant') return {}
  if (handling === 'agent' && waitingSince === undefined) return { next: { turn: 'contact' } }
  return { next: { turn: 'team', ...(hours === undefined ? {} : { hours }) } }
}

type Told = Pick<MyCaseView, 'line' | 'given' | 'wanted' | 'messages' | 'captures'>

export function caseTold(
  { conversation, messages, captures }: ConversationSnapshot,
  { paths, hours }: { paths: SitePaths; hours: string | undefined },
): Told {
  return {
    // Whoever has it open sees all of it.
    line: lineOf({ conversation, unread: 0 }, hours),
    given: conversation.caseGiven,
    wanted: conversation.caseWanted,
    messages: messages.flatMap((message) => messageOf(message, { paths, conversation })),
    captures: captures.map((capture) => captureOf(capture, conversation.locale)),
  }
}

type Place = { paths: SitePaths; conversation: Conversation }

function messageOf(message: Message, { paths, conversation }: Place): MyMessage[] {
  const event = eventOf(message)
  if (message.kind !== 'message' && !event) return []
  const files = message.attachments.map(({ fileId, name, sizeBytes, check }) => ({
    name,
    sizeBytes,
    ...(check ? { check } : {}),
    href: paths.myFile(conversation.locale, conversation.number, fileId),
  }))
  return [
    {
      id: message.id,
      at: new Date(message.createdAt),
      by: message.author.type,
      ...(message.author.name === undefined ? {} : { name: message.author.name }),
      body: message.body,
      ...(message.steps ? { steps: message.steps } : {}),
      files: message.kind === 'message' ? files : [],
      ...(event ? { event } : {}),
      isMasked: (message.masked ?? []).length > 0,
    },
  ]
}

/** Of what goes on inside the team a contact sees who took over, and nothing of who gave it to whom. */
function eventOf({ activity }: Message): { type: MyEvent; name: string } | undefined {
  switch (activity?.type) {
    case 'handed_over':
    case 'resolved':
    case 'reopened':
      return { type: activity.type, name: '' }
    case 'took_over':
      return { type: 'took_over', name: activity.agentName }
    case 'capture_attached':
      return { type: 'capture_attached', name: activity.name }
    case 'shared_file':
      return { type: 'shared_file', name: activity.host }
    default:
      return undefined
  }
}

function captureOf(
  { id, name, state, expiredAt, findings }: ConversationSnapshot['captures'][number],
  locale: Conversation['locale'],
): MyCapture {
  const done = state === 'analysed' || state === 'refused'
  return {
    id,
    name,
    state: expiredAt === undefined ? (done ? state : 'coming') : 'expired',
    findings: findings.map(({ message }) => message.customer[locale]),
  }
}
