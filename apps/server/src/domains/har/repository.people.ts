import type { ContactId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'

export async function moveCaptures(tx: TxCtx, { from, to }: { from: ContactId; to: ContactId }): Promise<void> {
  const db = sqlOf(tx)
  await db.updateTable('captures').set({ contact_id: to }).where('contact_id', '=', from).execute()
  await db.updateTable('capture_links').set({ contact_id: to }).where('contact_id', '=', from).execute()
}

export async function countCapturesOf(tx: TxCtx, contactId: ContactId): Promise<{ captures: number }> {
  const row = await sqlOf(tx)
    .selectFrom('captures')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('contact_id', '=', contactId)
    .executeTakeFirstOrThrow()
  return { captures: Number(row.count) }
}

/** What they showed, the links by which people looked at them, and who looked. Their bytes are files. */
export async function deleteCapturesOf(tx: TxCtx, contactId: ContactId): Promise<void> {
  const db = sqlOf(tx)
  await db
    .deleteFrom('capture_link_uses')
    .where('link_id', 'in', (eb) => eb.selectFrom('capture_links').select('id').where('contact_id', '=', contactId))
    .execute()
  await db.deleteFrom('capture_links').where('contact_id', '=', contactId).execute()
  await db.deleteFrom('captures').where('contact_id', '=', contactId).execute()
}
