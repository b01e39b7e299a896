import type { OutcomeTier, ThumbReason } from '@clew/contract/assistant-learning'
import type { ContactId, ConversationId, Locale, MessageId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type Failure = 'said' | 'returned' | 'unanswered'

export type Asked = {
  messageId: MessageId
  conversationId: ConversationId
  contactId: ContactId
  askedAt: Date
  locale: Locale
  /** Without secrets. */
  body: string
  isQuestion: boolean
  action: string
  articleSlug: string | undefined
  flowId: string | undefined
  confidence: number
  nearest: { slug: string; coverage: number } | undefined
  handoverReason: string | undefined
}

export type QuestionRow = Asked & {
  tier: OutcomeTier
  failure: Failure | undefined
  thumb: 'up' | 'down' | undefined
  thumbReason: ThumbReason | undefined
}

/** The same message is noted once. */
export async function insertQuestion(tx: TxCtx, asked: Asked): Promise<void> {
  await sqlOf(tx)
    .insertInto('assistant_questions')
    .values({
      message_id: asked.messageId,
      conversation_id: asked.conversationId,
      contact_id: asked.contactId,
      asked_at: asked.askedAt,
      locale: asked.locale,
      body: asked.body,
      is_question: asked.isQuestion,
      action: asked.action,
      article_slug: asked.articleSlug ?? null,
      flow_id: asked.flowId ?? null,
      confidence: asked.confidence,
      nearest_slug: asked.nearest?.slug ?? null,
      nearest_coverage: asked.nearest?.coverage ?? 0,
      handover_reason: asked.handoverReason ?? null,
    })
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .execute()
}

/** The question that was asked last in a conversation; with a slug the last that this article answered. */
export async function findLastQuestion(
  tx: TxCtx,
  conversationId: ConversationId,
  slug?: string,
): Promise<QuestionRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('assistant_questions')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('is_question', '=', true)
    .$if(slug !== undefined, (query) => query.where('article_slug', '=', slug ?? ''))
    .orderBy('asked_at', 'desc')
    .orderBy('message_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toQuestion(row)
}

type Change = Partial<Pick<QuestionRow, 'tier' | 'thumb' | 'thumbReason' | 'action' | 'articleSlug' | 'flowId'>> & {
  failure?: Failure | null
}

export async function changeQuestion(tx: TxCtx, messageId: MessageId, change: Change): Promise<void> {
  const set = {
    ...(change.tier === undefined ? {} : { tier: change.tier, failure: change.failure ?? null }),
    ...(change.thumb === undefined ? {} : { thumb: change.thumb }),
    ...(change.thumbReason === undefined ? {} : { thumb_reason: change.thumbReason }),
    ...(change.action === undefined ? {} : { action: change.action }),
    ...(change.articleSlug === undefined ? {} : { article_slug: change.articleSlug }),
    ...(change.flowId === undefined ? {} : { flow_id: change.flowId }),
  }
  await sqlOf(tx).updateTable('assistant_questions').set(set).where('message_id', '=', messageId).execute()
}

/** Moves every question of a conversation that stands in one of these tiers. */
export async function moveQuestions(
  tx: TxCtx,
  conversationId: ConversationId,
  { from, tier, failure }: { from: readonly OutcomeTier[]; tier: OutcomeTier; failure?: Failure },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('assistant_questions')
    .set({ tier, failure: failure ?? null })
    .where('conversation_id', '=', conversationId)
    .where('is_question', '=', true)
    .where('tier', 'in', from)
    .execute()
}

/** Why a person has it is kept with what was asked last. */
export async function noteHandover(tx: TxCtx, messageId: MessageId, reason: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('assistant_questions')
    .set({ handover_reason: sql`coalesce(handover_reason, ${reason})` })
    .where('message_id', '=', messageId)
    .execute()
}

/**
 * What nobody came back about since then is taken for resolved where there was an answer, and for failed where there
 * was none. Any message or button in the conversation counts as coming back.
 */
export async function settleQuiet(tx: TxCtx, quietSince: Date): Promise<number> {
  const isAnswered = sql<boolean>`article_slug IS NOT NULL OR flow_id IS NOT NULL`
  const { numUpdatedRows } = await sqlOf(tx)
    .updateTable('assistant_questions')
    .set({
      tier: sql`CASE WHEN ${isAnswered} THEN 'assumed' ELSE 'failed' END`,
      failure: sql`CASE WHEN ${isAnswered} THEN NULL ELSE 'unanswered' END`,
    })
    .where('is_question', '=', true)
    .where('tier', '=', 'open')
    .where('asked_at', '<=', quietSince)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('dialogues')
            .select('dialogues.conversation_id')
            .whereRef('dialogues.conversation_id', '=', 'assistant_questions.conversation_id')
            .where('dialogues.changed_at', '>', quietSince),
        ),
      ),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Questions since then, the newest first. */
