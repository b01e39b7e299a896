import type { ContactId, Locale, OrganisationId } from '@clew/contract/primitives'
import { type Expression, type RawBuilder, type Selectable, sql } from 'kysely'
import { compiled } from '../../platform/compiled.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Contacts } from '../../platform/generated/schema.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { ContactRow, HostClaims } from './model.ts'

export async function insertContact(tx: TxCtx, contact: { id: ContactId; locale: Locale }): Promise<void> {
  await sqlOf(tx)
    .insertInto('contacts')
    .values({ id: contact.id, locale: contact.locale, created_at: tx.clock.now() })
    .execute()
}

export async function insertMissingContact(tx: TxCtx, contact: { id: ContactId; locale: Locale }): Promise<void> {
  await sqlOf(tx)
    .insertInto('contacts')
    .values({ id: contact.id, locale: contact.locale, created_at: tx.clock.now() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export async function insertContactSession(
  tx: TxCtx,
  session: { tokenHash: Buffer; contactId: ContactId; expiresAt?: Date },
): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('contact_sessions')
    .values({
      token_hash: session.tokenHash,
      contact_id: session.contactId,
      created_at: now,
      seen_at: now,
      expires_at: session.expiresAt ?? null,
    })
    .execute()
}

export type FoundSession = { contactId: ContactId; expiresAt: Date | undefined }

/** Whose token this is, as long as its session lasts. */
export async function findContactSession(tx: TxCtx, tokenHash: Buffer): Promise<FoundSession | undefined> {
  const [row] = await sessionByToken(tx, { tokenHash, now: tx.clock.now() })
  return row && { contactId: row.contact_id as ContactId, expiresAt: row.expires_at ?? undefined }
}

const sessionByToken = compiled((db, { tokenHash, now }: { tokenHash: Buffer; now: Date }) =>
  db
    .selectFrom('contact_sessions')
    .select(['contact_id', 'expires_at'])
    .where('token_hash', '=', tokenHash)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .compile(),
)

/** Which of these sessions last. */
export async function listLastingSessions(tx: TxCtx, tokenHashes: readonly Buffer[]): Promise<Buffer[]> {
  const rows = await sqlOf(tx)
    .selectFrom('contact_sessions')
    .select('token_hash')
    .where('token_hash', '=', sql<Buffer>`ANY (${[...tokenHashes]}::bytea[])`)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', tx.clock.now())]))
    .execute()
  return rows.map((row) => row.token_hash)
}

const contactOf = (row: Selectable<Contacts>): ContactRow => ({
  id: row.id as ContactId,
  organisationId: (row.organisation_id ?? undefined) as OrganisationId | undefined,
  name: row.name ?? undefined,
  email: row.email ?? undefined,
  locale: row.locale as Locale,
  isVerified: row.subject !== null,
  claims: row.host_claims as HostClaims,
})

export async function listContacts(tx: TxCtx, ids: readonly ContactId[]): Promise<Map<ContactId, ContactRow>> {
  if (ids.length === 0) return new Map()
  const rows = await contactsById(tx, { ids: [...new Set(ids)] })
  return new Map(rows.map((row) => [row.id as ContactId, contactOf(row)]))
}

const contactsById = compiled((db, { ids }: { ids: readonly ContactId[] }) =>
  db.selectFrom('contacts').selectAll().where('id', '=', sql<string>`ANY (${ids}::uuid[])`).compile(),
)

/** The people of an organisation, the newest first, as many as one looks at together. */
export async function listContactIdsOf(tx: TxCtx, organisationId: OrganisationId): Promise<ContactId[]> {
  const rows = await sqlOf(tx)
    .selectFrom('contacts')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .orderBy('id', 'desc')
    .limit(10_000)
    .execute()
  return rows.map(({ id }) => id as ContactId)
}

/** Whose organisation somebody is of, if any. */
export async function organisationOfContact(tx: TxCtx, id: ContactId): Promise<OrganisationId | undefined> {
  const row = await sqlOf(tx).selectFrom('contacts').select('organisation_id').where('id', '=', id).executeTakeFirst()
  return (row?.organisation_id ?? undefined) as OrganisationId | undefined
}

export async function lockContact(tx: TxCtx, id: ContactId): Promise<ContactRow | undefined> {
  const row = await sqlOf(tx).selectFrom('contacts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && contactOf(row)
}

/** The name and the address of a contact, for a column in a query of another room. */
export const contactShown = (id: Expression<string>): RawBuilder<[name: string | null, email: string | null] | null> =>
  sql`(SELECT json_build_array(p.name, p.email) FROM contacts p WHERE p.id = ${id})`

/** The organisation of a contact, for a row of another room. */
export const contactOrganisation = (id: ContactId | Expression<string | null>): RawBuilder<string | null> =>
  sql`(SELECT p.organisation_id FROM contacts p WHERE p.id = ${id})`

/** The same for a row that is being inserted. Held, so that a contact who is placed meanwhile finds the row and takes it along. */
export const heldContactOrganisation = (id: ContactId): RawBuilder<string | null> =>
  sql`(SELECT p.organisation_id FROM contacts p WHERE p.id = ${id} FOR SHARE)`

/** The labels that somebody gives themselves. Of one who is verified they stay as they were proved. */
export async function updateContact(tx: TxCtx, id: ContactId, set: { name?: string; email?: string }): Promise<void> {
  if (Object.keys(set).length === 0) return
  await sqlOf(tx).updateTable('contacts').set(set).where('id', '=', id).where('subject', 'is', null).execute()
}

/** What belongs to the contact itself: the sessions, and the row. */
export async function deleteContact(tx: TxCtx, id: ContactId): Promise<void> {
  await sqlOf(tx).deleteFrom('case_sessions').where('contact_id', '=', id).execute()
  await sqlOf(tx).deleteFrom('contact_sessions').where('contact_id', '=', id).execute()
  await sqlOf(tx).deleteFrom('contacts').where('id', '=', id).execute()
}
