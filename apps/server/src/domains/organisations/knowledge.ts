import type { WayIn } from '@clew/contract/members'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { Ctx } from '../../platform/ctx.ts'
import type { HeldByMember, MemberKnowledge } from '../../platform/domain.ts'
import { listMemberIds } from './repository.members.ts'

/** What other rooms know of members. They are above this one, so they are handed in where the house is composed. */
export type KnowledgeParts = {
  members: () => readonly MemberKnowledge[]
  asSystem(ctx: Ctx, job: string): Ctx
}

export type Known = {
  waysIn: ReadonlyMap<MemberId, WayIn>
  connections: ReadonlyMap<string, string>
}

/** How members sign in, and what their connections are called. Of all members where none is named. */
export async function lookUpMembers(
  ctx: Ctx,
  { organisationId, memberIds }: { organisationId: OrganisationId; memberIds?: readonly MemberId[] },
  parts: KnowledgeParts,
): Promise<Known> {
  return parts.asSystem(ctx, 'organisations.look_up').transaction(async (tx) => {
    const of = { organisationId, memberIds: memberIds ?? (await listMemberIds(tx, organisationId)) }
    const waysIn = new Map<MemberId, WayIn>()
    const connections = new Map<string, string>()
    for (const room of parts.members()) {
      for (const [id, way] of (await room.waysIn?.(tx, of)) ?? []) waysIn.set(id, way)
      for (const [id, name] of (await room.connections?.(tx, organisationId)) ?? []) connections.set(id, name)
    }
    return { waysIn, connections }
  })
}

/** What somebody holds that ends or changes hands when they go. */
export async function lookUpHoldings(ctx: Ctx, memberId: MemberId, parts: KnowledgeParts): Promise<HeldByMember> {
  return parts.asSystem(ctx, 'organisations.look_up').transaction(async (tx) => {
    const held: HeldByMember = { openConversations: 0, apiKeys: 0, sessions: 0 }
    for (const room of parts.members()) {
      const more = (await room.holds?.(tx, memberId)) ?? {}
      held.openConversations += more.openConversations ?? 0
      held.apiKeys += more.apiKeys ?? 0
      held.sessions += more.sessions ?? 0
    }
    return held
  })
}
