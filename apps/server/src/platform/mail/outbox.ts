import { z } from 'zod'
import type { Ctx, TxCtx } from '../ctx.ts'
import { codeOf } from '../database.ts'
import { type Job, job } from '../jobs.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Mailer, OutgoingMail } from './mailer.ts'
import { countMailAttempt, finishMail, insertMail, lockMail, noteMailError } from './repository.ts'

export type MailDraft = {
  idempotencyKey: string
  to: string
  subject: string
  text: string
  /** Where a mail program unsubscribes by one click, for a mail that one can leave. */
  unsubscribeUrl?: string
}

/** Stores a mail in the caller's transaction; a job sends it after commit. The same key is sent once: answers whether it is new. */
export async function queueMail(tx: TxCtx, draft: MailDraft): Promise<boolean> {
  if (!isOneAddress(draft.to)) throw new Error('a mail goes to one address')
  const id = tx.ids.next()
  const isNew = await insertMail(tx, {
    id,
    idempotencyKey: draft.idempotencyKey,
    recipient: draft.to,
    subject: oneLine(draft.subject),
    body: draft.text,
    unsubscribeUrl: draft.unsubscribeUrl,
    createdAt: tx.clock.now(),
  })
  if (isNew) tx.emit('mail.queued', { mailId: id })
  return isNew
}

/** Mail libraries read commas, brackets and line breaks as the beginning of another recipient. */
const isOneAddress = (to: string): boolean => /^[^\s,;:<>"()]+@[^\s,;:<>"()]+$/.test(to)

/** A line break in a subject would begin a header of its own. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ').trim()

const maxAttempts = 8

/**
 * The job that sends. Claiming, sending and noting the end are three steps, because a transaction that waits for a
 * mail server would hold back the event log. Killed between the last two, the mail goes out again under the same
 * Message-ID, which mail boxes show once.
 */
export function mailJob(parts: { mailer: Mailer; log: Log; metrics: Metrics }): Job {
  const options = {
    of: { row: 'mails' } as const,
    input: z.object({ mailId: z.uuid() }),
    retries: maxAttempts,
    timeoutSeconds: 120,
  }
  return job('mail.send', options, async (ctx, { mailId }) => {
    const mail = await ctx.transaction((tx) => claimMail(tx, mailId))
    if (!mail) return
    try {
      const state = await parts.mailer.deliver(mail)
      await ctx.transaction((tx) => finishMail(tx, mailId, { state, at: tx.clock.now() }))
      parts.metrics.countMail(state)
    } catch (cause) {
      await noteFailedAttempt(ctx, { mailId, attempt: mail.attempt, cause, ...parts })
    }
  })
}

async function claimMail(tx: TxCtx, mailId: string): Promise<(OutgoingMail & { attempt: number }) | undefined> {
  const row = await lockMail(tx, mailId)
  if (row?.state !== 'queued') return undefined
  await countMailAttempt(tx, mailId)
  return {
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.body,
    unsubscribeUrl: row.unsubscribeUrl,
    date: row.createdAt,
    attempt: row.attempts + 1,
  }
}

/** Throws, so that the queue tries again, until the last attempt is spent; then the mail stays for the operator. */
async function noteFailedAttempt(
  ctx: Ctx,
  failed: { mailId: string; attempt: number; cause: unknown; log: Log; metrics: Metrics },
): Promise<void> {
  const { mailId, attempt, cause, log, metrics } = failed
  log.warn({ mailId, attempt, code: codeOf(cause) }, 'a mail could not be sent')
  const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, 300)
  const state = attempt < maxAttempts ? 'queued' : 'failed'
  await ctx.transaction((tx) => noteMailError(tx, mailId, { state, error }))
  if (state === 'queued') throw new Error('the mail was not sent', { cause })
  metrics.countMail('failed')
}
