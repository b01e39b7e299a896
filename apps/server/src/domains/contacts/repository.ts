import type { ContactId, Locale, OrganisationId } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { ContactRow } from './model.ts'

export async function insertContact(tx: TxCtx, contact: { id: ContactId; locale: Locale }): Promise<void> {
  await sqlOf(tx)
    .insertInto('contacts')
    .values({ id: contact.id, locale: contact.locale, created_at: tx.clock.now() })
    .execute()
}

export async function insertContactSession(
  tx: TxCtx,
  session: { tokenHash: Buffer; contactId: ContactId },
): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('contact_sessions')
    .values({ token_hash: session.tokenHash, contact_id: session.contactId, created_at: now, seen_at: now })
    .execute()
}

export async function findContactIdByToken(tx: TxCtx, tokenHash: Buffer): Promise<ContactId | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('contact_sessions')
    .select('contact_id')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row?.contact_id as ContactId | undefined
}

export async function listContacts(tx: TxCtx, ids: readonly ContactId[]): Promise<Map<ContactId, ContactRow>> {
  if (ids.length === 0) return new Map()
  const rows = await sqlOf(tx)
    .selectFrom('contacts')
    .selectAll()
    .where('id', '=', sql<string>`ANY (${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id as ContactId,
      {
        id: row.id as ContactId,
        organisationId: (row.organisation_id ?? undefined) as OrganisationId | undefined,
        name: row.name ?? undefined,
        email: row.email ?? undefined,
        locale: row.locale as Locale,
      },
    ]),
  )
}

export async function updateContact(tx: TxCtx, id: ContactId, set: { name?: string; email?: string }): Promise<void> {
  if (Object.keys(set).length === 0) return
  await sqlOf(tx).updateTable('contacts').set(set).where('id', '=', id).execute()
}
