import type { SanitisingPolicy } from '@clew/contract/captures'
import type { Ctx } from '../../../platform/ctx.ts'
import { sanitisingOf } from '../cleaning-rule.ts'
import { authorizeOwnSanitising } from '../policy.ts'

/** How the captures of whoever asks are cleaned, in their browser and here. */
export async function readSanitising(ctx: Ctx, operators: SanitisingPolicy): Promise<SanitisingPolicy> {
  return ctx.transaction(async (tx) => sanitisingOf(tx, authorizeOwnSanitising(tx.actor), operators))
}
