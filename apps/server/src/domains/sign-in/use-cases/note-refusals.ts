import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { findMember, listMembersByEmail, type MemberRow } from '../../organisations/index.ts'
import { aimOf, refusalWindowMs } from '../model.ts'
import { authorizeSessions } from '../policy.ts'
import { type Refusals, takeRefusals } from '../repository.refusals.ts'

/** So many addresses of one window are named in an organisation's log; the others are counted together. */
const mostNamed = 10
const mostTargets = 5

type FromOne = { refusals: Refusals; count: number; members: Map<MemberId, MemberRow> }

/**
 * Writes down who was told to wait, once a window is over: one event for each address, and from the eleventh address on
 * one for all the rest. However many tries there were, nobody makes the log long.
 */
export async function noteRefusals(ctx: Ctx): Promise<void> {
  while (await ctx.transaction(noteOldest)) {
    // Each window in a transaction of its own.
  }
}

async function noteOldest(tx: TxCtx): Promise<boolean> {
  authorizeSessions(tx.actor)
  const taken = await takeRefusals(tx)
  if (!taken) return false
  for (const [organisationId, byNetwork] of await gather(tx, taken.refusals)) {
    const all = [...byNetwork.values()].sort((a, b) => b.count - a.count)
    for (const each of all.slice(0, mostNamed)) record(tx, { organisationId, startsAt: taken.startsAt, from: [each] })
    const others = all.slice(mostNamed)
    if (others.length > 0) record(tx, { organisationId, startsAt: taken.startsAt, from: others })
  }
  return true
}

async function gather(tx: TxCtx, refusals: readonly Refusals[]) {
  const known = new Map<string, readonly MemberRow[]>()
  const found = new Map<OrganisationId, Map<string, FromOne>>()
  for (const each of refusals) {
    const members = known.get(each.account) ?? (await aimedAt(tx, each.account))
    known.set(each.account, members)
    for (const member of members) {
      const byNetwork = found.get(member.organisationId) ?? new Map<string, FromOne>()
      found.set(member.organisationId, byNetwork)
      const from = byNetwork.get(each.network) ?? { refusals: each, count: 0, members: new Map() }
      byNetwork.set(each.network, from)
      from.count += each.count
      from.members.set(member.id, member)
    }
  }
  return found
}

async function aimedAt(tx: TxCtx, account: string): Promise<readonly MemberRow[]> {
  const aim = aimOf(account)
  if ('email' in aim) return listMembersByEmail(tx, aim.email)
  const member = await findMember(tx, aim.memberId)
  return member ? [member] : []
}

type Told = { organisationId: OrganisationId; startsAt: Date; from: readonly FromOne[] }

function record(tx: TxCtx, { organisationId, startsAt, from }: Told): void {
  const [first, ...others] = from
  if (!first) return
  const { address, userAgent } = first.refusals
  const members = new Map(from.flatMap((each) => [...each.members]))
  const origin = {
    via: 'sign_in' as const,
    ...(others.length > 0 || address === undefined ? {} : { address }),
    ...(others.length > 0 || userAgent === undefined ? {} : { userAgent }),
  }
  recordAudit(
    { ...tx, origin },
    {
      action: 'auth.rate_limited',
      actor: { type: 'visitor' },
      organisationId,
      outcome: 'denied',
      occurredAt: startsAt,
      targets: [...members.values()].slice(0, mostTargets).map(({ id, name }) => ({ type: 'member', id, name })),
      metadata: {
        attempts: from.reduce((sum, { count }) => sum + count, 0),
        accounts: members.size,
        addresses: from.length,
        minutes: refusalWindowMs / 60_000,
      },
    },
  )
}
