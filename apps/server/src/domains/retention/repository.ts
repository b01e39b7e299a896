import type { ContactId, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export type Erased = { conversations: number; messages: number; files: number; captures: number }

export type ErasureRow = {
  id: string
  askedBy: 'contact' | 'admin'
  organisationId: OrganisationId | undefined
  erased: Erased
  /** Conversations that a hold keeps, and the contacts that wait for its end. */
  kept: number
  waiting: readonly ContactId[]
}

/** What stays: that it happened, and how much it was. */
export async function insertErasure(tx: TxCtx, erasure: ErasureRow): Promise<void> {
  await sqlOf(tx)
    .insertInto('erasures')
    .values({
      id: erasure.id,
      asked_by: erasure.askedBy,
      organisation_id: erasure.organisationId ?? null,
      ...erasure.erased,
      kept: erasure.kept,
      waiting_contacts: [...erasure.waiting],
      at: tx.clock.now(),
    })
    .execute()
}

/** What still waits for a hold to end, the oldest first; held until the transaction ends. */
export async function lockWaiting(tx: TxCtx, id: string): Promise<ErasureRow | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('erasures')
    .selectAll()
    .where('id', '=', id)
    .where(sql<boolean>`waiting_contacts <> '{}'`)
    .forUpdate()
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      askedBy: row.asked_by as ErasureRow['askedBy'],
      organisationId: (row.organisation_id ?? undefined) as OrganisationId | undefined,
      erased: {
        conversations: row.conversations,
        messages: row.messages,
        files: row.files,
        captures: row.captures,
      },
      kept: row.kept,
      waiting: row.waiting_contacts as ContactId[],
    }
  )
}

export async function listWaiting(tx: TxCtx): Promise<string[]> {
  const rows = await sqlOf(tx)
    .selectFrom('erasures')
    .select('id')
    .where(sql<boolean>`waiting_contacts <> '{}'`)
    .orderBy('at')
    .execute()
  return rows.map(({ id }) => id)
}

export async function updateWaiting(
  tx: TxCtx,
  id: string,
  { kept, waiting }: Pick<ErasureRow, 'kept' | 'waiting'>,
): Promise<void> {
  await sqlOf(tx)
    .updateTable('erasures')
    .set({ kept, waiting_contacts: [...waiting] })
    .where('id', '=', id)
    .execute()
}
