import { sql } from 'kysely'
import { type Db, sqlOf } from '../sql.ts'

type Tx = { db: Db }
export type MailState = 'queued' | 'sent' | 'kept' | 'failed'
export type MailRow = {
  id: string
  recipient: string
  subject: string
  body: string
  unsubscribeUrl: string | undefined
  state: MailState
  attempts: number
  createdAt: Date
}

/** Stores a mail once for its key. Answers false when it was stored before. */
export async function insertMail(
  tx: Tx,
  mail: Omit<MailRow, 'state' | 'attempts'> & { idempotencyKey: string },
): Promise<boolean> {
  const result = await sqlOf(tx)
    .insertInto('mails')
    .values({
      id: mail.id,
      idempotency_key: mail.idempotencyKey,
      recipient: mail.recipient,
      subject: mail.subject,
      body: mail.body,
      unsubscribe_url: mail.unsubscribeUrl ?? null,
      state: 'queued',
      created_at: mail.createdAt,
    })
    // Without naming the column: an organisation adds mails and may read none.
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function lockMail(tx: Tx, id: string): Promise<MailRow | undefined> {
  const row = await sqlOf(tx).selectFrom('mails').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) return undefined
  const { recipient, subject, body, attempts } = row
  return {
    id: row.id,
    recipient,
    subject,
    body,
    unsubscribeUrl: row.unsubscribe_url ?? undefined,
    attempts,
    state: row.state as MailState,
    createdAt: row.created_at,
  }
}

/** The text goes with the mail, and so does the address with its token: nobody needs a second copy. */
export async function finishMail(tx: Tx, id: string, done: { state: 'sent' | 'kept'; at: Date }): Promise<void> {
  await sqlOf(tx)
    .updateTable('mails')
    .set({ state: done.state, done_at: done.at, last_error: null, body: '', unsubscribe_url: null })
    .where('id', '=', id)
    .execute()
}

export async function countMailAttempt(tx: Tx, id: string): Promise<void> {
  await sqlOf(tx)
    .updateTable('mails')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function noteMailError(
  tx: Tx,
  id: string,
  noted: { state: 'queued' | 'failed'; error: string },
): Promise<void> {
  await sqlOf(tx)
    .updateTable('mails')
    .set({ state: noted.state, last_error: noted.error })
    .where('id', '=', id)
    .execute()
}

export async function countMails(tx: Tx, state: MailState): Promise<number> {
  const row = await sqlOf(tx)
    .selectFrom('mails')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export type MailHealth = { kept: number; failing: { count: number; since: Date } | undefined }

/**
 * How many mails lie in the folder, and whether sending fails: none of those written since one went out last has gone.
 * A single address that refuses its mail is no sign of it once another has got theirs.
 */
export async function readMailHealth(tx: Tx): Promise<MailHealth> {
  const { rows } = await sql<{ kept: number; failing: number; since: Date | null }>`
    WITH sent AS (SELECT max(done_at) AS last FROM mails WHERE state = 'sent'),
         stuck AS (SELECT m.created_at FROM mails m, sent
                    WHERE m.state IN ('queued', 'failed') AND m.last_error IS NOT NULL
                      AND m.created_at > coalesce(sent.last, '-infinity'))
    SELECT (SELECT count(*) FROM mails WHERE state = 'kept')::int AS kept,
           count(*)::int AS failing, min(created_at) AS since FROM stuck`.execute(sqlOf(tx))
  const { kept = 0, failing = 0, since = null } = rows[0] ?? {}
  return { kept, failing: since === null ? undefined : { count: failing, since } }
}
