import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { queueMail } from '../../../platform/mail/outbox.ts'
import { listOwnersToTell } from '../../organisations/index.ts'
import { afterDays, dueReminder, reminderDays } from '../model.ts'
import { authorizeSystem } from '../policy.ts'
import { type EndingToken, listEnding, setReminded } from '../repository.tokens.ts'
import { reminderText } from '../token-mail.ts'

export type ReminderParts = { brand: () => string; baseUrl: () => string }

/** Tells the owners of an organisation that a token ends soon: thirty days before, seven, and one; each once. */
export async function remindOfTokens(ctx: Ctx, parts: ReminderParts): Promise<void> {
  const ending = await ctx.transaction(async (tx) => {
    authorizeSystem(tx.actor)
    return listEnding(tx, afterDays(tx.clock.now(), Math.max(...reminderDays)))
  })
  for (const each of ending) await ctx.transaction((tx) => remind(tx, each, parts))
}

async function remind(
  tx: TxCtx,
  { token, connection, remindedDays }: EndingToken,
  parts: ReminderParts,
): Promise<void> {
  const days = dueReminder({ expiresAt: token.expiresAt, remindedDays }, tx.clock.now())
  if (days === undefined) return
  for (const owner of await listOwnersToTell(tx, connection.organisationId)) {
    await queueMail(tx, {
      idempotencyKey: `scim-token:${token.id}:${days}:${owner.id}`,
      to: owner.email,
      ...reminderText(owner.locale, {
        connection: connection.name,
        hint: token.hint,
        days,
        until: token.expiresAt,
        url: `${parts.baseUrl()}/app/console/provisioning`,
        brand: parts.brand(),
      }),
    })
  }
  await setReminded(tx, token.id, days)
}
