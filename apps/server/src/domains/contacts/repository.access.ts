import type { ContactId, Locale } from '@clew/contract/primitives'
import { sql } from 'kysely'
import type { TxCtx } from '../../platform/ctx.ts'
import { sqlOf } from '../../platform/sql.ts'
import type { Proof } from './model.ts'

export type MailLink = { id: string; address: string; locale: Locale; expiresAt: Date }

export async function insertMailLink(tx: TxCtx, link: MailLink): Promise<void> {
  await sqlOf(tx)
    .insertInto('mail_links')
    .values({
      id: link.id,
      address: link.address,
      locale: link.locale,
      created_at: tx.clock.now(),
      expires_at: link.expiresAt,
    })
    .execute()
}

/** A link that was asked for and not yet sent. */
export async function lockUnsentLink(tx: TxCtx, id: string): Promise<MailLink | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('mail_links')
    .select(['id', 'address', 'locale', 'expires_at'])
    .where('id', '=', id)
    .where('token_hash', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .forUpdate()
    .executeTakeFirst()
  return row && { id: row.id, address: row.address, locale: row.locale as Locale, expiresAt: row.expires_at }
}

export async function countSentLinks(tx: TxCtx, address: string, since: Date): Promise<number> {
  const row = await sqlOf(tx)
    .selectFrom('mail_links')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('address', '=', address)
    .where('created_at', '>', since)
    .where('token_hash', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function setLinkToken(tx: TxCtx, id: string, tokenHash: Buffer): Promise<void> {
  await sqlOf(tx).updateTable('mail_links').set({ token_hash: tokenHash }).where('id', '=', id).execute()
}

/** Uses a link up, once; two at the same time are one and a refusal. */
export async function takeMailLink(tx: TxCtx, tokenHash: Buffer): Promise<string | undefined> {
  const row = await sqlOf(tx)
    .updateTable('mail_links')
    .set({ used_at: tx.clock.now() })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .returning('address')
    .executeTakeFirst()
  return row?.address
}

export async function deleteMailLinks(tx: TxCtx, address: string): Promise<void> {
  await sqlOf(tx).deleteFrom('mail_links').where('address', '=', address).execute()
}

/** More than anybody has; a page shows no more than that. */
const mostContacts = 200

/**
 * The contacts whom an address leads to, latest first: those whose host page has proved it, and those who gave it
 * themselves and are nobody else. Whoever reads the mail of an address reads what is written to it anyway.
 */
export async function listContactsOfAddress(tx: TxCtx, address: string): Promise<ContactId[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM contacts WHERE lower(verified_email) = lower(${address})
    UNION
    SELECT id FROM contacts WHERE subject IS NULL AND lower(email) = lower(${address})
    ORDER BY id DESC LIMIT ${mostContacts}`.execute(sqlOf(tx))
  return rows.map(({ id }) => id as ContactId)
}

export async function insertCaseSession(tx: TxCtx, tokenHash: Buffer, proof: Proof): Promise<void> {
  const now = tx.clock.now()
  await sqlOf(tx)
    .insertInto('case_sessions')
    .values({
      token_hash: tokenHash,
      address: 'address' in proof ? proof.address : null,
      contact_id: 'contactId' in proof ? proof.contactId : null,
      created_at: now,
      seen_at: now,
    })
    .execute()
}

export async function findCaseSession(
  tx: TxCtx,
  tokenHash: Buffer,
  seenAfter: Date,
): Promise<{ proof: Proof; seenAt: Date } | undefined> {
  const row = await sqlOf(tx)
    .selectFrom('case_sessions')
    .select(['address', 'contact_id', 'seen_at'])
    .where('token_hash', '=', tokenHash)
    .where('seen_at', '>', seenAfter)
    .executeTakeFirst()
  if (!row) return undefined
  const proof = row.address === null ? { contactId: row.contact_id as ContactId } : { address: row.address }
  return { proof, seenAt: row.seen_at }
}

export async function noteCaseSessionSeen(tx: TxCtx, tokenHash: Buffer): Promise<void> {
  await sqlOf(tx)
    .updateTable('case_sessions')
    .set({ seen_at: tx.clock.now() })
    .where('token_hash', '=', tokenHash)
    .execute()
}

export async function deleteCaseSession(tx: TxCtx, tokenHash: Buffer): Promise<void> {
  await sqlOf(tx).deleteFrom('case_sessions').where('token_hash', '=', tokenHash).execute()
}

export async function deleteCaseSessionsOf(tx: TxCtx, proof: Proof): Promise<void> {
  const from = sqlOf(tx).deleteFrom('case_sessions')
  await ('address' in proof
    ? from.where('address', '=', proof.address)
    : from.where('contact_id', '=', proof.contactId)
  ).execute()
}

/** What is over: links and identities that nobody can use any more, sessions that nobody came back to. */
export async function deleteOver(tx: TxCtx, { now, idleSince }: { now: Date; idleSince: Date }): Promise<void> {
  await sqlOf(tx).deleteFrom('mail_links').where('expires_at', '<', now).execute()
  await sqlOf(tx).deleteFrom('identity_uses').where('expires_at', '<', now).execute()
  await sqlOf(tx).deleteFrom('contact_sessions').where('expires_at', '<', now).execute()
  await sqlOf(tx).deleteFrom('case_sessions').where('seen_at', '<', idleSince).execute()
}
