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
