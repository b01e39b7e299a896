import type { InboxView } from '@clew/contract/conversations'
import type { AgentId, ConversationId, OrganisationId } from '@clew/contract/primitives'
import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import { isOfBound } from '../../platform/bound.repository.ts'
import { compiled } from '../../platform/compiled.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import { contactShown } from '../contacts/index.ts'
import type { ConversationRow } from './model.ts'
import { hasTag, tagsOf } from './repository.tags.ts'
import { conversationColumns, conversationOf } from './repository.ts'

/** A conversation with the names a list shows. */
export type ListedConversation = ConversationRow & {
  contactName: string | undefined
  contactEmail: string | undefined
  caseGiven: number
  caseWanted: number
  createdAt: Date
}

/** The names of the people are the contacts room's to know. */
const listed = (tx: TxCtx) => listedIn(sqlOf(tx))

const listedIn = (db: Kysely<DB>) =>
  db
    .selectFrom('conversations')
    .select([...conversationColumns, 'case_given', 'case_wanted', 'created_at'])
    .select((eb) => contactShown(eb.ref('conversations.contact_id')).as('contact'))

type ListedRow = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number]

const listedOf = (row: ListedRow): ListedConversation => ({
  ...conversationOf(row),
  contactName: row.contact?.[0] ?? undefined,
  contactEmail: row.contact?.[1] ?? undefined,
  caseGiven: row.case_given,
  caseWanted: row.case_wanted,
  createdAt: row.created_at,
})

const is = sql.lit

/** The conditions of each view are those of its index: written out, since no plan for any value can use a partial one. */
const conditions = {
  mine: (eb: Eb, me: AgentId) => eb.and([eb('status', '=', is('open')), eb('assignee_id', '=', me), isAwake(eb)]),
  unassigned: (eb: Eb) =>
    eb.and([
      eb('status', '=', is('open')),
      eb('handling', '<>', is('assistant')),
      eb('assignee_id', 'is', null),
      isAwake(eb),
    ]),
  open: (eb: Eb) => eb.and([eb('status', '=', is('open')), eb('handling', '<>', is('assistant')), isAwake(eb)]),
  with_assistant: (eb: Eb) => eb.and([eb('status', '=', is('open')), eb('handling', '=', is('assistant'))]),
  snoozed: (eb: Eb) => eb.and([eb('status', '=', is('open')), eb('snoozed_until', 'is not', null)]),
  resolved: (eb: Eb) => eb('status', '=', is('resolved')),
} satisfies Record<InboxView, (eb: Eb, me: AgentId) => Expression<SqlBool>>

type Eb = ExpressionBuilder<DB, 'conversations'>

const isAwake = (eb: Eb) => eb('snoozed_until', 'is', null)

export type InboxPage = {
  view: InboxView
  me: AgentId
  tag?: string | undefined
  after: { at: Date; id: ConversationId } | undefined
  limit: number
}

/** One page of the inbox, latest first; of what sleeps, the first to wake first. */
export async function listInbox(tx: TxCtx, page: InboxPage): Promise<(ListedConversation & { tags: string[] })[]> {
  const { view, me, after, tag, limit } = page
  const name = [view, limit, after && 'after', tag && 'tag'].join(' ')
  const query = pages.get(name) ?? pageOf(page)
  pages.set(name, query)
  const rows = await query(tx, { me, tag, ...after })
  return rows.map((row) => ({ ...listedOf(row), tags: row.tags }))
}

/** By the view, how many, of a tag or not, and whether from the start: a page is as long as the contract lets it be. */
const pages = new Map<string, ReturnType<typeof pageOf>>()

type From = { me: AgentId; at?: Date; id?: ConversationId; tag?: string | undefined }