export async function listQuestions(
  tx: TxCtx,
  { since, locale, limit }: { since: Date; locale?: Locale | undefined; limit: number },
): Promise<QuestionRow[]> {
  const rows = await sqlOf(tx)
    .selectFrom('assistant_questions')
    .selectAll()
    .where('is_question', '=', true)
    .where('asked_at', '>=', since)
    .$if(locale !== undefined, (query) => query.where('locale', '=', locale ?? 'en'))
    .where((eb) =>
      eb.or([
        eb('thumb', '=', 'down'),
        eb('tier', 'in', ['assisted', 'failed']),
        eb.and([eb('article_slug', 'is', null), eb('flow_id', 'is', null)]),
      ]),
    )
    .orderBy('asked_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toQuestion)
}

export async function countQuestions(
  tx: TxCtx,
  { since, locale }: { since: Date; locale?: Locale | undefined },
): Promise<number> {
  const { count } = await sqlOf(tx)
    .selectFrom('assistant_questions')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('is_question', '=', true)
    .where('asked_at', '>=', since)
    .$if(locale !== undefined, (query) => query.where('locale', '=', locale ?? 'en'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export type TierCount = {
  /** The Monday (UTC) its week begins with. */
  week: string
  locale: Locale
  articleSlug: string | undefined
  flowId: string | undefined
  tier: OutcomeTier
  isReturned: boolean
  count: number
}

export async function countTiers(tx: TxCtx, since: Date): Promise<TierCount[]> {
  const rows = await sqlOf(tx)
    .selectFrom('assistant_questions')
    .select([
      sql<string>`to_char(date_trunc('week', asked_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD')`.as('week'),
      'locale',
      'article_slug',
      'flow_id',
      'tier',
      sql<boolean>`coalesce(failure = 'returned', false)`.as('is_returned'),
      sql<string>`count(*)`.as('count'),
    ])
    .where('is_question', '=', true)
    .where('asked_at', '>=', since)
    .groupBy(['week', 'locale', 'article_slug', 'flow_id', 'tier', 'is_returned'])
    .execute()
  return rows.map((row) => ({
    week: row.week,
    locale: row.locale as Locale,
    articleSlug: row.article_slug ?? undefined,
    flowId: row.flow_id ?? undefined,
    tier: row.tier as OutcomeTier,
    isReturned: row.is_returned,
    count: Number(row.count),
  }))
}

type Stored = {
  message_id: string
  conversation_id: string
  contact_id: string
  asked_at: Date
  locale: string
  body: string
  is_question: boolean
  action: string
  article_slug: string | null
  flow_id: string | null
  confidence: number
  nearest_slug: string | null
  nearest_coverage: number
  handover_reason: string | null
  tier: string
  failure: string | null
  thumb: string | null
  thumb_reason: string | null
}

const toQuestion = (row: Stored): QuestionRow => ({
  messageId: row.message_id as MessageId,
  conversationId: row.conversation_id as ConversationId,
  contactId: row.contact_id as ContactId,
  askedAt: row.asked_at,
  locale: row.locale as Locale,
  body: row.body,
  isQuestion: row.is_question,
  action: row.action,
  articleSlug: row.article_slug ?? undefined,
  flowId: row.flow_id ?? undefined,
  confidence: row.confidence,
  nearest: row.nearest_slug === null ? undefined : { slug: row.nearest_slug, coverage: row.nearest_coverage },
  handoverReason: row.handover_reason ?? undefined,
  tier: row.tier as OutcomeTier,
  failure: (row.failure ?? undefined) as Failure | undefined,
  thumb: (row.thumb ?? undefined) as 'up' | 'down' | undefined,
  thumbReason: (row.thumb_reason ?? undefined) as ThumbReason | undefined,
})
