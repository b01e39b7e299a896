import type { ConversationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { countToldFacts, listToldCases } from '../../cases/index.ts'
import {
  countSelected,
  type MessagePlace,
  pageMessagesOf,
  pageSelected,
  type SelectedConversation,
  type SelectedMessage,
  type Selection,
  selectedConversations,
} from '../../conversations/index.ts'
import { instant, type RawRow, type Reading, rowsOf, type Section } from './section.ts'

/** So many conversations at a time; what was said in them is read page by page. */
const batchSize = 50
const pageSize = 500
const After = z.string().optional()

/** Conversations with what was said, what was gathered, and which files were sent. Notes are the team's own. */
export function casesSection(
  { ctx, owner }: Reading,
  of: Pick<Selection, 'from' | 'until' | 'contactIds'> & { withNotes: boolean },
): Section {
  const { withNotes, ...range } = of
  const selection: Selection = { owner, ...range }
  return {
    name: 'cases',
    count: () =>
      ctx.transaction(async (tx) => ({
        ...(await countSelected(tx, { ...selection, withNotes })),
        facts: await countToldFacts(tx, selectedConversations(selection)),
      })),
    batch: async (after) => {
      const page = await ctx.transaction((tx) =>
        pageSelected(tx, selection, { after: After.parse(after), limit: batchSize }),
      )
      const last = page.at(-1)
      return last && { files: await filesOf(ctx, page, withNotes), after: last.id }
    },
  }
}

async function filesOf(ctx: Reading['ctx'], page: readonly SelectedConversation[], withNotes: boolean) {
  const about = new Map(page.map((each) => [each.id, each]))
  const ids = [...about.keys()]
  const cases = await ctx.transaction((tx) => listToldCases(tx, ids))
  const kinds = new Map(cases.map(({ conversationId, kind }) => [conversationId, kind]))
  const facts = cases.flatMap(({ conversationId, facts: told }) =>
    told.map((fact) => factRow(fact, about.get(conversationId))),
  )
  return [
    { file: 'conversations' as const, rows: rowsOf(page.map((each) => conversationRow(each, kinds.get(each.id)))) },
    { file: 'messages' as const, rows: messageRows(ctx, about, { withNotes }) },
    { file: 'facts' as const, rows: rowsOf(facts) },
    { file: 'attachments' as const, rows: attachmentRows(ctx, about, { withNotes }) },
  ]
}

type About = ReadonlyMap<ConversationId, SelectedConversation>
type Notes = { withNotes: boolean; onlyWithFiles?: boolean }

async function* messagesOf(ctx: Reading['ctx'], about: About, notes: Notes): AsyncGenerator<SelectedMessage> {
  for (let after: MessagePlace | undefined; ; ) {
    const from = after
    const page = await ctx.transaction((tx) =>
      pageMessagesOf(tx, [...about.keys()], { after: from, limit: pageSize, ...notes }),
    )
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = { conversationId: last.conversationId, seq: last.seq }
  }
}

async function* messageRows(ctx: Reading['ctx'], about: About, notes: Notes): AsyncGenerator<RawRow> {
  for await (const message of messagesOf(ctx, about, notes)) yield messageRow(message, about)
}

async function* attachmentRows(ctx: Reading['ctx'], about: About, notes: Notes): AsyncGenerator<RawRow> {
  for await (const message of messagesOf(ctx, about, { ...notes, onlyWithFiles: true })) {
    const conversation = about.get(message.conversationId)
    for (const { fileId, name, mediaType, sizeBytes } of message.attachments)
      yield {
        people: peopleOf(conversation, message.authorName),
        values: {
          conversation_id: message.conversationId,
          number: conversation?.number,
          message_id: message.id,
          file_id: fileId,
          name,
          media_type: mediaType,
          size_bytes: sizeBytes,
          at: instant(message.createdAt),
        },
      }
  }
}

const peopleOf = (conversation: SelectedConversation | undefined, author?: string): string[] =>
  [conversation?.contactName, conversation?.assigneeName, author].filter((name) => name !== undefined)

const conversationRow = (each: SelectedConversation, kind: string | undefined): RawRow => ({
  people: peopleOf(each),
  values: {
    id: each.id,
    number: each.number,
    subject: each.subject,
    status: each.status,
    handling: each.handling,
    kind,
    locale: each.locale,
    contact_id: each.contactId,
    contact_name: each.contactName,
    contact_email: each.contactEmail,
    assignee_name: each.assigneeName,
    page_url: each.pageUrl,
    created_at: instant(each.createdAt),
    last_message_at: instant(each.lastMessageAt),
  },
})

const messageRow = (message: SelectedMessage, about: About): RawRow => ({
  people: peopleOf(about.get(message.conversationId), message.authorName),
  values: {
    conversation_id: message.conversationId,
    number: about.get(message.conversationId)?.number,
    seq: message.seq,
    id: message.id,
    kind: message.kind,
    internal: message.internal,
    author_type: message.authorType,
    author_id: message.authorId,
    author_name: message.authorName,
    body: message.body,
    created_at: instant(message.createdAt),
  },
})

type Fact = Awaited<ReturnType<typeof listToldCases>>[number]['facts'][number]

const factRow = (fact: Fact, conversation: SelectedConversation | undefined): RawRow => ({
  people: peopleOf(conversation),
  values: {
    conversation_id: conversation?.id,
    number: conversation?.number,
    field: fact.field,
    value: fact.value,
    source: fact.source,
    quote: fact.quote,
    confidence: fact.confidence,
    at: fact.at,
  },
})
