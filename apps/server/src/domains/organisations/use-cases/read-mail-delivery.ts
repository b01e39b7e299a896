import type { MailDelivery } from '@clew/contract/settings'
import type { Ctx } from '../../../platform/ctx.ts'
import { readMailHealth } from '../../../platform/mail/repository.ts'
import { authorizeChangeSettings } from '../policy.ts'
import { findSupportTeam } from '../repository.settings.ts'

/** Whether mail goes out, for those who can have something done about it. */
export async function readMailDelivery(ctx: Ctx, { hasMailServer }: { hasMailServer: boolean }): Promise<MailDelivery> {
  return ctx.transaction(async (tx) => {
    authorizeChangeSettings(tx.actor, await findSupportTeam(tx))
    const { kept, failing } = await readMailHealth(tx)
    const told = failing && { count: failing.count, since: failing.since.toISOString() }
    return { hasServer: hasMailServer, kept, ...(hasMailServer && told ? { failing: told } : {}) }
  })
}
