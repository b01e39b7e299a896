import type { AuditEvent } from '@clew/contract/audit'
import type { Ctx } from '../../../platform/ctx.ts'
import { findAuditPage, recordAudit } from '../../audit/index.ts'
import { listGroupNamesOf, readOwnProfile } from '../../organisations/index.ts'
import { listSessions } from '../../sign-in/index.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeOwnAccount } from '../policy.ts'

/** More than anybody does by hand; whoever acts by a program has the log of the organisation. */
const mostEvents = 10_000

/**
 * What is kept of somebody's account here, for themselves: who they are, where they are signed in, and what they did.
 * What they asked support is given at their own cases, where their address is proved.
 */
export async function takeOwnAccount(ctx: Ctx, { asSystem }: Pick<ExportParts, 'asSystem'>): Promise<string> {
  const { actor } = ctx
  authorizeOwnAccount(actor)
  const profile = await readOwnProfile(ctx)
  const sessions = await asSystem(ctx, 'exports.own_account').transaction((tx) => listSessions(tx, actor.id))
  const { groups, events } = await ctx.transaction(async (tx) => {
    authorizeOwnAccount(tx.actor)
    recordAudit(tx, {
      action: 'export.downloaded',
      targets: [{ type: 'member', id: actor.id, name: actor.name }],
      metadata: { own: true },
    })
    const groups = await listGroupNamesOf(tx, [actor.id])
    const events: AuditEvent[] = []
    for (let before: number | undefined; events.length < mostEvents; ) {
      const page = await findAuditPage(tx, actor.organisationId, { actor: actor.id, before, limit: 200 })
      events.push(...page.events)
      if (page.next === undefined) break
      before = page.next
    }
    return { groups: groups.get(actor.id) ?? [], events }
  })
  return `${JSON.stringify(
    {
      takenAt: ctx.clock.now().toISOString(),
      profile,
      groups: groups.map(({ name }) => name),
      sessions: sessions.map(({ createdAt, seenAt, address, userAgent, methods }) => ({
        createdAt,
        seenAt,
        address,
        userAgent,
        methods,
      })),
      did: events,
    },
    null,
    2,
  )}\n`
}
