import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { listMembersByEmail } from '../../organisations/index.ts'
import { authorizeSessions } from '../policy.ts'
import { findFailure } from '../repository.attempts.ts'

/** Writes a wrong attempt into the logs of those it was aimed at. Later, so that no answer tells whether there are any. */
export async function noteFailure(ctx: Ctx, { failureId }: { failureId: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const failure = await findFailure(tx, failureId)
    if (failure?.email === undefined) return
    const origin = {
      via: 'sign_in' as const,
      ...(failure.address === undefined ? {} : { address: failure.address }),
      ...(failure.userAgent === undefined ? {} : { userAgent: failure.userAgent }),
    }
    for (const { id, name, organisationId } of await listMembersByEmail(tx, failure.email))
      recordAudit(
        { ...tx, origin },
        {
          action: 'auth.failed',
          actor: { type: 'visitor' },
          targets: [{ type: 'member', id, name }],
          outcome: 'failure',
          reason: failure.reason ?? '',
          occurredAt: failure.at,
          organisationId,
        },
      )
  })
}