const pageOf = ({ view, after, tag, limit }: InboxPage) =>
  compiled((db, from: From) => {
    const all = listedIn(db)
      .select((eb) => tagsOf(eb.ref('conversations.id')).as('tags'))
      .where((eb) => conditions[view](eb, from.me))
    const tagged = tag === undefined ? all : all.where((eb) => hasTag(eb.ref('conversations.id'), from.tag))
    const { column, direction } = orders[view === 'snoozed' ? 'wake' : 'latest']
    const isFurther = sql.raw(direction === 'desc' ? '<' : '>')
    const rest =
      after && tagged.where(sql<SqlBool>`(${sql.ref(column)}, id) ${isFurther} (${from.at}, ${from.id}::uuid)`)
    return (rest ?? tagged).orderBy(column, direction).orderBy('id', direction).limit(is(limit)).compile()
  })

const orders = {
  latest: { column: 'last_message_at', direction: 'desc' },
  wake: { column: 'snoozed_until', direction: 'asc' },
} as const

/** People want "12" or "many": counting stops here, so a large archive costs nothing. */
export const countCap = 1000

export async function countInbox(tx: TxCtx, me: AgentId): Promise<Record<InboxView, number>> {
  const [row] = await inboxCounts(tx, { me })
  const counts = (row ?? {}) as Record<string, number | null>
  return Object.fromEntries(views.map((view) => [view, Number(counts[view] ?? 0)])) as Record<InboxView, number>
}

const views = Object.keys(conditions) as InboxView[]

const inboxCounts = compiled((db, { me }: { me: AgentId }) =>
  db
    .selectNoFrom((eb) =>
      views.map((view) =>
        eb
          .selectFrom(
            eb
              .selectFrom('conversations')
              .select(sql<number>`1`.as('one'))
              .where((inner) => conditions[view](inner, me))
              .limit(is(countCap))
              .as('capped'),
          )
          .select((count) => count.fn.countAll<number>().as('count'))
          .as(view),
      ),
    )
    .compile(),
)

export async function getListed(tx: TxCtx, id: ConversationId): Promise<ListedConversation | undefined> {
  const [row] =
    tx.boundTo === undefined
      ? await listedById(tx, { id })
      : await listed(tx).where('id', '=', id).where(isOfBound(tx, 'organisation_id')).execute()
  return row && listedOf(row)
}

const listedById = compiled((db, { id }: { id: ConversationId }) => listedIn(db).where('id', '=', id).compile())

export async function listListed(
  tx: TxCtx,
  ids: readonly ConversationId[],
): Promise<Map<ConversationId, ListedConversation>> {
  if (ids.length === 0) return new Map()
  const rows = await listed(tx)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id as ConversationId, listedOf(row)]))
}

export type OrganisationPage = {
  state: 'open' | 'resolved' | 'all'
  after: { at: Date; id: ConversationId } | undefined
  limit: number
}

/** What the people of this scope's organisation have asked, latest first. */
export async function listOfOrganisation(
  tx: TxCtx,
  organisationId: OrganisationId,
  { state, after, limit }: OrganisationPage,
): Promise<ListedConversation[]> {
  let query = listed(tx).where('organisation_id', '=', organisationId)
  if (state !== 'all') query = query.where('status', '=', state)
  if (after) query = query.where(sql<SqlBool>`(last_message_at, id) < (${after.at}, ${after.id}::uuid)`)
  const rows = await query.orderBy('last_message_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map(listedOf)
}

export async function countOfOrganisation(
  tx: TxCtx,
  organisationId: OrganisationId,
): Promise<{ open: number; resolved: number }> {
  const rows = await sqlOf(tx)
    .selectFrom('conversations')
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .where('organisation_id', '=', organisationId)
    .groupBy('status')
    .execute()
  const of = (status: string): number => Number(rows.find((row) => row.status === status)?.count ?? 0)
  return { open: of('open'), resolved: of('resolved') }
}

/** What the contact of this scope has, latest first. */
export async function listOwn(tx: TxCtx, limit: number): Promise<ListedConversation[]> {
  const rows = await listed(tx).orderBy('last_message_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map(listedOf)
}
