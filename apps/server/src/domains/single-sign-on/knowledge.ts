import type { WayIn } from '@clew/contract/members'
import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { MemberKnowledge } from '../../platform/domain.ts'
import type { SsoParts } from './parts.ts'
import { listConnections } from './repository.connections.ts'
import { listLinkedMembers } from './repository.identities.ts'
import { findRequirement } from './repository.requirement.ts'
import { readGate } from './use-cases/read-requirement.ts'

/** What this room knows of members: who comes by SSO, and whom requiring it keeps out. */
export const ssoKnowledge = (parts: SsoParts): MemberKnowledge => ({
  waysIn: async (tx, { organisationId, memberIds }) => {
    const ways = new Map<MemberId, WayIn>()
    for (const id of await listLinkedMembers(tx, organisationId)) ways.set(id as MemberId, 'sso')
    for (const id of await listKeptOut(tx, organisationId, parts)) ways.set(id, 'cannot')
    if (memberIds === undefined) return ways
    const asked = new Set(memberIds)
    return new Map([...ways].filter(([id]) => asked.has(id)))
  },
  connections: async (tx, organisationId) =>
    new Map((await listConnections(tx, organisationId)).map(({ id, name }) => [id, name])),
  givesRole: async (tx, { organisationId, customRoleId }) =>
    (await listConnections(tx, organisationId))
      .filter(({ options }) => [options, ...options.groupRules].some((each) => each.customRoleId === customRoleId))
      .map(({ name }) => name),
})

async function listKeptOut(tx: TxCtx, organisationId: OrganisationId, parts: SsoParts): Promise<MemberId[]> {
  if (!(await findRequirement(tx, organisationId))) return []
  const { view } = await readGate(tx, organisationId, parts)
  return view.lockedOut.map(({ memberId }) => memberId)
}
