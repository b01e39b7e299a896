import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { Fact, ProblemKind } from '@clew/intake'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import { type CaseRow, withoutLogs } from './model.ts'

/** The case as its contact knows it, without what the logs said; one that nobody has opened yet is empty. */
export async function readCase(tx: TxCtx, conversationId: ConversationId): Promise<CaseRow> {
  return withoutLogs(await readWholeCase(tx, conversationId))
}

/** The case with what the logs said, which is for the team alone. */
export async function readWholeCase(tx: TxCtx, conversationId: ConversationId): Promise<CaseRow> {
  return (
    (await listWholeCases(tx, [conversationId])).get(conversationId) ?? { conversationId, kind: 'other', facts: [] }
  )
}

export async function listWholeCases(tx: TxCtx, ids: readonly ConversationId[]): Promise<Map<ConversationId, CaseRow>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const [kinds, facts] = await Promise.all([
    sqlOf(tx).selectFrom('cases').select(['conversation_id', 'kind']).where('conversation_id', 'in', unique).execute(),
    sqlOf(tx)
      .selectFrom('facts')
      .select(['conversation_id', 'field', 'value', 'source', 'quote', 'at', 'confidence', 'corrects'])
      .where('conversation_id', 'in', unique)
      .orderBy('place')
      .execute(),
  ])
  const cases = new Map(
    unique.map((id) => [id, { conversationId: id, kind: 'other' as ProblemKind, facts: [] as Fact[] }]),
  )
  for (const row of kinds) {
    const found = cases.get(row.conversation_id as ConversationId)
    if (found) found.kind = row.kind as ProblemKind
  }
  for (const row of facts) cases.get(row.conversation_id as ConversationId)?.facts.push(factOf(row))
  return cases
}

type FactRow = {
  field: string
  value: unknown
  source: string
  quote: string | null
  at: Date
  confidence: number | null
  corrects: boolean
}

const factOf = (row: FactRow): Fact =>
  ({
    field: row.field,
    value: row.value,
    source: row.source,
    at: row.at.toISOString(),
    ...(row.quote === null ? {} : { quote: row.quote }),
    ...(row.confidence === null ? {} : { confidence: row.confidence }),
    ...(row.corrects ? { corrects: true } : {}),
  }) as Fact

export async function saveKind(
  tx: TxCtx,
  about: { conversationId: ConversationId; contactId: ContactId },
  kind: ProblemKind,
): Promise<void> {
  await sqlOf(tx)
    .insertInto('cases')
    .values({ conversation_id: about.conversationId, contact_id: about.contactId, kind, created_at: tx.clock.now() })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet({ kind }))
    .execute()
}

export async function insertFacts(
  tx: TxCtx,
  about: { conversationId: ConversationId; contactId: ContactId },
  facts: readonly Fact[],
): Promise<void> {
  if (facts.length === 0) return
  await sqlOf(tx)
    .insertInto('facts')
    .values(
      facts.map((fact) => ({
        id: tx.ids.next(),
        conversation_id: about.conversationId,
        contact_id: about.contactId,
        field: fact.field,
        value: JSON.stringify(fact.value),
        source: fact.source,
        quote: fact.quote ?? null,
        confidence: fact.confidence ?? null,
        corrects: fact.corrects ?? false,
        at: new Date(fact.at),
      })),
    )
    .execute()
}
